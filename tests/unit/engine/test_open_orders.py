"""Open orders are read a page at a time, newest first, however many there are."""

from __future__ import annotations

import pytest

from cse.engine import wire
from cse.engine._native import Core
from tests.small_market import BUYER, MARKET, SELLER, buy, listing, sell


@pytest.fixture
def core() -> Core:
    """Bids with the ids 1 to 6, and an ask between them."""
    core = Core()
    orders = [buy(10), buy(11), sell(50), buy(9), buy(12), buy(8)]
    for sequence, command in enumerate([*listing(), *orders], start=1):
        core.apply(sequence, sequence, command)
    return core


@pytest.mark.parametrize(
    ("before", "limit", "ids"),
    [
        (1 << 53, 10, [1, 2, 4, 5, 6]),
        (1 << 53, 2, [5, 6]),
        (5, 2, [2, 4]),
        (6, 10, [1, 2, 4, 5]),
        (2, 10, [1]),
        (1, 10, []),
        (0, 10, []),
        (1 << 53, 0, []),
    ],
)
def test_the_newest_below_an_id(core: Core, before: int, limit: int, ids: list[int]) -> None:
    found = core.open_orders(BUYER, MARKET, before, limit)
    orders = [wire.OrderState.decode(found, offset) for _, offset, _ in wire.messages(found)]
    assert [order.order_id for order in orders] == ids
    assert core.open_orders(BUYER, 0, before, limit) == found


def test_without_bounds_all_are_given(core: Core) -> None:
    assert len(core.open_orders(BUYER)) == 5 * wire.OrderState.WIDTH
    assert len(core.open_orders(SELLER)) == wire.OrderState.WIDTH
