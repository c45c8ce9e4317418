"""Pages of orders while the replica goes on, and orders that neither side has yet."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.enumerations import CloseReason, OrderType, Side, TimeInForce
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.models import (
    ClosedOrder,
    EngineError,
    NotYetVisible,
    OpenOrder,
    OutcomeUnknown,
    Past,
    Reading,
    RecentReading,
    Unavailable,
)
from cse.ledger.models import EVERY
from cse.trading.reads.account import AccountReads
from cse.trading.reads.history import Page, completed
from cse.trading.reads.lookup import OrderLookup
from cse.trading.views.texts import ListedTexts

MARKET = Market(
    id=1,
    base=Asset(2, "CRT", 6),
    quote=Asset(1, "USDC", 6),
    tick_size=1,
    tick_decimals=2,
    lot_size=1_000,
    min_notional=0,
    max_quantity=1_000_000,
    maker_fee_ppm=0,
    taker_fee_ppm=0,
)
ACCOUNT = 7


def open_order(order_id: int) -> OpenOrder:
    state = wire.OrderState(
        order_id,
        ACCOUNT,
        1,
        Side.BUY,
        TimeInForce.GTC,
        1,
        0,
        100,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        order_id,
        0,
        0,
        0,
        5,
        "",
    )
    return OpenOrder(state)


def closed_order(order_id: int, sequence: int) -> ClosedOrder:
    accepted = wire.OrderAccepted(
        order_id,
        ACCOUNT,
        1,
        Side.BUY,
        OrderType.LIMIT,
        TimeInForce.GTC,
        1,
        0,
        100,
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        "",
    )
    closed = wire.OrderClosed(order_id, ACCOUNT, 1, CloseReason.CANCELLED, Side.BUY, 100, 5, 0, 0, 0)
    return ClosedOrder(order_id, 0, accepted, sequence, 0, closed)


def account_reads(leader: Any, replica: Any, listing: Any, ledger: Any) -> AccountReads:
    lookup = OrderLookup(leader, replica, ledger)
    return AccountReads(lookup, replica, listing, ledger, ListedTexts(listing))


def listing_orders(
    open_ids: list[int], open_sequence: int, closed: list[ClosedOrder], closed_sequence: int
) -> AccountReads:
    """One whose replica has these open orders at one sequence, and these closed ones at a later one."""

    async def open_orders(
        _account: int, _market: int, limit: int, *, before: int, **_: Any
    ) -> Reading[list[OpenOrder]]:
        newest = [order_id for order_id in open_ids if order_id < before][-limit:]
        return Reading(open_sequence, [open_order(order_id) for order_id in newest])

    async def closed_orders(*_: Any, **__: Any) -> RecentReading[list[ClosedOrder]]:
        return RecentReading(closed_sequence, closed, 1)

    async def position() -> int:
        return 0

    async def older(*_: Any) -> list[ClosedOrder]:
        return []

    async def market_by_id(_: int) -> Market:
        return MARKET

    replica: Any = SimpleNamespace(open_orders=open_orders, closed_orders=closed_orders)
    ledger: Any = SimpleNamespace(position=position, closed_orders=older)
    listing: Any = SimpleNamespace(market_by_id=market_by_id)
    return account_reads(None, replica, listing, ledger)


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 10])
async def test_each_order_is_listed_once_though_many_close_meanwhile(limit: int) -> None:
    # Orders 5 to 9 are open at sequence 20; at 30 three of them have closed.
    closed = [closed_order(order_id, 22 + order_id) for order_id in (8, 7, 6)]
    closed += [closed_order(order_id, 10 + order_id) for order_id in (4, 3, 2)]
    reads = listing_orders([5, 6, 7, 8, 9], 20, closed, 30)
    page = Page(ACCOUNT, EVERY, None, limit)
    found: list[str] = []
    while True:
        listed = await reads.orders(page, "all", 0)
        found += [order.id for order in listed.items]
        assert len(listed.items) <= limit
        assert len(found) == len(set(found)), "a page came again"
        if listed.next is None:
            break
        page = page._replace(before=listed.next)
    assert found == ["9", "8", "7", "6", "5", "4", "3", "2"]


async def test_closed_orders_alone_are_the_newest_there_are() -> None:
    reads = listing_orders([5], 20, [closed_order(6, 28), closed_order(4, 14)], 30)
    listed = await reads.orders(Page(ACCOUNT, EVERY, None, 10), "closed", 0)
    assert [order.id for order in listed.items] == ["6", "4"]
    assert (listed.sequence, listed.next) == (30, None)


async def test_what_the_replica_has_not_seen_of_an_order_the_ledger_knows() -> None:
    seen = Past(stop_price=95, ledger_knows=True)
    order = closed_order(6, 28)._replace(past=seen)
    asked: list[list[int]] = []

    async def pasts(order_ids: list[int]) -> dict[int, Past]:
        asked.append(order_ids)
        return {6: Past(2, 1_000, 90, 3)}

    async def none_yet(_: list[int]) -> dict[int, Past]:
        return {}

    ledger: Any = SimpleNamespace(pasts=pasts)
    whole = closed_order(4, 14)
    assert await completed([whole, order], ledger) == [whole, order._replace(past=Past(2, 1_000, 95, 3))]
    assert asked == [[6]]
    assert await completed([whole], ledger) == [whole]
    assert asked == [[6]]
    behind: Any = SimpleNamespace(pasts=none_yet)
    with pytest.raises(NotYetVisible):
        await completed([order], behind)


def looking_up(found: wire.ClientOrderState | None, kept_from: int, position: int) -> AccountReads:
    """One whose replica keeps from a sequence on what closed, and whose PostgreSQL has reached another."""

    async def from_replica(*_: Any, **__: Any) -> RecentReading[wire.ClientOrderState | None]:
        return RecentReading(100, found, kept_from)

    async def no_order(*_: Any, **__: Any) -> RecentReading[None]:
        return RecentReading(100, None, kept_from)

    async def reached() -> int:
        return position

    async def nothing(*_: Any) -> None:
        return None

    async def status() -> dict[str, object]:
        return {"sequence": 100, "waiting": 0}

    leader: Any = SimpleNamespace(status=status)
    replica: Any = SimpleNamespace(order=no_order, order_by_client_id=from_replica)
    ledger: Any = SimpleNamespace(position=reached, closed_order=nothing, closed_order_by_client_id=nothing)
    unused: Any = None
    return account_reads(leader, replica, unused, ledger)


REMEMBERED = wire.ClientOrderState(ACCOUNT, 5, 6, 0, 0, 0, "mine")


@pytest.mark.parametrize("found", [None, REMEMBERED])
async def test_an_order_that_neither_can_have_yet_is_not_denied(found: wire.ClientOrderState | None) -> None:
    behind = looking_up(found, kept_from=50, position=48)
    with pytest.raises(NotYetVisible):
        await behind.order(ACCOUNT, 5, 0)
    with pytest.raises(NotYetVisible):
        await behind.order_by_client_id(ACCOUNT, "mine", 0)
    joined = looking_up(found, kept_from=50, position=49)
    for looking in (joined.order(ACCOUNT, 5, 0), joined.order_by_client_id(ACCOUNT, "mine", 0)):
        with pytest.raises(CodedError) as refused:
            await looking
        assert refused.value.code is codes.ORDER_UNKNOWN


def on_its_way(answers: list[dict[str, object] | EngineError]) -> tuple[AccountReads, list[int]]:
    """One whose leader answers so, and which sequences its replica is asked for."""
    asked: list[int] = []
    left = list(answers)

    async def status() -> dict[str, object]:
        answer = left.pop(0)
        if isinstance(answer, EngineError):
            raise answer
        return answer

    async def from_replica(*_: Any, min_sequence: int) -> RecentReading[None]:
        asked.append(min_sequence)
        return RecentReading(max(100, min_sequence), None, 0)

    async def reached() -> int:
        return 200

    async def nothing(*_: Any) -> None:
        return None

    leader: Any = SimpleNamespace(status=status)
    replica: Any = SimpleNamespace(order_by_client_id=from_replica)
    ledger: Any = SimpleNamespace(position=reached, closed_order_by_client_id=nothing)
    unused: Any = None
    return account_reads(leader, replica, unused, ledger), asked


@pytest.mark.parametrize(
    ("first", "second", "taken"),
    [
        ({"sequence": 100, "waiting": 0}, {"sequence": 100, "waiting": 0}, 100),
        ({"sequence": 100, "waiting": 0}, {"sequence": 100, "waiting": 3}, 103),
        ({"sequence": 100, "waiting": 7}, {"sequence": 107, "waiting": 0}, 107),
    ],
)
async def test_an_order_is_denied_once_all_is_carried_out_that_had_reached_the_leader(
    first: dict[str, object], second: dict[str, object], taken: int
) -> None:
    reads, asked = on_its_way([first, second])
    with pytest.raises(CodedError) as refused:
        await reads.order_by_client_id(ACCOUNT, "mine", 40)
    assert refused.value.code is codes.ORDER_UNKNOWN
    assert asked == [40, taken]


@pytest.mark.parametrize("error", [OutcomeUnknown("no answer in time"), Unavailable("not connected")])
async def test_an_order_is_not_denied_while_the_leader_may_hold_it(error: EngineError) -> None:
    reads, _ = on_its_way([{"sequence": 100, "waiting": 0}, error])
    with pytest.raises(Unavailable):
        await reads.order_by_client_id(ACCOUNT, "mine", 0)
