"""The embedded PostgreSQL: set up once, started and stopped as often as one likes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from cse.runtime import postgres_server
from cse.runtime.migrations import MigrationFailed, migrate
from cse.runtime.postgres_server import PostgresFailed, PostgresServer, socket_directory

pytestmark = pytest.mark.slow
NewServer = Callable[[], PostgresServer]


def test_what_was_written_is_there_after_a_restart(new_server: NewServer) -> None:
    server = new_server()
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (value text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    server.stop()
    assert not server.running

    server.start()
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT value FROM kept").fetchall() == [("here",)]
        durable = connection.execute("SELECT current_setting('fsync')").fetchone()
    assert durable == ("on",)
    server.stop()
    server.stop()


def test_a_half_made_cluster_is_made_anew(new_server: NewServer) -> None:
    server = new_server()
    making = server.cluster.with_name("postgres.making")
    making.mkdir(parents=True)
    (making / "rubbish").write_text("left by a crash")
    server.initialise()
    assert (server.cluster / "PG_VERSION").exists()
    assert not making.exists()


def test_it_says_why_it_does_not_start(new_server: NewServer) -> None:
    server = new_server()
    server.initialise()
    (server.cluster / "global" / "pg_control").unlink()
    with pytest.raises(PostgresFailed, match="pg_control"):
        server.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root is refused")
def test_root_is_told_to_be_someone_else(tmp_path: Path) -> None:
    with pytest.raises(PostgresFailed, match="as root"):
        PostgresServer.of(tmp_path).initialise()


def test_a_long_path_has_its_socket_in_a_short_directory(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 30)
    short = socket_directory(deep)
    assert len(os.fsencode(short / ".s.PGSQL.65535.lock")) <= 107
    assert short == socket_directory(deep) != socket_directory(deep / "er")
    assert short.stat().st_mode & 0o077 == 0
    assert socket_directory(Path("/srv/run")) == Path("/srv/run")


def test_a_short_directory_of_someone_else_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("taken" * 30)
    short = socket_directory(deep)
    short.rmdir()
    short.symlink_to(tmp_path)
    with pytest.raises(PostgresFailed, match="another user"):
        socket_directory(deep)
    short.unlink()


def test_migrations_may_be_made_again(postgres_server: PostgresServer) -> None:
    migrate(postgres_server.url)
    with psycopg.connect(postgres_server.url) as connection:
        made = connection.execute("SELECT count(*) FROM schema_migrations").fetchone()
    files = list((Path(__file__).parents[3] / "migrations").glob("*.sql"))
    assert made == (len(files),)


def test_a_migration_that_fails_leaves_nothing_behind(new_server: NewServer, tmp_path: Path) -> None:
    (tmp_path / "0001_half.sql").write_text(
        "-- migrate:up\nCREATE TABLE half (a int);\nSELECT no_such_function();\n-- migrate:down\n"
    )
    server = new_server()
    server.start()
    with pytest.raises(MigrationFailed, match="no_such_function"):
        migrate(server.url, tmp_path)
    with psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)


def test_a_migration_changed_after_it_was_made_stops_the_start(new_server: NewServer, tmp_path: Path) -> None:
    file = tmp_path / "0001_first.sql"
    file.write_text("-- migrate:up\nCREATE TABLE first (a int);\n-- migrate:down\n")
    server = new_server()
    server.start()
    migrate(server.url, tmp_path)
    file.write_text("-- migrate:up\nCREATE TABLE another (a int);\n-- migrate:down\n")
    with pytest.raises(MigrationFailed, match="migration 0001 is not the one"):
        migrate(server.url, tmp_path)


def test_its_binaries_are_those_of_the_package() -> None:
    assert (postgres_server.BINARIES / "postgres").is_file()
