"""`./cse doctor` where the set-up is done already; it needs nothing that a set-up makes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cse.cli.bootstrap import doctor


def main(arguments: Sequence[str]) -> int:
    """Examines the clone worked in; 1 if something is wrong."""
    return doctor.main(arguments, Path.cwd())
