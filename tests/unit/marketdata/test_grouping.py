"""A book by wider steps has what the book has, never at a better price."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.domain.enumerations import Side
from cse.engine.models import Depth, Reading
from cse.engine.queries import LIMIT_MAX
from cse.marketdata.grouping import grouped
from cse.marketdata.service import MarketData
from tests.streams.engine import LAB

BIDS = [(100, 1), (99, 2), (95, 3), (94, 4), (89, 5)]
ASKS = [(101, 1), (105, 2), (106, 3), (110, 4), (121, 5)]


@pytest.mark.parametrize(
    ("side", "levels", "step", "groups"),
    [
        (Side.BUY, BIDS, 1, BIDS),
        (Side.SELL, ASKS, 1, ASKS),
        (Side.BUY, BIDS, 5, [(100, 1), (95, 5), (90, 4), (85, 5)]),
        (Side.SELL, ASKS, 5, [(105, 3), (110, 7), (125, 5)]),
        (Side.BUY, BIDS, 1_000, [(0, 15)]),
        (Side.SELL, ASKS, 1_000, [(1_000, 15)]),
        (Side.BUY, [], 5, []),
    ],
)
def test_levels_count_at_a_price_that_is_no_better(
    side: Side, levels: list[tuple[int, int]], step: int, groups: list[tuple[int, int]]
) -> None:
    assert grouped(levels, side, step) == groups


SIDES = st.dictionaries(st.integers(1, 5_000), st.integers(1, 9), max_size=300)


@given(SIDES, st.sampled_from([1, 2, 7, 50, 10_000]), st.sampled_from(Side))
def test_nothing_is_lost_or_counted_twice(lots: dict[int, int], step: int, side: Side) -> None:
    levels = sorted(lots.items(), reverse=side is Side.BUY)
    groups = grouped(levels, side, step)
    assert sum(count for _, count in groups) == sum(lots.values())
    assert [price % step for price, _ in groups] == [0] * len(groups)
    assert groups == sorted(set(groups), reverse=side is Side.BUY)


class FakeReplica:
    """A book of one lot at each tick, as far as it is asked for."""

    def __init__(self, bids: int, asks: int) -> None:
        self.asked: list[int] = []
        self._bids = [(20_000 - number, 1) for number in range(bids)]
        self._asks = [(20_001 + number, 1) for number in range(asks)]

    async def depth(self, market: int, levels: int, *, min_sequence: int) -> Reading[Depth]:
        self.asked.append(levels)
        return Reading(7, Depth(market, 3, 0, self._bids[:levels], self._asks[:levels]))


async def read(replica: Any, groups: int, step: int) -> Depth:
    nothing: Any = None
    reading = await MarketData(replica, nothing, nothing, nothing).grouped_depth(LAB, groups, step, 0)
    assert reading.sequence == 7
    return reading.value


async def test_a_book_is_read_on_until_there_are_enough_groups() -> None:
    replica = FakeReplica(5_000, 3_000)
    depth = await read(replica, 2, 1_000)
    assert depth.bids == [(20_000, 1), (19_000, 1_000)]
    assert depth.asks == [(21_000, 1_000), (22_000, 1_000)]
    assert replica.asked == [8, 32, 128, 512, 2_048]


async def test_all_of_a_book_that_ends_is_counted() -> None:
    depth = await read(FakeReplica(1_500, 10), 5, 1_000)
    assert depth.bids == [(20_000, 1), (19_000, 1_000), (18_000, 499)]
    assert depth.asks == [(21_000, 10)]


async def test_a_group_that_may_go_on_is_not_shown() -> None:
    replica = FakeReplica(LIMIT_MAX + 1, 1)
    depth = await read(replica, 500, 3_000)
    assert depth.bids == [(18_000, 2_001), (15_000, 3_000), (12_000, 3_000)]
    assert replica.asked[-1] == LIMIT_MAX
