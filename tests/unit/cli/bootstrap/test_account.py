"""What root gives to the services' user, and what it keeps."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path

import pytest

from cse.cli.bootstrap import account
from cse.cli.bootstrap.failure import SetupFailed

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives directories away")


@pytest.fixture
def user() -> pwd.struct_passwd:
    """Some user without rights, who stands for the services'."""
    return pwd.getpwnam("nobody")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of root's; that those above it are closed to others is nothing here."""
    monkeypatch.setattr(account, "_may_enter", lambda *_: True)
    return tmp_path


@pytest.mark.parametrize("made_before", [True, False])
def test_a_new_or_an_empty_directory_is_given(
    place: Path, user: pwd.struct_passwd, *, made_before: bool
) -> None:
    data = place / "data"
    if made_before:
        data.mkdir()
    account.hand_over(data, user)
    account.hand_over(data, user)
    status = data.stat()
    assert (status.st_uid, stat.S_IMODE(status.st_mode)) == (user.pw_uid, 0o700)


def test_a_directory_with_something_in_it_stays(place: Path, user: pwd.struct_passwd) -> None:
    (place / "file").touch()
    with pytest.raises(SetupFailed, match="not empty"):
        account.hand_over(place, user)
    assert place.stat().st_uid == 0


def test_only_the_directory_of_an_exchange_is_said_to_need_another_owner(tmp_path: Path) -> None:
    assert account.what_helps_a_stranger(tmp_path, "ada") == "name another directory with --data"
    (tmp_path / "format").touch()
    assert account.what_helps_a_stranger(tmp_path, "ada") == f"chown -R ada: {tmp_path}"


@pytest.mark.parametrize("below", ["", "/empty", "/new"])
def test_a_link_of_somebody_else_leads_root_nowhere(place: Path, user: pwd.struct_passwd, below: str) -> None:
    roots, link = place / "roots", place / "link"
    (roots / "empty").mkdir(parents=True)
    link.symlink_to(roots / "empty" if not below else roots)
    os.lchown(link, user.pw_uid, user.pw_gid)
    with pytest.raises(SetupFailed, match="link"):
        account.hand_over(Path(f"{link}{below}"), user)
    assert (roots / "empty").stat().st_uid == 0
    assert not (roots / "new").exists()


def test_a_link_of_roots_is_followed(place: Path, user: pwd.struct_passwd) -> None:
    (place / "disk").mkdir()
    (place / "data").symlink_to(place / "disk")
    account.hand_over(place / "data", user)
    assert (place / "disk").stat().st_uid == user.pw_uid


def test_root_makes_nothing_where_the_services_can_move_it(place: Path, user: pwd.struct_passwd) -> None:
    theirs = place / "theirs"
    theirs.mkdir()
    os.chown(theirs, user.pw_uid, user.pw_gid)
    with pytest.raises(SetupFailed, match="belongs to the services"):
        account.hand_over(theirs / "data", user)
    assert not (theirs / "data").exists()
