"""Finds the Chromium that the browser suite and the screenshots drive, or installs it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from .progress import Progress
from .toolchain import install_command

# The shell is the same browser without the windows that nobody sees: it takes two thirds of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
)
PACKAGE = "chromium-headless-shell"


def find_chromium() -> Path | None:
    """The first one on the path; `CSE_CHROMIUM` names another."""
    named = os.environ.get("CSE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def can_install() -> bool:
    """Whether this process may bring it: root on a machine with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(progress: Progress) -> None:
    """Installs Debian's package as one step.

    Raises:
        SetupFailed: apt-get ended with an error.
    """
    progress.begin("Installing Chromium for the browser suite")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    progress.run(["apt-get", "update"], environment=environment)
    progress.run(["apt-get", "install", "--yes", "--no-install-recommends", PACKAGE], environment=environment)
    progress.end()


def what_helps() -> str:
    """How Chromium comes onto this machine."""
    return install_command(PACKAGE)
