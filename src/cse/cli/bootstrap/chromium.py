"""Finds the Chromium that the browser suite and the screenshots drive."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

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


def what_helps() -> str:
    """How Chromium comes onto this machine."""
    return install_command(PACKAGE)
