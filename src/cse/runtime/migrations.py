"""Brings the database to this build's schemas: runs dbmate over `migrations/`, which may be repeated.

What a migration was when it was made is kept beside it, as a digest: a file that was changed
afterwards describes another database than the one that is there.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Final

import psycopg

MIGRATIONS: Final = Path(__file__).parents[3] / "migrations"
_NEW_DIGESTS: Final = """
CREATE TABLE IF NOT EXISTS public.migration_digests (version text PRIMARY KEY, sha256 text NOT NULL)
"""


class MigrationFailed(RuntimeError):
    """A migration could not be made; the database is as the one before left it."""


def migrate(url: str, migrations: Path = MIGRATIONS) -> None:
    """Makes every migration that the database at `url` has not had yet, in order.

    Raises:
        MigrationFailed: with what dbmate said, or with the name of a migration that is not the one
            this database has had.
    """
    digests = {
        file.name.partition("_")[0]: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in migrations.glob("*.sql")
    }
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_NEW_DIGESTS)
        for version, digest in connection.execute("SELECT version, sha256 FROM public.migration_digests"):
            if digests.get(version) != digest:
                raise MigrationFailed(
                    f"migration {version} is not the one that this database was made with:"
                    " start with another data directory, or with the build that made this one"
                )
        _run_dbmate(url, migrations)
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO public.migration_digests VALUES (%s, %s) ON CONFLICT DO NOTHING",
                list(digests.items()),
            )


def _run_dbmate(url: str, migrations: Path) -> None:
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
