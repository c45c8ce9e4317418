"""A page of a list whose newest part the replica has and whose rest PostgreSQL has."""

from __future__ import annotations

from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from cse.engine.models import Reading
from cse.trading.history import Page, Place, joined


class Entry(NamedTuple):
    sequence: int
    id: int


@given(
    entries=st.lists(st.tuples(st.integers(1, 3_000), st.integers(1, 5)), unique=True, max_size=60),
    many=st.booleans(),
    position=st.integers(0, 6_000),
    kept_from=st.integers(0, 6_000),
    limit=st.integers(1, 40),
)
async def test_pages_join_to_the_whole_list(
    entries: list[tuple[int, int]], many: bool, position: int, kept_from: int, limit: int
) -> None:
    """Whatever the position, and however much of what is below it the replica still keeps."""
    whole = sorted((Entry(*entry) for entry in entries), reverse=True)
    if many:
        # More than one asking of the replica brings.
        whole = [Entry(sequence, 1) for sequence in range(5_000, 3_000, -1)] + whole
        limit *= 50
    kept = [entry for entry in whole if entry.sequence > min(position, kept_from)]
    written = [entry for entry in whole if entry.sequence <= position]

    async def recent(wanted: int) -> Reading[list[Entry]]:
        return Reading(9_999, kept[:wanted])

    async def reached() -> int:
        return position

    async def older(before: Place | None, wanted: int) -> list[Entry]:
        return [entry for entry in written if before is None or entry < before][:wanted]

    found: list[Entry] = []
    before: Place | None = None
    while True:
        reading = await joined(recent, reached, older, lambda entry: entry, Page(1, 0, before, limit))
        found += reading.value
        if len(reading.value) < limit:
            break
        before = reading.value[-1]
    assert found == whole
