"""Books out of a real ledger: every figure is what the trades and transfers of a random life come to."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, cast

import pytest

from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine.client import ReplicaClient
from cse.engine.models import NotYetVisible
from cse.ledger.entry_reads import EntryReads
from cse.ledger.projection import Projection
from cse.ledger.roles import READ_ROLE as LEDGER_ROLE
from cse.ledger.service import Ledger
from cse.ledger.store import Store as LedgerStore
from cse.ledger.tables import time_us
from cse.marketdata.batch import Batch
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.intervals import DAY_US
from cse.marketdata.listing import Listing
from cse.marketdata.roles import READ_ROLE
from cse.marketdata.store import Store
from cse.portfolio import keeping as keeping_module
from cse.portfolio.costs import CostMethod
from cse.portfolio.keeping import BookKeeping
from cse.portfolio.periods import CalendarPeriod
from cse.portfolio.returns import Point
from cse.portfolio.service import ROLE, Portfolios
from cse.portfolio.statement import Statement
from cse.portfolio.statements import Statements
from cse.runtime import postgres
from tests.ledger.scenario import TRADERS, Life
from tests.portfolio import plain
from tests.portfolio.plain import Plain, Step
from tests.postgres import Database

pytestmark = pytest.mark.slow

USDC, BTC = Asset(1, "USDC", 6), Asset(2, "BTC", 8)
# The markets of a life: one prices bitcoin in money, in the other bitcoin is what money is bought with.
MARKETS = (
    Market(1, BTC, USDC, 1, 2, 10_000, 0, 1 << 40, 0, 0, last_price=1_234),
    Market(2, USDC, BTC, 1, 0, 10_000, 0, 1 << 40, 0, 0),
)
FIRST_PRICE = 1_000
PLAIN: dict[CostMethod, Callable[[list[Step]], Plain]] = {
    CostMethod.AVERAGE: plain.average,
    CostMethod.FIFO: plain.fifo,
    CostMethod.LIFO: plain.lifo,
}


class KnownListing(Listing):
    """The two markets, with no replica behind them; the last price is what the test says."""

    def __init__(self, markets: tuple[Market, ...]) -> None:
        super().__init__(cast(ReplicaClient, None))
        self._markets_by_id = {market.id: market for market in markets}
        self.markets = {market.name: market for market in markets}
        self.assets = {asset.symbol: asset for asset in (USDC, BTC)}
        self._assets_by_id = {asset.id: asset for asset in (USDC, BTC)}

    async def read(self, min_sequence: int = 0) -> int:
        return min_sequence


class PricedReads(CandleReads):
    """Before the first trade bitcoin has a price too, so that all of a life can be valued."""

    async def last_before(self, markets: list[int], time_us: int) -> dict[int, int]:
        return dict.fromkeys(markets, FIRST_PRICE) | await super().last_before(markets, time_us)


@dataclass(frozen=True)
class Room:
    """Books over a database with part of a life in it."""

    life: Life
    database: Database
    keeping: BookKeeping
    portfolios: Portfolios
    statements: Statements


def write(database: Database, groups: list[bytes]) -> None:
    """Takes the next groups into ledger and candles."""
    with Store.connect(database.configuration) as store:
        batch = Batch(*store.position())
        batch.add(b"".join(groups))
        store.write(batch)
    with LedgerStore.connect(database.configuration) as ledger_store:
        projection = Projection(ledger_store.position(), ledger_store.markets())
        rows = projection.begin()
        projection.add(rows, b"".join(groups))
        ledger_store.write(rows)


@pytest.fixture(scope="module")
def life() -> Life:
    life = Life(seed=31)
    life.go_on(600)
    return life


@pytest.fixture
async def room(database: Database, life: Life) -> AsyncIterator[Room]:
    """The first half of the life is there."""
    write(database, life.groups[: len(life.groups) // 2])
    async with AsyncExitStack() as stack:
        pool, candles, ledger = [
            await stack.enter_async_context(postgres.pool(database.configuration, role, size=2))
            for role in (ROLE, READ_ROLE, LEDGER_ROLE)
        ]
        listing, reads = KnownListing(MARKETS), PricedReads(candles)
        keeping = BookKeeping(pool, Ledger(ledger), reads, listing)
        portfolios = Portfolios(pool, keeping, reads, listing)
        yield Room(life, database, keeping, portfolios, Statements(portfolios, keeping, EntryReads(ledger)))


class Recomputed:
    """What an account's trades and transfers come to, out of the tables of trades and transfers' entries."""

    def __init__(self, database: Database, account: int, before_us: int | None = None) -> None:
        self.money = 0
        self.steps: defaultdict[str, list[Step]] = defaultdict(list)
        self.fees = self.put_in = self.taken_out = 0
        self._prices = database.rows(
            "SELECT time, price FROM ledger.trades WHERE market = 1 ORDER BY trade_id"
        )
        acts = [
            *self._trades(database, account),
            *database.rows(
                "SELECT sequence, entry, 'transfer', time, asset, amount FROM ledger.entries "
                "WHERE account = %s AND market = 0", account,
            ),
        ]  # fmt: skip
        for _, _, kind, *act in sorted(acts, key=lambda act: act[:2]):
            if before_us is not None and time_us(act[0]) >= before_us:
                break
            getattr(self, f"_{kind}")(*act)

    @staticmethod
    def _trades(database: Database, account: int) -> list[tuple[Any, ...]]:
        return database.rows(
            "SELECT sequence, trade_id, 'trade', time, market, taker_side, quantity, notional, "
            "maker_account = %s, taker_account = %s, maker_fee, taker_fee FROM ledger.trades "
            "WHERE %s IN (maker_account, taker_account)", account, account, account,
        )  # fmt: skip

    def price(self, time: Any, units: int) -> int:
        """What bitcoins were worth before a second."""
        second = time.replace(microsecond=0)
        found = [price for at, price in self._prices if at < second] or [FIRST_PRICE]
        price: int = found[-1]
        return units * price * MARKETS[0].tick_lot_units // MARKETS[0].lot_size

    def _transfer(self, time: Any, asset: int, amount: Any) -> None:
        units = int(amount)
        if asset == 1:
            worth = abs(units)
            self.money += units
        else:
            worth = self.price(time, abs(units))
            self.steps["BTC"].append(Step(units, worth))
        self.put_in += worth if units > 0 else 0
        self.taken_out += worth if units < 0 else 0

    def _trade(self, time: Any, market: int, taker_side: int, *figures: Any) -> None:
        quantity, notional, makes, takes, maker_fee, taker_fee = figures
        base = int(quantity) * 10_000
        for takes_part, is_taker, fee in ((makes, False, maker_fee), (takes, True, taker_fee)):
            if not takes_part:
                continue
            buys = (taker_side == 1) == is_taker
            sign = 1 if buys else -1
            if market == 1:
                self.steps["BTC"].append(Step(sign * base, int(notional)))
                self.money -= sign * int(notional) + int(fee)
                self.fees += int(fee)
            else:
                self.money += sign * base
                self.steps["BTC"].append(Step(-sign * int(notional), base))
                self._fee_in_bitcoin(time, int(fee))

    def _fee_in_bitcoin(self, time: Any, fee: int) -> None:
        if fee:
            worth = self.price(time, abs(fee))
            self.steps["BTC"].append(Step(-fee, worth))
            self.fees += worth if fee > 0 else -worth


async def assert_exact(room: Room, account: int) -> None:
    """Each figure of an account is what is recomputed of it, and the balances are the ledger's."""
    expected = Recomputed(room.database, account)
    sequence, book = await room.keeping.current(account)
    assert sequence == await room.keeping.position()
    held = {asset: position.units for asset, position in book.positions.items() if position.units}
    assert held == {
        asset: int(units)
        for asset, units in room.database.rows(
            "SELECT asset, available + locked FROM ledger.balances WHERE account = %s", account
        )
        if units
    }
    assert held.get(1, 0) == expected.money
    bitcoin = book.positions[2]
    for method, plainly in PLAIN.items():
        found = Plain(bitcoin.units, bitcoin.costings[method].cost, bitcoin.realised[method])
        assert found == plainly(expected.steps["BTC"]), (account, method)
    assert sum(position.fees or 0 for position in book.positions.values()) == expected.fees
    assert (book.put_in, book.taken_out) == (expected.put_in, expected.taken_out)


async def test_each_figure_is_what_trades_and_transfers_come_to(room: Room) -> None:
    """Looked at halfway and at the end, the books are those of the whole life."""
    for account in TRADERS:
        await assert_exact(room, account)
    write(room.database, room.life.groups[len(room.life.groups) // 2 :])
    for account in TRADERS:
        await assert_exact(room, account)


async def test_stretches_and_readers_at_once_count_each_entry_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(room.database, room.life.groups[len(room.life.groups) // 2 :])
    monkeypatch.setattr(keeping_module, "ENTRIES_A_STRETCH", 40)
    account = TRADERS[0]
    found = await asyncio.gather(*(room.keeping.current(account) for _ in range(4)))
    assert all(one.book.kept() == found[0].book.kept() for one in found)
    await assert_exact(room, account)
    changes = room.database.rows(
        "SELECT asset, sum(amount) FROM portfolio.changes WHERE account = %s GROUP BY asset ORDER BY asset",
        account,
    )
    entries = room.database.rows(
        "SELECT asset, sum(amount) FROM ledger.entries WHERE account = %s GROUP BY asset ORDER BY asset",
        account,
    )
    assert changes == entries
    # Made anew in another form, all of it is the same.
    before = room.database.rows("SELECT * FROM portfolio.flows ORDER BY account, sequence, entry")
    room.database.change("UPDATE portfolio.books SET version = 0")
    await assert_exact(room, account)
    assert before == room.database.rows("SELECT * FROM portfolio.flows ORDER BY account, sequence, entry")


async def test_gain_is_what_its_parts_come_to(room: Room) -> None:
    """To the unit: unrealised and realised, less fees, is the value without what was put in."""
    for account, method in product(TRADERS, CostMethod):
        summary = (await room.portfolios.figures(account, method, 0)).value.summary
        total = summary.total
        assert None not in (summary.unrealised, total.realised, total.fees)
        assert summary.unrealised or total.realised
        parts = (
            (summary.unrealised or 0) + (total.realised or 0) - (total.fees or 0) + (total.creator_share or 0)
        )
        assert summary.gain == parts


async def test_each_point_is_what_was_there_then(room: Room) -> None:
    write(room.database, room.life.groups[len(room.life.groups) // 2 :])
    account = TRADERS[1]
    ((last,),) = room.database.rows("SELECT max(time) FROM ledger.entries")
    now_us = time_us(last) + DAY_US // 3
    for period in ("1w", "all"):
        history = (await room.portfolios.history(account, period, now_us, 0)).value
        assert history.points[-1].time_us == now_us
        assert_points(room.database, account, history.points[:-1])


def assert_points(database: Database, account: int, points: Sequence[Point]) -> None:
    """Each point is what the entries before it come to at the last price before it."""
    entries = [
        (time_us(time), asset, int(amount))
        for time, asset, amount in database.rows(
            "SELECT time, asset, amount FROM ledger.entries WHERE account = %s", account
        )
    ]
    trades = [
        (time_us(time), price)
        for time, price in database.rows(
            "SELECT time, price FROM ledger.trades WHERE market = 1 ORDER BY trade_id"
        )
    ]
    for point in points:
        held = [
            sum(amount for at, asset, amount in entries if asset == wanted and at < point.time_us)
            for wanted in (1, 2)
        ]
        prices = [price for at, price in trades if at < point.time_us] or [FIRST_PRICE]
        assert point.worth == held[0] + held[1] * prices[-1] * MARKETS[0].tick_lot_units // 10_000


@pytest.mark.parametrize(("method", "account"), [*zip(CostMethod, TRADERS[:3], strict=True)])
async def test_a_statement_is_what_trades_and_transfers_of_its_time_come_to(
    room: Room, method: CostMethod, account: int
) -> None:
    """Whatever is cut out of a life, every figure is recomputed, and opening and movements are closing."""
    times = [time_us(time) for (time,) in room.database.rows("SELECT DISTINCT time FROM ledger.entries")]
    first, second = sorted(random.Random(account).sample(times, 2))
    for from_us, to_us in ((0, first), (first, second), (second, max(times) + 1)):
        period = CalendarPeriod("cut", from_us, to_us)
        told = (await room.statements.statement(account, period, method, to_us + DAY_US, 0)).value
        assert not told.so_far
        assert_recomputed(room.database, account, period, method, told.statement)
    so_far = (await room.statements.statement(account, period, method, to_us, 0)).value
    assert so_far.so_far
    assert so_far.statement.assets == told.statement.assets


def assert_recomputed(
    database: Database, account: int, period: CalendarPeriod, method: CostMethod, found: Statement
) -> None:
    """Holds a statement against what is recomputed of the account at both of its ends."""
    opening, closing = (Recomputed(database, account, at_us) for at_us in (period.from_us, period.to_us))
    plainly = PLAIN[method]
    before, after = plainly(opening.steps["BTC"]), plainly(closing.steps["BTC"])
    assert before.realised is not None and after.realised is not None
    assert found.realised == after.realised - before.realised
    assert found.fees == closing.fees - opening.fees
    assert found.put_in == closing.put_in - opening.put_in
    assert found.taken_out == closing.taken_out - opening.taken_out
    for end, figures, at_us, end_figures in (
        (before, opening, period.from_us, found.opening), (after, closing, period.to_us, found.closing),
    ):  # fmt: skip
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at_us)
        worth = figures.price(at, end.units)
        assert end_figures == (figures.money + worth, worth - (end.cost or 0))
    lines = {line.asset: line for line in found.assets}
    for asset, held in ((1, (opening.money, closing.money)), (2, (before.units, after.units))):
        sums = database.rows(
            "SELECT reason, coalesce(sum(amount) FILTER (WHERE amount > 0), 0), "
            "coalesce(sum(amount) FILTER (WHERE amount < 0), 0) FROM ledger.entries "
            "WHERE account = %s AND asset = %s AND time >= to_timestamp(0) + %s * interval '1 microsecond' "
            "AND time < to_timestamp(0) + %s * interval '1 microsecond' GROUP BY reason ORDER BY reason",
            account, asset, period.from_us, period.to_us,
        )  # fmt: skip
        movements = [tuple(map(int, row)) for row in sums]
        if asset in lines:
            line = lines[asset]
            assert (line.opening, line.closing) == held
            assert line.movements == movements
        else:
            assert (held, movements) == ((0, 0), [])


async def test_a_statement_that_does_not_tie_out_is_refused(room: Room) -> None:
    period = CalendarPeriod("all", 0, 4_000_000_000_000_000)
    account = TRADERS[0]
    await room.statements.statement(account, period, CostMethod.FIFO, period.to_us - 1, 0)
    room.database.change(
        "UPDATE ledger.balances SET available = available + 1 WHERE account = %s AND asset = 2", account
    )
    with pytest.raises(CodedError) as refused:
        await room.statements.statement(account, period, CostMethod.FIFO, period.to_us - 1, 0)
    assert refused.value.code is codes.STATEMENT_UNTIED


async def test_a_reader_waits_for_what_it_has_done(room: Room) -> None:
    with pytest.raises(NotYetVisible):
        await room.portfolios.figures(TRADERS[0], CostMethod.FIFO, len(room.life.groups) + 1)
