"""A log of changes tells each entry once, as it is now, or says that it does not reach back."""

import msgspec
import pytest

from cse.streams.channels.changes import ChangeLog


def piece(text: str) -> msgspec.Raw:
    return msgspec.Raw(text.encode())


@pytest.fixture
def log() -> ChangeLog:
    """Three entries, the first of which changed twice."""
    log = ChangeLog(floor=10, limit=4)
    log.add(11, "a", piece("a1"))
    log.add(12, "b", piece("b1"))
    log.add(12, "c", piece("c1"))
    log.add(15, "a", piece("a2"))
    return log


@pytest.mark.parametrize(
    ("since", "found"),
    [
        (9, None),
        (10, ["b1", "c1", "a2"]),
        (11, ["b1", "c1", "a2"]),
        (12, ["a2"]),
        (14, ["a2"]),
        (15, []),
        (99, []),
    ],
)
def test_since(log: ChangeLog, since: int, found: list[str] | None) -> None:
    changed = log.since(since)
    assert found == (None if changed is None else [bytes(one).decode() for one in changed])


def test_the_oldest_is_forgotten_and_that_is_known(log: ChangeLog) -> None:
    log.add(16, "d", piece("d1"))
    assert log.floor == 11
    assert log.since(10) is None
    assert log.since(11) is not None


def test_newest(log: ChangeLog) -> None:
    assert [bytes(one) for one in log.newest(2)] == [b"c1", b"a2"]
    assert len(log.newest(99)) == 4
