"""Brings the database to this build's schemas: runs dbmate over `migrations/`, which may be repeated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

MIGRATIONS: Final = Path(__file__).parents[3] / "migrations"


class MigrationFailed(RuntimeError):
    """A migration could not be made; the database is as the one before left it."""


def migrate(url: str, migrations: Path = MIGRATIONS) -> None:
    """Makes every migration that the database at `url` has not had yet, in order.

    Raises:
        MigrationFailed: with what dbmate said.
    """
    done = subprocess.run(
        [_dbmate(), "--migrations-dir", str(migrations), "--no-dump-schema", "--migration-lock", "migrate"],
        env={"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MigrationFailed((done.stderr or done.stdout).strip())


def _dbmate() -> str:
    """The program that its package put beside the interpreter."""
    return str(Path(sys.executable).parent / "dbmate")
