"""Finds what builds the native module: a C compiler, which links it, and cargo."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from .failure import SetupFailed

COMPILERS = ("cc", "gcc", "clang")


@dataclass(frozen=True)
class Toolchain:
    """A cargo that works, and the environment in which it does."""

    cargo: Path
    version: str
    environment: dict[str, str]


def install_command(*packages: str) -> str:
    """The line that brings Debian packages, fit for whoever runs it."""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install --yes {' '.join(packages)}"


def rust_remedy() -> str:
    """How cargo comes onto this machine."""
    if shutil.which("rustup"):
        return "rustup toolchain install stable && rustup default stable"
    try:
        release = Path("/etc/os-release").read_text()
    except OSError:
        release = ""
    if 'VERSION_ID="12"' in release:
        # Debian 12 keeps a current compiler under this name, for its browsers.
        return install_command("cargo-web", "rustc-web")
    return f"{install_command('rustup')} && rustup default stable"


def find_compiler() -> Path:
    """The C compiler.

    Raises:
        SetupFailed: there is none.
    """
    for name in COMPILERS:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise SetupFailed("No C compiler was found (cc, gcc or clang).", install_command("gcc", "libc6-dev"))


def find_toolchain(root: Path, home: Path) -> Toolchain:
    """The first cargo that runs and is new enough for this project.

    Args:
        root: the clone, whose Cargo.toml names the oldest version that will do.
        home: takes cargo's registry cache where the user's own home cannot.

    Raises:
        SetupFailed: there is no such cargo.
    """
    wanted = tomllib.loads((root / "Cargo.toml").read_text())["workspace"]["package"]["rust-version"]
    seen = []
    for cargo in _candidates():
        environment = cargo_environment(cargo, home)
        version = _version(cargo, environment, root)
        if version is None:
            seen.append(f"{cargo} does not run")
        elif _as_numbers(version) < _as_numbers(wanted):
            seen.append(f"{cargo} is {version}")
        else:
            return Toolchain(cargo, version, environment)
    found = f" ({'; '.join(seen)})" if seen else ""
    raise SetupFailed(f"No cargo of version {wanted} or newer was found{found}.", rust_remedy())


def cargo_environment(cargo: Path, home: Path) -> dict[str, str]:
    """The environment for `cargo`, whatever HOME is.

    The cargo of rustup is a proxy, which looks for its toolchains in RUSTUP_HOME or HOME; when
    neither leads to them, they lie beside the proxy or in the user's home by the password file.
    """
    environment = dict(os.environ)
    # First on the path, so that every tool of this toolchain is found by the build too.
    environment["PATH"] = f"{cargo.parent}{os.pathsep}{environment.get('PATH', os.defpath)}"
    if "RUSTUP_HOME" not in environment and (cargo.parent / "rustup").exists():
        for base in (cargo.parent.parent.parent, *_homes()):
            if (base / ".rustup" / "toolchains").is_dir():
                environment["RUSTUP_HOME"] = str(base / ".rustup")
                break
    if "CARGO_HOME" not in environment:
        environment["CARGO_HOME"] = str(_cargo_home(home))
    return environment


def _cargo_home(home: Path) -> Path:
    own = os.environ.get("HOME")
    if own and Path(own).is_dir() and os.access(own, os.W_OK):
        return Path(own) / ".cargo"
    return home / "cargo"


def _candidates() -> list[Path]:
    places = [
        Path(entry) / "cargo" for entry in os.environ.get("PATH", os.defpath).split(os.pathsep) if entry
    ]
    places += [base / ".cargo" / "bin" / "cargo" for base in _homes()]
    if "CARGO_HOME" in os.environ:
        places.append(Path(os.environ["CARGO_HOME"]) / "bin" / "cargo")
    return [place for place in dict.fromkeys(places) if os.access(place, os.X_OK)]


def _homes() -> list[Path]:
    homes = [os.environ.get("HOME", "")]
    with contextlib.suppress(KeyError):
        homes.append(pwd.getpwuid(os.geteuid()).pw_dir)
    return [Path(home) for home in homes if home]


def _version(cargo: Path, environment: dict[str, str], root: Path) -> str | None:
    try:
        output = subprocess.run(
            [cargo, "--version"],
            env=environment,
            cwd=root,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(r"\d+\.\d+(\.\d+)?", output)
    return match.group() if match else None


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
