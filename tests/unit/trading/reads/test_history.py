"""A page of a list whose newest part the replica has and whose rest PostgreSQL has."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.engine.models import NotYetVisible, RecentReading
from cse.engine.queries import LIMIT_MAX
from cse.ledger.models import EVERY
from cse.trading.reads.history import ListPlace, Page, joined


class Entry(NamedTuple):
    sequence: int
    id: int


@given(
    entries=st.lists(st.tuples(st.integers(1, 3_000), st.integers(1, 5)), unique=True, max_size=60),
    many=st.booleans(),
    position=st.integers(0, 6_000),
    kept_from=st.integers(1, 6_000),
    limit=st.integers(1, 40),
)
async def test_pages_join_to_the_whole_list_or_say_that_they_cannot(
    entries: list[tuple[int, int]], many: bool, position: int, kept_from: int, limit: int
) -> None:
    """Whatever the position, and however much the replica still keeps."""
    whole = sorted((Entry(*entry) for entry in entries), reverse=True)
    if many:
        # More than one asking of the replica brings.
        whole = [Entry(sequence, 1) for sequence in range(5_000, 3_000, -1)] + whole
        limit *= 50
    kept = [entry for entry in whole if entry.sequence >= kept_from]
    written = [entry for entry in whole if entry.sequence <= position]

    async def recent(wanted: int) -> RecentReading[list[Entry]]:
        assert wanted <= LIMIT_MAX
        return RecentReading(9_999, kept[:wanted], kept_from)

    async def reached() -> int:
        return position

    async def older(before: ListPlace | None, wanted: int) -> list[Entry]:
        return [entry for entry in written if before is None or entry < before][:wanted]

    found: list[Entry] = []
    before: ListPlace | None = None
    while True:
        try:
            reading = await joined(recent, reached, older, lambda entry: entry, Page(1, EVERY, before, limit))
        except NotYetVisible:
            assert position < kept_from - 1
            assert found == whole[: len(found)]
            return
        found += reading.value
        if len(reading.value) < limit:
            break
        before = reading.value[-1]
    assert found == whole


async def test_a_page_beyond_what_the_replica_gives_and_postgresql_has_says_so() -> None:
    whole = [Entry(sequence, 1) for sequence in range(3 * LIMIT_MAX, 0, -1)]

    async def recent(wanted: int) -> RecentReading[list[Entry]]:
        assert wanted <= LIMIT_MAX
        return RecentReading(3 * LIMIT_MAX, whole[:wanted], 1)

    async def reached() -> int:
        return LIMIT_MAX

    async def older(*_: object) -> list[Entry]:
        raise AssertionError("PostgreSQL does not have what comes next")

    first = await joined(recent, reached, older, lambda entry: entry, Page(1, EVERY, None, 50))
    assert first.value == whole[:50]
    with pytest.raises(NotYetVisible):
        await joined(recent, reached, older, lambda entry: entry, Page(1, EVERY, (LIMIT_MAX + 100, 1), 50))


async def test_what_lies_behind_a_hole_is_shown_to_those_who_are_past_it() -> None:
    async def recent(_: int) -> RecentReading[list[Entry]]:
        return RecentReading(99, [Entry(95, 1)], 90)

    async def reached() -> int:
        return 50

    async def older(before: ListPlace | None, wanted: int) -> list[Entry]:
        assert before == (40, 1)
        return [Entry(39, 1), Entry(38, 1)][:wanted]

    page = Page(1, EVERY, (40, 1), 2)
    assert (await joined(recent, reached, older, lambda entry: entry, page)).value == [(39, 1), (38, 1)]
    with pytest.raises(NotYetVisible):
        await joined(recent, reached, older, lambda entry: entry, page._replace(before=(95, 1)))
