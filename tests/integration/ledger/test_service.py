"""What other rooms read: all of it, newest first, page after page, and nobody else's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from cse.domain.accounts import TransferReason
from cse.engine import wire
from cse.engine.models import ClosedOrder, DatedTrade, Past
from cse.ledger import entry_reads, service
from cse.ledger.entry_reads import EntryReads
from cse.ledger.models import AccountEntry, BalancedEntry, Chosen, ChosenEntries, EntryReason, TradesSummary
from cse.ledger.projection import Projection
from cse.ledger.roles import READ_ROLE
from cse.ledger.service import Ledger
from cse.ledger.store import Store
from cse.ledger.tables import time_us
from cse.runtime import postgres
from tests.ledger.scenario import TRADERS, Life
from tests.postgres import Database

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def life() -> Life:
    life = Life(seed=21)
    life.go_on(2_000)
    return life


def write(life: Life, database: Database) -> Database:
    """Writes all of a life into a database."""
    with Store.connect(database.configuration) as store:
        projection = Projection(store.position(), {})
        batch = projection.begin()
        projection.add(batch, b"".join(life.groups))
        store.write(batch)
    return database


@pytest.fixture(scope="module")
def written_database(shared_database: Database, life: Life) -> Database:
    return write(life, shared_database)


@pytest.fixture
async def ledger(written_database: Database) -> AsyncIterator[Ledger]:
    async with postgres.pool(written_database.configuration, READ_ROLE) as pool:
        yield Ledger(pool)


@pytest.fixture
async def entries(written_database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[EntryReads]:
    """Several fetches make a whole."""
    monkeypatch.setattr(entry_reads, "_A_FETCH", 700)
    async with postgres.pool(written_database.configuration, READ_ROLE) as pool:
        yield EntryReads(pool)


def trades_of(life: Life) -> list[DatedTrade]:
    """All trades, newest first."""
    found = []
    for group in life.groups:
        head, tail = wire.Group.decode(group), bytes(wire.Group.tail(group))
        for kind, offset, _ in wire.messages(tail):
            if kind == wire.Traded.KIND:
                found.append(DatedTrade(head.sequence, head.time_us, wire.Traded.decode(tail, offset)))
    return sorted(found, key=lambda trade: (trade.sequence, trade.traded.trade_id), reverse=True)


def closed_of(life: Life) -> list[ClosedOrder]:
    """All closed orders, newest closing first."""
    accepted: dict[int, tuple[wire.Group, wire.OrderAccepted]] = {}
    pasts: defaultdict[int, Past] = defaultdict(Past)
    found = []
    for group in life.groups:
        head, tail = wire.Group.decode(group), bytes(wire.Group.tail(group))
        for kind, offset, _ in wire.messages(tail):
            if kind == wire.OrderAccepted.KIND:
                order = wire.OrderAccepted.decode(tail, offset)
                accepted[order.order_id] = (head, order)
            elif kind == wire.OrdersLinked.KIND:
                linked = wire.OrdersLinked.decode(tail, offset)
                for order_id in (linked.first, linked.second, linked.third):
                    pasts[order_id] = Past(linked.first)
            elif kind == wire.OrderTriggered.KIND:
                order_id = wire.OrderTriggered.decode(tail, offset).order_id
                pasts[order_id] = pasts[order_id]._replace(triggered_at_us=head.time_us)
            elif kind == wire.OrderClosed.KIND:
                closed = wire.OrderClosed.decode(tail, offset)
                at, order = accepted[closed.order_id]
                if not order.quote_amount:
                    # It is what it was amended to, and what prevention of self-trades left of it.
                    quantity = closed.filled_quantity + closed.remaining_quantity
                    order = order._replace(price=closed.price, quantity=quantity)
                ends = (head.sequence, head.time_us, closed, pasts[order.order_id])
                found.append(ClosedOrder(at.sequence, at.time_us, order, *ends))
    return sorted(found, key=lambda order: (order.closed_sequence, order.closed.order_id), reverse=True)


async def all_pages(
    page: Callable[[tuple[int, int] | None, int], Awaitable[list[Any]]],
    place: Callable[[Any], tuple[int, int]],
    size: int,
) -> list[Any]:
    """Reads a list to its end, page after page."""
    entries: list[Any] = []
    while found := await page(place(entries[-1]) if entries else None, size):
        assert len(found) <= size
        assert not entries or place(found[0]) < place(entries[-1])
        entries += found
    return entries


def chosen_of(life: Life, market: int, side: int, *, middle: bool) -> Chosen:
    """What is wanted of lists, of all the life or of its middle."""
    if not middle:
        return Chosen(market, side)
    times = [wire.Group.decode(group).time_us for group in life.groups]
    return Chosen(market, side, times[len(times) // 4], times[len(times) // 2])


CHOICES = pytest.mark.parametrize(
    ("market", "side", "middle", "size"),
    [(0, 0, False, 500), (1, 0, False, 500), (2, 0, False, 170), (0, 1, True, 70), (1, 2, True, 500)],
)


@CHOICES
async def test_closed_orders_page_by_page(
    ledger: Ledger, life: Life, market: int, side: int, middle: bool, size: int
) -> None:
    chosen = chosen_of(life, market, side, middle=middle)
    for account in TRADERS:
        found = await all_pages(
            partial(ledger.closed_orders, account, chosen),
            lambda order: (order.closed_sequence, order.closed.order_id),
            size,
        )
        assert found == [
            order
            for order in closed_of(life)
            if order.closed.account == account
            and market in (0, order.closed.market)
            and side in (0, order.closed.side)
            and chosen.from_us <= order.closed_at_us < chosen.to_us
        ]


async def test_what_became_of_orders_is_told_by_their_ids(ledger: Ledger, life: Life) -> None:
    closed = {order.closed.order_id: order for order in closed_of(life)}
    found = await ledger.pasts([*closed, 1 << 40])
    assert found.keys() == closed.keys()
    for order_id, past in found.items():
        order = closed[order_id]
        terms = (order.accepted.stop_price, order.accepted.display_quantity)
        assert past == Past(order.past.list_id, order.past.triggered_at_us, *terms)
    assert any(past.list_id for past in found.values())
    assert any(past.triggered_at_us for past in found.values())


@CHOICES
async def test_fills_page_by_page(
    ledger: Ledger, life: Life, market: int, side: int, middle: bool, size: int
) -> None:
    chosen = chosen_of(life, market, side, middle=middle)
    for account in TRADERS:
        found = await all_pages(
            partial(ledger.fills, account, chosen),
            lambda trade: (trade.sequence, trade.traded.trade_id),
            size,
        )
        assert found == [
            trade
            for trade in trades_of(life)
            if account in (trade.traded.maker_account, trade.traded.taker_account)
            and market in (0, trade.traded.market)
            and side in (0, *sides_of(trade.traded, account))
            and chosen.from_us <= trade.time_us < chosen.to_us
        ]


def sides_of(traded: wire.Traded, account: int) -> list[int]:
    """On which sides of a trade an account was."""
    maker_side = 2 if traded.taker_side == 1 else 1
    both = ((traded.taker_account, traded.taker_side), (traded.maker_account, maker_side))
    return [side for one, side in both if one == account]


@pytest.mark.parametrize(
    ("chosen", "middle", "size"),
    [
        (ChosenEntries(), False, 2_000),
        (ChosenEntries(asset=2, market=2), False, 900),
        (ChosenEntries(asset=1, reasons=(EntryReason.TRADE_FEE,)), False, 300),
        (ChosenEntries(market=2, reasons=(EntryReason.TRADE_FEE,)), False, 300),
        (ChosenEntries(reasons=(TransferReason.CREDIT,)), False, 500),
        (ChosenEntries(asset=2), True, 400),
    ],
)
async def test_entries_say_what_they_left(
    written_database: Database,
    entries: EntryReads,
    life: Life,
    chosen: ChosenEntries,
    middle: bool,
    size: int,
) -> None:
    """By pages and as a whole, each entry has the sum of its asset's up to it."""
    if middle:
        of_lists = chosen_of(life, 0, 0, middle=True)
        chosen = chosen._replace(from_us=of_lists.from_us, to_us=of_lists.to_us)
    account = TRADERS[2]
    expected = balanced(written_database, account, chosen)
    assert expected
    found = await all_pages(
        partial(entries.page, account, chosen), lambda one: (one.entry.sequence, one.entry.entry), size
    )
    assert found == expected
    assert [one async for page in entries.all(account, chosen) for one in page] == expected
    assert await entries.page(77, chosen, None, 5) == []
    assert [page async for page in entries.all(77, chosen)] == [[]]


def balanced(database: Database, account: int, chosen: ChosenEntries) -> list[BalancedEntry]:
    """The chosen entries with the sums up to each, newest first."""
    balances: defaultdict[int, int] = defaultdict(int)
    found = []
    for sequence, number, asset, amount, reason, market, reference, time in database.rows(
        "SELECT sequence, entry, asset, amount, reason, market, reference, time FROM ledger.entries "
        "WHERE account = %s ORDER BY sequence, entry", account,
    ):  # fmt: skip
        balances[asset] += int(amount)
        at_us = time_us(time)
        if (
            chosen.asset in (0, asset)
            and chosen.market in (0, market)
            and reason in (chosen.reasons or [reason])
            and chosen.from_us <= at_us < chosen.to_us
        ):
            entry = AccountEntry(sequence, number, asset, int(amount), reason, market, reference, at_us)
            found.append(BalancedEntry(entry, balances[asset]))
    return found[::-1]


async def test_a_markets_trades(ledger: Ledger, life: Life) -> None:
    expected = [trade for trade in trades_of(life) if trade.traded.market == 2]
    assert await ledger.trades(2, 1 << 63, 10_000) == expected
    assert await ledger.trades(2, expected[5].traded.trade_id, 3) == expected[6:9]
    assert await ledger.trades(77, 1 << 63, 10) == []
    assert await ledger.trades_after(2, 0, 10_000) == expected[::-1]
    assert await ledger.trades_after(2, expected[9].traded.trade_id, 3) == expected[6:9][::-1]
    assert await ledger.trades_after(2, 1 << 64, 10) == []


def summary_of(trades: list[DatedTrade]) -> TradesSummary:
    """The figures of trades, ascending."""
    return TradesSummary(
        trades=len(trades),
        first_price=trades[0].traded.price,
        high_price=max(trade.traded.price for trade in trades),
        low_price=min(trade.traded.price for trade in trades),
        quantity=sum(trade.traded.quantity for trade in trades),
        notional=sum(trade.traded.notional for trade in trades),
    )


async def test_a_summary_of_trades(ledger: Ledger, life: Life) -> None:
    trades = [trade for trade in trades_of(life)[::-1] if trade.traded.market == 1]
    among = range(4, len(trades) - 3)
    since_us = trades[len(trades) // 2].time_us
    expected = [trade for trade in trades if trade.traded.trade_id in among]
    assert await ledger.summary(1, among, 0) == summary_of(expected)
    later = [trade for trade in expected if trade.time_us >= since_us]
    assert await ledger.summary(1, among, since_us) == summary_of(later)
    assert await ledger.summary(1, among, life.time_us + 1) == TradesSummary(0, 0, 0, 0, 0, 0)
    assert await ledger.summary(1, range(1, len(trades) + 2), 0) is None
    assert await ledger.summary(9, range(1, 2), 0) is None


async def test_trades_by_their_times(ledger: Ledger, life: Life) -> None:
    trades = [trade for trade in trades_of(life)[::-1] if trade.traded.market == 1]
    among = range(4, len(trades) - 3)
    by_time: dict[int, list[DatedTrade]] = {}
    for trade in trades:
        if trade.traded.trade_id in among:
            by_time.setdefault(trade.time_us, []).append(trade)
    assert any(len(together) > 1 for together in by_time.values())
    assert await ledger.moments(1, among) == [
        (time_us, summary_of(together)) for time_us, together in by_time.items()
    ]


async def test_one_order_is_found_by_its_owner_alone(ledger: Ledger, life: Life) -> None:
    order = next(order for order in closed_of(life) if order.accepted.client_order_id)
    account, client_id = order.accepted.account, order.accepted.client_order_id
    assert await ledger.closed_order(account, order.closed.order_id) == order
    assert await ledger.closed_order_by_client_id(account, client_id) == order
    assert await ledger.closed_order(account + 1, order.closed.order_id) is None
    assert await ledger.closed_order_by_client_id(account + 1, client_id) is None
    assert await ledger.closed_order(account, 1 << 52) is None
    assert await ledger.closed_order_by_client_id(account, "") is None


async def test_the_position(ledger: Ledger, life: Life) -> None:
    assert await ledger.position() == len(life.groups)


async def test_what_accounts_bought_and_sold_without_what_they_got_of_others_fees(
    ledger: Ledger, written_database: Database, life: Life
) -> None:
    facts = written_database.rows(
        "SELECT market, lot_size, decimals, symbol FROM ledger.markets JOIN ledger.assets ON asset = base"
    )
    markets = {market: (Decimal(lot).scaleb(-decimals), symbol) for market, lot, decimals, symbol in facts}
    expected: defaultdict[tuple[int, str, str], list[Decimal]] = defaultdict(list)
    for _, _, traded in trades_of(life):
        lot, symbol = markets[traded.market]
        taker, maker = ("buy", "sell") if traded.taker_side == wire.Side.BUY else ("sell", "buy")
        expected[traded.taker_account, symbol, taker].append(traded.quantity * lot)
        expected[traded.maker_account, symbol, maker].append(traded.quantity * lot)
    told = (await ledger.activity(0, len(life.groups))).trades
    assert {(one.account, one.asset, one.side): (one.trades, Decimal(one.amount)) for one in told} == {
        key: (len(amounts), sum(amounts)) for key, amounts in expected.items()
    }
    assert all(one.market.startswith(f"{one.asset}-") for one in told)


async def test_what_came_out_of_an_owners_other_account_is_no_receipt(database: Database, life: Life) -> None:
    async with postgres.pool(write(life, database).configuration, READ_ROLE) as pool:
        ledger = Ledger(pool)
        position = await ledger.position()
        received = (await ledger.activity(0, position)).receipts
        account = received[0].account
        database.change(
            "UPDATE ledger.entries SET reason = %s WHERE market = 0 AND account = %s",
            TransferReason.OWN_ACCOUNTS, account,
        )  # fmt: skip
        others = [one for one in received if one.account != account]
        assert others
        assert (await ledger.activity(0, position)).receipts == others


@pytest.mark.parametrize(("after", "until"), [(0, 1 << 62), (400, 1_500)])
async def test_an_accounts_entries_come_in_their_order_and_hold_no_connection(
    written_database: Database, monkeypatch: pytest.MonkeyPatch, after: int, until: int
) -> None:
    monkeypatch.setattr(service, "_ENTRIES_A_FETCH", 7)
    expected = written_database.rows(
        "SELECT sequence, entry, asset, amount FROM ledger.entries WHERE account = %s "
        "AND sequence > %s AND sequence <= %s ORDER BY sequence, entry",
        TRADERS[0], after, until,
    )  # fmt: skip
    found = []
    async with postgres.pool(written_database.configuration, READ_ROLE, size=1) as pool:
        async for entries in Ledger(pool).entries(TRADERS[0], after, until):
            # The only one there is, between two pages.
            async with pool.connection(timeout=5):
                found += entries
    assert len(expected) > 70
    assert [(entry.sequence, entry.entry, entry.asset, entry.amount) for entry in found] == expected
