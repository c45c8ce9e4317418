"""How fast an account may place and cancel orders: never 100,000 within ten minutes."""

from __future__ import annotations

import pytest

from cse.domain.errors import CodedError
from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_COUNT
from cse.trading.rate import BURST, PER_SECOND, AccountRate, CancelRate, OrderRate

TEN_MINUTES_S = 600


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def taken(rate: AccountRate, clock: Clock, seconds: int, account: int = 1) -> int:
    """How many get through when as many as possible are tried, each second."""
    count = 0
    for _ in range(seconds):
        try:
            while True:
                rate.take(account)
                count += 1
        except CodedError as error:
            assert error.code.name == "rate_limited"
            assert int(error.details["seconds"]) >= 1
        clock.now_s += 1
    return count


def test_ten_minutes_never_let_as_many_through_as_the_core_remembers() -> None:
    clock = Clock()
    rate = OrderRate(clock_s=clock)
    count = taken(rate, clock, TEN_MINUTES_S)
    assert BURST <= count <= BURST + PER_SECOND * TEN_MINUTES_S < CLIENT_ORDER_ID_MEMORY_COUNT


@pytest.mark.parametrize("edges", [2, 4])
def test_edges_share_the_rate(edges: int) -> None:
    clock = Clock()
    assert taken(OrderRate(edges, clock), clock, 10) <= (BURST + 10 * PER_SECOND) / edges + 1


def test_accounts_do_not_share_it() -> None:
    clock = Clock()
    rate = OrderRate(clock_s=clock)
    assert taken(rate, clock, 1, account=1) >= BURST
    assert taken(rate, clock, 1, account=2) >= BURST


def test_cancels_have_twice_the_rate_of_orders() -> None:
    clock = Clock()
    count = taken(CancelRate(clock_s=clock), clock, 60)
    assert 2 * BURST <= count <= 2 * (BURST + 60 * PER_SECOND)


@pytest.mark.parametrize("edges", [2, 4])
def test_edges_share_the_rate_of_cancels(edges: int) -> None:
    clock = Clock()
    assert taken(CancelRate(edges, clock), clock, 10) <= 2 * (BURST + 10 * PER_SECOND) / edges + 1
