"""Brings packages of Debian, where this process may."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from .progress import Progress


def can_install() -> bool:
    """Whether this process may bring them: root on a machine with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: Sequence[str], progress: Progress) -> None:
    """Installs packages as one step.

    Raises:
        SetupFailed: apt-get ended with an error.
    """
    progress.begin(f"Installing {' and '.join(packages)} for the tests")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    progress.run(["apt-get", "update"], environment=environment)
    progress.run(
        ["apt-get", "install", "--yes", "--no-install-recommends", *packages], environment=environment
    )
    progress.end()
