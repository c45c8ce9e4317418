"""What is there is not made again, what is missing is, and nobody's running build is removed."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cse.cli.bootstrap import prepare
from cse.cli.bootstrap.places import Places


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
