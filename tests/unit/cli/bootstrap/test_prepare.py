"""What is there is not made again, what is missing is, and nobody's running build is removed."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cse.cli.bootstrap import interpreter, prepare
from cse.cli.bootstrap.interpreter import Interpreter
from cse.cli.bootstrap.places import Places

ROOT = Path(__file__).parents[4]


def made(directory: Path, name: str, age_s: float) -> Path:
    path = directory / name
    path.mkdir(parents=True)
    (path / "complete").touch()
    then = time.time() - age_s
    os.utime(path / "complete", (then, then))
    return path


def test_the_oldest_are_removed_and_what_someone_runs_from_is_kept(tmp_path: Path) -> None:
    new, middle, old, oldest = (made(tmp_path, name, age) for age, name in enumerate("abcd"))
    half_made = tmp_path / "half"
    half_made.mkdir()
    with (oldest / "complete").open() as marker:
        fcntl.flock(marker, fcntl.LOCK_SH)
        prepare._prune(tmp_path, 2)
        assert [path.exists() for path in (new, middle, old, oldest)] == [True, True, False, True]
        assert not half_made.exists()
    prepare._prune(tmp_path, 2)
    assert not oldest.exists()


def with_packages(environment: Path, *names: str) -> Path:
    for name in names:
        (environment / "lib" / "python3.11" / "site-packages" / name).mkdir(parents=True)
    return environment


class SetUp(Exception):
    """Somebody begins a set-up."""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A machine on which every set-up would be seen."""

    def alone(_: Places) -> None:
        raise SetUp

    there = Interpreter(Path(sys.executable), Path(sys.prefix), sys.version_info[:3], complete=True)
    monkeypatch.setattr(interpreter, "remembered", lambda _: there)
    monkeypatch.setattr(prepare, "_alone", alone)
    return Places(ROOT, tmp_path, tmp_path / "data", shared=False)


def test_what_only_talks_to_a_running_exchange_takes_what_was_used_last(places: Places) -> None:
    environments, builds = places.home / "environments", places.home / "builds"
    with_packages(made(environments, "tools", 1), "maturin")
    used = with_packages(made(environments, "used", 2), "litestar", "psycopg")
    with_packages(made(environments, "older", 3), "litestar")
    made(builds, "older", 5)
    build = made(builds, "newer", 4)
    (builds / "half").mkdir()
    found = prepare.prepare(places, prepare.Wanted(current=False))
    assert (found.environment.python, found.build.path) == (used / "bin" / "python", build)
    with pytest.raises(SetUp):
        prepare.prepare(places, prepare.Wanted())


@pytest.mark.parametrize("missing", ["environments", "builds"])
def test_where_there_is_nothing_it_is_set_up_for_that_too(places: Places, missing: str) -> None:
    for name in {"environments", "builds"} - {missing}:
        with_packages(made(places.home / name, "there", 1), "litestar")
    with pytest.raises(SetUp):
        prepare.prepare(places, prepare.Wanted(current=False))


def test_a_second_setup_waits_for_the_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    places = Places(tmp_path, tmp_path, tmp_path / "data", shared=False)
    code = "import fcntl, sys; f = open(sys.argv[1], 'a'); fcntl.flock(f, 2); print(1, flush=True); input()"
    first = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path / "lock"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert first.stdout is not None
    assert first.stdin is not None
    first.stdout.readline()
    with pytest.raises(BlockingIOError), (tmp_path / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    first.stdin.write(b"\n")
    first.stdin.flush()
    with prepare._alone(places), (tmp_path / "lock").open("a") as lock, pytest.raises(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    first.communicate()
    assert first.returncode == 0
