"""Nothing that was signed is taken twice, by whichever process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from cse.accounts.api_keys.seen_signatures import KEPT_LONGER_US, SLOTS, SeenSignatures
from cse.domain import codes
from cse.domain.errors import CodedError

NOW_US = 1_764_150_000_000_000
UNTIL_US = NOW_US + 5_000_000


@pytest.fixture
def seen(tmp_path: Path) -> Iterator[SeenSignatures]:
    with closing(SeenSignatures(tmp_path / "signatures")) as seen:
        yield seen


def test_what_comes_again_is_not_new_until_its_window_is_long_over(seen: SeenSignatures) -> None:
    assert seen.is_new(b"one", UNTIL_US, NOW_US)
    for now_us in (NOW_US, UNTIL_US, UNTIL_US + KEPT_LONGER_US):
        assert not seen.is_new(b"one", UNTIL_US, now_us)
        # A clock that was set back a little.
        assert not seen.is_new(b"one", UNTIL_US, NOW_US - KEPT_LONGER_US // 2)


def test_what_is_another_is_new(seen: SeenSignatures) -> None:
    assert all(seen.is_new(b"%d" % number, UNTIL_US, NOW_US) for number in range(20_000))
    assert not any(seen.is_new(b"%d" % number, UNTIL_US, NOW_US) for number in range(20_000))


def test_without_room_it_refuses_and_forgets_nothing(tmp_path: Path) -> None:
    with closing(SeenSignatures(tmp_path / "signatures", buckets=1)) as seen:
        texts = [b"%d" % number for number in range(SLOTS)]
        assert all(seen.is_new(text, UNTIL_US, NOW_US) for text in texts)
        with pytest.raises(CodedError) as refused:
            seen.is_new(b"one more", UNTIL_US, NOW_US)
        assert refused.value.code is codes.OVERLOADED
        assert not any(seen.is_new(text, UNTIL_US, NOW_US) for text in texts)
        with pytest.raises(CodedError):
            seen.is_new(b"one more", UNTIL_US, UNTIL_US + KEPT_LONGER_US)
        later_us = UNTIL_US + KEPT_LONGER_US + 1
        assert seen.is_new(b"one more", later_us + 1, later_us)


def test_it_outlives_who_has_seen_it(tmp_path: Path) -> None:
    for expected in (True, False, False):
        with closing(SeenSignatures(tmp_path / "signatures")) as seen:
            assert seen.is_new(b"one", UNTIL_US, NOW_US) is expected


_RACER = """
import sys, time
from pathlib import Path
from cse.accounts.api_keys import seen_signatures

class Slowly:
    # Between the search and the note, where another process would come in.
    size = seen_signatures._UNTILS.size
    read = seen_signatures._UNTILS.unpack_from
    def unpack_from(self, memory, offset):
        time.sleep(0.001)
        return Slowly.read(memory, offset)

seen_signatures._UNTILS = Slowly()
seen = seen_signatures.SeenSignatures(Path(sys.argv[1]), buckets=64)
print(flush=True)
sys.stdin.readline()
print(*[number for number in range(100) if seen.is_new(b"%d" % number, 2_000_000, 1_000_000)])
"""


@contextmanager
def racers(path: Path, count: int) -> Iterator[Callable[[], list[list[int]]]]:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _RACER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]

    def race() -> list[list[int]]:
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("\n")
            process.stdin.flush()
        return [[int(number) for number in process.communicate()[0].split()] for process in processes]

    try:
        yield race
    finally:
        for process in processes:
            process.kill()
            process.wait()


@pytest.mark.slow
def test_of_processes_that_see_it_at_once_one_has_seen_it_first(tmp_path: Path) -> None:
    with racers(tmp_path / "signatures", 4) as race:
        won = race()
    assert sorted(number for each in won for number in each) == list(range(100))
