"""Chooses the Python that runs the services."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .failure import SetupFailed
from .places import Places
from .toolchain import install_command

OLDEST = (3, 11)
NAMES = ("python3", "python3.13", "python3.12", "python3.11")
MEMORY = "interpreter.json"
SYSTEM_DIRECTORIES = ("/usr/bin", "/usr/local/bin")

_DESCRIBE = """
import json, os, sys
try:
    import ensurepip, venv
    complete = True
except ImportError:
    complete = False
prefix = os.path.realpath(sys.base_prefix)
name = "python%d.%d" % sys.version_info[:2]
executable = os.path.join(prefix, "bin", name)
if not os.path.exists(executable):
    executable = os.path.realpath(sys.executable)
print(json.dumps([executable, prefix, list(sys.version_info[:3]), complete]))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python, never a virtual environment's.

    Attributes:
        executable: its resolved path.
        prefix: the directory with its standard library.
        version: for example (3, 11, 2).
        complete: whether it can make a virtual environment with pip in it.
    """

    executable: Path
    prefix: Path
    version: tuple[int, ...]
    complete: bool

    @property
    def identity(self) -> str:
        """What an environment made with this interpreter depends on."""
        return f"{self.executable} {'.'.join(map(str, self.version))}"


def describe(executable: str | Path) -> Interpreter | None:
    """Asks a Python about itself; None if it does not run."""
    try:
        output = subprocess.run(
            [executable, "-I", "-c", _DESCRIBE], capture_output=True, text=True, timeout=60, check=True
        ).stdout
        path, prefix, version, complete = json.loads(output)
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return Interpreter(Path(path), Path(prefix), tuple(version), complete)


def readable_by_all(path: Path) -> bool:
    """Whether a user without any rights of his own reaches `path` and reads it."""
    resolved = path.resolve()
    try:
        for parent in resolved.parents:
            if not parent.stat().st_mode & stat.S_IXOTH:
                return False
        mode = resolved.stat().st_mode
    except OSError:
        return False
    wanted = stat.S_IROTH | stat.S_IXOTH if resolved.is_dir() else stat.S_IROTH
    return mode & wanted == wanted


def remembered(places: Places) -> Interpreter | None:
    """The interpreter chosen before, if it is still there: this spares asking each one about itself."""
    try:
        executable, prefix, version = json.loads((places.home / MEMORY).read_text())
    except (OSError, ValueError):
        return None
    interpreter = Interpreter(Path(executable), Path(prefix), tuple(version), complete=True)
    return interpreter if interpreter.executable.exists() else None


def remember(places: Places, interpreter: Interpreter) -> None:
    """Keeps the choice for the next start."""
    facts = [str(interpreter.executable), str(interpreter.prefix), list(interpreter.version)]
    (places.home / MEMORY).write_text(json.dumps(facts))


def choose(places: Places) -> Interpreter:
    """The interpreter for environments below `places.home`.

    Where the services run as another user, one that this user can read is preferred, and failing
    that the running interpreter is copied into the home.

    Raises:
        SetupFailed: none can make a virtual environment.
    """
    found = [interpreter for interpreter in map(describe, _candidates()) if interpreter is not None]
    usable = [one for one in found if one.version >= OLDEST and one.complete]
    if not usable:
        raise SetupFailed(
            "No Python of version 3.11 or newer that can make a virtual environment was found.",
            install_command("python3", "python3-venv"),
        )
    if not places.shared:
        return usable[0]
    for one in usable:
        if readable_by_all(one.executable) and readable_by_all(one.prefix):
            return one
    return _copied(usable[0], places)


def _candidates() -> list[str]:
    own = sys.executable or ""
    directories = [*os.environ.get("PATH", os.defpath).split(os.pathsep), *SYSTEM_DIRECTORIES]
    paths = [f"{directory}/{name}" for directory in directories for name in NAMES]
    existing = [path for path in paths if os.access(path, os.X_OK) and "/shims/" not in path]
    return list(dict.fromkeys([own, *existing])) if own else list(dict.fromkeys(existing))


def _copied(original: Interpreter, places: Places) -> Interpreter:
    version = ".".join(map(str, original.version))
    target = places.home / "interpreters" / version
    executable = target / "bin" / original.executable.name
    if not (target / "complete").exists():
        shutil.rmtree(target, ignore_errors=True)
        ignored = shutil.ignore_patterns("__pycache__", "test", "site-packages", "*.a", "share", "idlelib")
        shutil.copytree(original.prefix, target, symlinks=True, ignore=ignored)
        (target / "complete").touch()
    copy = describe(executable)
    if copy is None or copy.prefix != target.resolve():
        raise SetupFailed(
            f"{original.executable} cannot be read by the services' user and does not run from a copy.",
            install_command("python3", "python3-venv"),
        )
    return copy
