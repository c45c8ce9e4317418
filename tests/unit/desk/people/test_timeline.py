"""A timeline over several accounts, and the text that it goes on from."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import pytest

from cse.desk.people.models import Place
from cse.desk.people.timeline import Timelines, cursor_of, read_cursor
from cse.domain.accounts import TransferReason
from cse.domain.assets import Asset
from cse.domain.errors import CodedError
from cse.ledger.models import TransferEntry


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(event=UUID(int=7)),
        Place(order=(5, 6)),
        Place(UUID(int=7), (5, 6), ((1 << 63) - 1, 0)),
    ],
)
def test_a_place_is_read_as_it_was_written(place: Place) -> None:
    assert read_cursor(cursor_of(place)) == place


@pytest.mark.parametrize("text", ["", "_", "x__", "_1_", "_1.x_", "_-1.2_", f"_{1 << 63}.1_", "___"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(CodedError):
        read_cursor(text)


class Books:
    """A ledger of transfers, two of which have both of their ends here."""

    def __init__(self) -> None:
        self.entries = {
            7: [_entry(9, 0, -5), _entry(6, 0, -4), _entry(2, 1, 100)],
            21: [_entry(9, 1, 5), _entry(8, 1, 3), _entry(6, 1, 4)],
        }

    async def transfers(
        self, account: int, before: tuple[int, int] | None, limit: int
    ) -> list[TransferEntry]:
        kept = [one for one in self.entries[account] if before is None or (one.sequence, one.entry) < before]
        return kept[:limit]

    async def closed_orders(self, account: int, market: int, before: object, limit: int) -> list[Any]:
        return []


class Listed:
    async def asset_by_id(self, asset: int) -> Asset:
        return Asset(asset, "USDC", 0)


def _entry(sequence: int, entry: int, amount: int) -> TransferEntry:
    return TransferEntry(
        sequence, entry, 1, amount, TransferReason.OWN_ACCOUNTS, sequence, sequence * 1_000_000, 0
    )


@pytest.mark.parametrize("limit", [1, 2, 4, 100])
async def test_a_page_goes_on_where_the_one_before_ended_in_every_account(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: object) -> list[Any]:
        return []

    monkeypatch.setattr(Timelines, "_past_events", nothing)
    timelines = Timelines(cast(Any, None), cast(Any, Books()), cast(Any, Listed()), cast(Any, None))
    person = cast(Any, type("Found", (), {"id": UUID(int=1)}))
    told: list[tuple[str, str]] = []
    cursor = None
    while True:
        page = await timelines.of(person, [7, 21], cursor, limit)
        told += [(one.reference, one.transfer.amount) for one in page.items if one.transfer is not None]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert told == [("9", "5"), ("9", "-5"), ("8", "3"), ("6", "4"), ("6", "-4"), ("2", "100")]
