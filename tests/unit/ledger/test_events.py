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


ACCEPTED, CLOSED = wire.OrderAccepted, wire.OrderClosed
CLOSED_LEAD = ("length", "order_id", "reason", "remaining_quantity")
# Struct, layout, where in the message it begins, names of its values in their order, and where the low
# halves stand.
READERS = [
    (events.ORDER_ACCEPTED, ACCEPTED, 0, ("length", *ACCEPTED._fields[:12]), set()),
    (events.ORDER_ACCEPTED_REST, ACCEPTED, ACCEPTED.SHORT_WIDTH, ACCEPTED._fields[12:], {0}),
    (events.ORDER_CLOSED, CLOSED, 0, CLOSED_LEAD, set()),
    (events.ORDER_CLOSED_REST, CLOSED, CLOSED.SHORT_WIDTH, CLOSED._fields[-3:], {1, 3}),
    (events.TRADED, wire.Traded, 0, wire.Traded._fields, {6, 12, 14, 16}),
    (events.BALANCE_CHANGED, wire.BalanceChanged, 0, wire.BalanceChanged._fields, {2, 4}),
]


@pytest.mark.parametrize(("struct", "layout", "begins", "names", "wide"), READERS)
def test_it_reads_what_the_generated_reader_reads(
    struct: Struct, layout: Any, begins: int, names: tuple[str, ...], wide: set[int]
) -> None:
    life = Life(seed=2)
    life.go_on(400)
    seen = 0
    for group in life.groups:
        tail = bytes(wire.Group.tail(group))
        for kind, offset, length in wire.messages(tail):
            if kind != layout.KIND or length == begins:
                continue
            seen += 1
            expected = {**layout.decode(tail, offset)._asdict(), "length": length}
            values = joined(struct.unpack_from(tail, offset + begins), wide)
            for name, value in zip(names, values, strict=True):
                text = value.rstrip(b"\0").decode() if isinstance(value, bytes) else value
                assert text == expected[name], name
    assert seen > 20


@pytest.mark.parametrize("available", WIDE)
@pytest.mark.parametrize("locked", WIDE)
def test_wide_numbers_keep_their_sign(available: int, locked: int) -> None:
    message = wire.BalanceChanged(1, 2, available, locked).encode()
    values = joined(events.BALANCE_CHANGED.unpack(message), {2, 4})
    assert tuple(values) == (1, 2, available, locked)
