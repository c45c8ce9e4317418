"""The system user as whom services run when root starts them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from .failure import SetupFailed
from .places import SYSTEM_HOME
from .toolchain import install_command

NAME = "cs-exchange"
DATA_MODE = 0o700


def find() -> pwd.struct_passwd | None:
    """The user, if the machine has it."""
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def create() -> pwd.struct_passwd:
    """Makes the user, without a password, a shell or a home.

    Raises:
        SetupFailed: the machine has no useradd, or it refuses.
    """
    useradd = shutil.which("useradd") or shutil.which("useradd", path="/usr/sbin:/sbin")
    if useradd is None:
        raise SetupFailed("There is no useradd to make the services' user with.", install_command("passwd"))
    command = [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", str(SYSTEM_HOME)]
    made = subprocess.run([*command, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True)
    user = find()
    if user is None:
        raise SetupFailed(f"The system user {NAME} could not be made: {made.stderr.strip()}.")
    return user


def hand_over(data: Path, user: pwd.struct_passwd) -> None:
    """Makes sure that `user` owns the data directory and reaches it.

    Raises:
        SetupFailed: the directory is someone else's, or lies where the user cannot go.
    """
    if not data.exists():
        _refuse_detours(data, user)
        data.mkdir(parents=True)
        _give(data, user)
    elif not data.is_dir():
        raise SetupFailed(f"{data} is no directory.")
    elif data.stat().st_uid != user.pw_uid:
        _refuse_detours(data, user)
        _give(data, user)
    for parent in data.resolve().parents:
        if not _may_enter(parent, user):
            raise SetupFailed(
                f"The services' user {NAME} may not enter {parent}, so it cannot reach {data}.",
                f"name another place with --data, or chmod o+x {parent}",
            )


def _refuse_detours(data: Path, user: pwd.struct_passwd) -> None:
    """Root gives away only what it was told to.

    Whoever can put a link into the path, and first of all the services themselves, would else be
    given a directory of root's of their choice.
    """
    for place in (data, *data.parents):
        if place.is_symlink() and place.lstat().st_uid != 0:
            raise SetupFailed(f"{place} is a link that root has not made.", "name the directory itself")
    for parent in data.resolve().parents:
        if parent.exists() and parent.stat().st_uid == user.pw_uid:
            raise SetupFailed(
                f"{parent} belongs to the services' user {NAME}, so root makes nothing in it.",
                f"name another place with --data, or chown root: {parent}",
            )


def _give(data: Path, user: pwd.struct_passwd) -> None:
    """Gives an empty directory away, and just the one that was found empty."""
    directory = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with os.scandir(directory) as entries:
            empty = next(entries, None) is None
        if not empty:
            raise SetupFailed(
                f"{data} is not empty and belongs to another user than {NAME}, as whom the services run.",
                what_helps_a_stranger(data, NAME),
            )
        os.fchmod(directory, DATA_MODE)
        os.fchown(directory, user.pw_uid, user.pw_gid)
    finally:
        os.close(directory)


def what_helps_a_stranger(data: Path, owner: str) -> str:
    """What to do about a directory of another user; only an exchange's own may change its owner."""
    if os.path.isfile(data / "format"):  # noqa: PTH113 - False where one may not look
        return f"chown -R {owner}: {data}"
    return "name another directory with --data"


def _may_enter(directory: Path, user: pwd.struct_passwd) -> bool:
    status = directory.stat()
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def become(user: pwd.struct_passwd, environment: dict[str, str]) -> None:
    """Gives up root's rights for good, and names the user in `environment`, and who it was before."""
    os.setgroups([])
    os.setgid(user.pw_gid)
    os.setuid(user.pw_uid)
    environment.setdefault("CSE_OPERATOR", environment.get("SUDO_USER") or "root")
    environment.update(HOME=user.pw_dir, USER=NAME, LOGNAME=NAME)
