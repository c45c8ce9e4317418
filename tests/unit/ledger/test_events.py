"""The lean readers read what the generated ones read."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Any

import pytest

from cse.engine import wire
from cse.ledger import events
from tests.ledger.scenario import Life

WIDE = (1 << 64, (1 << 127) - 1, -1, -(1 << 127), -(1 << 64) - 5, 0, 7)


def joined(values: tuple[Any, ...], wide: set[int]) -> Iterator[Any]:
    """Values with the two halves of each wide number put together; `wide` are places of low halves."""
    places = iter(enumerate(values))
    for place, value in places:
        if place in wide:
            _, high = next(places)
            yield high << 64 | value
        else:
            yield value


# Struct, layout, names of its values in their order, and where the low halves stand.
READERS = [
    (events.ORDER_ACCEPTED, wire.OrderAccepted, wire.OrderAccepted._fields, {10}),
    (
        events.ORDER_CLOSED,
        wire.OrderClosed,
        ("order_id", "reason", "filled_quantity", "remaining_quantity", "filled_notional", "fee"),
        {4, 6},
    ),
    (events.TRADED, wire.Traded, wire.Traded._fields, {6, 12, 14, 16}),
    (events.BALANCE_CHANGED, wire.BalanceChanged, wire.BalanceChanged._fields, {2, 4}),
]


@pytest.mark.parametrize(("struct", "layout", "names", "wide"), READERS)
def test_it_reads_what_the_generated_reader_reads(
    struct: Struct, layout: Any, names: tuple[str, ...], wide: set[int]
) -> None:
    life = Life(seed=2)
    life.go_on(400)
    seen = 0
    for group in life.groups:
        tail = bytes(wire.Group.tail(group))
        for kind, offset, _ in wire.messages(tail):
            if kind != layout.KIND:
                continue
            seen += 1
            expected = layout.decode(tail, offset)
            found = dict(zip(names, joined(struct.unpack_from(tail, offset), wide), strict=True))
            for name, value in found.items():
                text = value.rstrip(b"\0").decode() if isinstance(value, bytes) else value
                assert text == getattr(expected, name), name
    assert seen > 20


@pytest.mark.parametrize("available", WIDE)
@pytest.mark.parametrize("locked", WIDE)
def test_wide_numbers_keep_their_sign(available: int, locked: int) -> None:
    message = wire.BalanceChanged(1, 2, available, locked).encode()
    values = joined(events.BALANCE_CHANGED.unpack(message), {2, 4})
    assert tuple(values) == (1, 2, available, locked)
