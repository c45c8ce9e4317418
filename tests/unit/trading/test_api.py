"""Placing and cancelling each have a limit, and neither uses up the other's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.rates import Rate
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Call, Caller, Nothing
from cse.trading.api import TradingApi
from cse.trading.models import CancelAfter, CancelQuery, NewOrder, NewOrderList

CALLER = Caller(UUID(int=1), "session", 7, 0.0)
CANCELS = 4
ORDERS = CANCELS // 2
BODY = b'{"market":"CRT-USDC","side":"buy","type":"limit","price":"10","quantity":"1"}'


class Reached(Exception):
    """The command would have gone out."""


def api() -> TradingApi:
    async def reached(*_: Any) -> None:
        raise Reached

    def reached_at_once(*_: Any) -> None:
        raise Reached

    trading: Any = SimpleNamespace(
        place_then=reached_at_once,
        place_list=reached,
        knows=lambda _: True,
        cancel=reached,
        cancel_by_client_id=reached,
    )
    mass_cancels: Any = SimpleNamespace(cancel_all=reached, cancel_after=reached)

    rates = Rates(clock_s=lambda: 0.0)
    rates.put_in_force([(0, Rate("orders", ORDERS, 1)), (0, Rate("cancels", CANCELS, 1))], {})
    nothing: Any = None
    return TradingApi(trading, mass_cancels, rates, nothing)


async def place(one: TradingApi) -> None:
    one.place_direct(CALLER, BODY, lambda _: None)


async def cancel(one: TradingApi) -> None:
    await one.cancel({"path": "/api/orders/5"}, CALLER, b"")


async def cancel_by_client_id(one: TradingApi) -> None:
    await one.cancel_by_client_id(Call(Nothing(), Nothing(), {"client_order_id": "x"}, {}, CALLER, "", 0))


async def cancel_all(one: TradingApi) -> None:
    await one.cancel_all(Call(Nothing(), CancelQuery(), {}, {}, CALLER, "", 0))


async def cancel_after(one: TradingApi) -> None:
    await one.cancel_after(Call(CancelAfter(60_000), Nothing(), {}, {}, CALLER, "", 0))


Way = Callable[[TradingApi], Awaitable[None]]


async def let_through(one: TradingApi, ways: list[Way]) -> int:
    """How often the ways in turn reach the service before the limit stops them."""
    for count in range(100):
        with pytest.raises((Reached, CodedError)) as stopped:
            await ways[count % len(ways)](one)
        if isinstance(stopped.value, CodedError):
            assert stopped.value.code is codes.RATE_LIMITED
            assert int(stopped.value.details["seconds"]) >= 1
            return count
    raise AssertionError("there is no limit")


@pytest.mark.parametrize(
    "ways",
    [
        [cancel],
        [cancel_by_client_id],
        [cancel_all],
        [cancel_after],
        [cancel, cancel_by_client_id, cancel_all],
    ],
)
async def test_cancels_are_limited_whatever_names_the_order(ways: list[Way]) -> None:
    assert await let_through(api(), ways) == CANCELS


async def test_placing_leaves_room_for_cancelling_and_the_reverse() -> None:
    one = api()
    assert await let_through(one, [place]) == ORDERS
    assert await let_through(one, [cancel]) == CANCELS
    other = api()
    assert await let_through(other, [cancel]) == CANCELS
    assert await let_through(other, [place]) == ORDERS


@pytest.mark.parametrize("count", [0, 21])
async def test_a_batch_has_one_to_twenty_orders(count: int) -> None:
    body = b'{"orders":[' + b",".join([BODY] * count) + b"]}"
    with pytest.raises(CodedError) as refused:
        await api().place_batch({}, CALLER, body)
    assert (refused.value.code, refused.value.details["field"]) == (codes.INVALID_FIELD, "orders")


async def test_a_batch_counts_as_many_orders_as_it_has_and_is_taken_whole_or_not() -> None:
    one = api()
    body = b'{"orders":[' + b",".join([BODY] * (ORDERS + 1)) + b"]}"
    with pytest.raises(CodedError) as refused:
        await one.place_batch({}, CALLER, body)
    assert refused.value.code is codes.RATE_LIMITED
    assert await let_through(one, [place]) == ORDERS


async def test_a_list_counts_as_many_orders_as_it_has() -> None:
    one, order = api(), NewOrder("CRT-USDC", "buy", "limit")
    bracket = NewOrderList("bracket", [order] * (ORDERS + 1))
    with pytest.raises(CodedError) as refused:
        await one.place_list(Call(bracket, Nothing(), {}, {}, CALLER, "", 0))
    assert refused.value.code is codes.RATE_LIMITED
    oco = NewOrderList("oco", [order] * ORDERS)
    with pytest.raises(Reached):
        await one.place_list(Call(oco, Nothing(), {}, {}, CALLER, "", 0))
    assert await let_through(one, [place]) == 0
