"""Holds PostgreSQL, as it is in one snapshot, against what the journal leads to at that position.

Twice over: against the rows that the events give, line by line, and against the core's own state,
which no projection has touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from operator import attrgetter
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from psycopg import Cursor

from cse.engine import wire
from cse.engine._native import Core
from cse.engine.models import OpenState
from cse.engine.readings import open_order
from cse.ledger import statements
from cse.ledger.batch import Batch
from cse.ledger.models import Outcome, Position
from cse.ledger.projection import Projection
from cse.ledger.replay import JOURNAL, Replay
from cse.ledger.tables import (
    APPENDED,
    BALANCES,
    CLOSED_ORDERS,
    ENTRIES,
    OPEN_ORDERS,
    TRADES,
    TRANSFERS,
    Table,
)
from cse.runtime.findings import Findings
from cse.runtime.outbox import READ_NUMBERED, READ_OUTCOMES
from cse.runtime.postgres import SyncConnection

POSITION: Final = "position"
SUMS: Final = "sums"
STATE: Final = "state"
REGISTRY: Final = "registry"
OUTBOX: Final = "outbox"
# How many groups are compared at a time.
GROUPS: Final = 20_000
ROWS_A_FETCH: Final = 10_000


# What the registries hold beside the core's own state: only the events know it.
_REGISTERED: Final = {
    "epoch": """
        SELECT epoch, previous_epoch, previous_last_sequence, sequence, started_at::text
        FROM ledger.epochs""",
    "account": "SELECT account, kind, owner, sequence, opened_at::text FROM ledger.accounts",
    "asset": "SELECT asset, symbol, decimals, sequence FROM ledger.assets",
    "market": "SELECT market, tick_lot_units, sequence, created_at::text FROM ledger.markets",
    "flag": """
        SELECT sequence, account, market, pattern, fills, counted, bound, flagged_at::text
        FROM ledger.flags""",
    "held transfer": """
        SELECT transfer, reference, leg_count, sequence, held_at::text, settled, ended_sequence,
            ended_at::text
        FROM ledger.held_transfers""",
    "held leg": "SELECT transfer, leg, debit, credit, asset, amount, reason FROM ledger.held_legs",
}
# All that was listed and can change, but what PostgreSQL has no column for.
_MARKET_FIELDS: Final = (
    "market", "base", "quote", "tick_decimals", "status", "tick_size", "lot_size", "min_notional",
    "max_quantity", "maker_fee_ppm", "taker_fee_ppm", "creator_share_ppm", "creator_account",
    "fee_account", "max_open_orders", "auction_ends_at_us", "reference_price", "max_notional",
    "min_quantity", "price_band_ppm", "interruption_ppm", "interruption_window_s", "interruption_auction_s",
    "price_increment", "quantity_increment", "promotion_maker_fee_ppm", "promotion_taker_fee_ppm",
    "promotion_ends_at_us",
)  # fmt: skip
_market_values: Final = attrgetter(*_MARKET_FIELDS)
_ACCOUNTS: Final = "SELECT account, kind, replace(owner::text, '-', ''), frozen, tier FROM ledger.accounts"
_ASSETS: Final = "SELECT asset, decimals, symbol FROM ledger.assets"
_MARKETS: Final = f"""
    SELECT {", ".join(_MARKET_FIELDS)} FROM ledger.markets"""  # noqa: S608
_FEE_TIERS: Final = "SELECT market, tier, maker_fee_ppm, taker_fee_ppm FROM ledger.fee_tiers"
_RISK_LIMITS: Final = f"""
    SELECT {", ".join(wire.RiskLimitsState._fields)} FROM ledger.risk_limits"""  # noqa: S608
_HELD: Final = "SELECT transfer, reference, leg_count FROM ledger.held_transfers WHERE settled IS NULL"
_BALANCES: Final = """
    SELECT account, asset, available, locked FROM ledger.balances WHERE available <> 0 OR locked <> 0"""
_ORDERS: Final = """
    SELECT order_id, account, market, side, time_in_force, price, quantity, filled_quantity,
        filled_notional, fee, display_quantity, client_order_id
    FROM ledger.open_orders"""
_SUMS_BY_BALANCE: Final = """
    SELECT account, asset, coalesce(total, 0), coalesce(available + locked, 0)
    FROM (SELECT account, asset, sum(amount) AS total FROM ledger.entries GROUP BY 1, 2) AS sums
    FULL JOIN ledger.balances USING (account, asset)
    ORDER BY 1, 2"""
_SUMS_BY_ASSET: Final = """
    SELECT asset, (SELECT coalesce(sum(amount), 0) FROM ledger.entries AS e WHERE e.asset = a.asset),
        (SELECT coalesce(sum(available + locked), 0) FROM ledger.balances AS b WHERE b.asset = a.asset)
    FROM ledger.assets AS a ORDER BY 1"""
_SUMS_BY_MOVEMENT: Final = """
    SELECT market, reference, asset, sum(amount) FROM ledger.entries
    GROUP BY 1, 2, 3 HAVING sum(amount) <> 0 ORDER BY 1, 2, 3"""


def reconcile(connection: SyncConnection, data: Path) -> tuple[Position, Findings]:
    """Compares everything; the connection is the ledger's role and needs no other than to read.

    Returns the position that was compared, and what was found.
    """
    findings = Findings()
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    connection.execute("SET LOCAL timezone = 'UTC'")
    row = connection.execute(statements.READ_POSITION).fetchone()
    assert row is not None
    position = Position(row[0], row[1], int(row[2]))
    replay = Replay(data, findings)
    if position.sequence > replay.watermark:
        findings.add(
            POSITION,
            f"PostgreSQL is at {position.sequence} and the journal ends at {replay.watermark}",
        )
        return position, findings
    with ExitStack() as opened:
        _Reconciliation(connection, findings, position, opened).run(replay)
    return position, findings


class _Reconciliation:
    def __init__(
        self, connection: SyncConnection, findings: Findings, position: Position, opened: ExitStack
    ) -> None:
        self._connection = connection
        self._opened = opened
        self._findings = findings
        self._position = position
        self._projection = Projection(Position(0, 0, 0), {})
        self._outcomes: dict[tuple[int, int], Outcome] = {}
        self._held: dict[int, tuple[Any, ...]] = {}
        self._registered: dict[str, list[tuple[Any, ...]]] = {what: [] for what in _REGISTERED}

    def run(self, replay: Replay) -> None:
        """Goes through the journal; all the rest is compared as it passes the position."""
        streams = {table: self._stream(table) for table in APPENDED}
        batch = self._projection.begin()
        compared = self._position.sequence == 0
        for groups in replay.run(self._position.sequence):
            if compared:
                continue
            self._projection.add(batch, groups)
            reached = batch.after.sequence >= self._position.sequence
            if reached or batch.groups >= GROUPS:
                self._compare_appended(streams, batch, last=reached)
                batch = self._carry_on(batch)
            if reached:
                self._compare_state(replay.core, batch)
                compared = True
        if not compared and not self._findings.differences[JOURNAL]:
            self._findings.add(JOURNAL, f"it ends before the position {self._position.sequence}")

    def _stream(self, table: Table) -> _Stream:
        return _Stream(self._connection, table, self._opened)

    def _carry_on(self, batch: Batch) -> Batch:
        """The next batch, which still knows the open orders and the balances."""
        following = self._projection.begin()
        following.opened, following.balances = batch.opened, batch.balances
        return following

    def _compare_appended(self, streams: dict[Table, _Stream], batch: Batch, *, last: bool) -> None:
        expected = {
            CLOSED_ORDERS: batch.closed,
            TRADES: batch.trades,
            TRANSFERS: batch.transfers,
            ENTRIES: batch.entries,
        }
        for table, lines in expected.items():
            rows = "".join(lines).splitlines()
            found = streams[table].through(None if last else batch.after.sequence)
            self._compare(table, rows, found)
        for outcome in batch.outcomes:
            self._outcomes[outcome.source, outcome.number] = outcome
        for statement, row in batch.registry:
            self._register(statement, row)

    def _register(self, statement: str, row: tuple[Any, ...]) -> None:
        if statement == statements.ADD_EPOCH:
            self._registered["epoch"].append(row)
        elif statement == statements.ADD_ACCOUNT:
            self._registered["account"].append(row)
        elif statement == statements.ADD_ASSET:
            self._registered["asset"].append(row)
        elif statement == statements.ADD_FLAG:
            self._registered["flag"].append(row)
        elif statement == statements.ADD_HELD_TRANSFER:
            self._held[row[0]] = (*row, None, None, None)
        elif statement == statements.ADD_HELD_LEG:
            self._registered["held leg"].append(row)
        elif statement == statements.END_HELD_TRANSFER:
            *end, transfer = row
            self._held[transfer] = (*self._held[transfer][:-3], *end)
        elif statement == statements.ADD_MARKET:
            created = wire.MarketCreated(*row[:-2])
            self._registered["market"].append((created.market, created.tick_lot_units, *row[-2:]))

    def _compare(self, table: Table, expected: list[str], found: list[str]) -> None:
        """Compares lines as bags, and names the rows of one that the other has not."""
        if sorted(expected) != sorted(found):
            missing, extra = Counter(expected), Counter(found)
            missing.subtract(found)
            extra.subtract(expected)
            self._name(table, missing, extra)
        self._findings.count(table.name, len(expected))

    def _name(self, table: Table, missing: Counter[str], extra: Counter[str]) -> None:
        lost = {_key(table, line): line for line, times in missing.items() if times > 0}
        odd = {_key(table, line): line for line, times in extra.items() if times > 0}
        for key, line in lost.items():
            if key in odd:
                self._findings.add(table.name, f"{key}: {_changed(table, odd.pop(key), line)}")
            else:
                self._findings.add(table.name, f"{key}: the row is missing")
        for key in odd:
            self._findings.add(table.name, f"{key}: the journal knows no such row")

    def _compare_state(self, core: Core, batch: Batch) -> None:
        found = Position(core.epoch, core.sequence, core.chain)
        if found != self._position:
            text = f"PostgreSQL has {tuple(self._position)}, the journal leads to {tuple(found)}"
            self._findings.add(POSITION, text)
        self._findings.count(POSITION, 1)
        opened = [order.line.rstrip("\n") for order in batch.opened.values()]
        self._compare(OPEN_ORDERS, opened, self._stream(OPEN_ORDERS).through(None))
        balances = ["\t".join(map(str, (*key, *value))) for key, value in batch.balances.items()]
        self._compare(BALANCES, balances, self._stream(BALANCES).through(None))
        with self._connection.cursor() as cursor:
            self._compare_core(core, cursor)
            self._compare_sums(cursor)
            self._registered["held transfer"] = list(self._held.values())
            for what, query in _REGISTERED.items():
                self._compare_with(REGISTRY, what, self._registered[what], _rows(cursor, query))
            self._compare_with(
                OUTBOX,
                "row",
                [tuple(outcome) for outcome in self._outcomes.values()],
                _rows(cursor, READ_OUTCOMES),
            )
            for source, numbered, last in _rows(cursor, READ_NUMBERED):
                if numbered != last:
                    text = f"source {source}: numbers were given up to {numbered}, and rows end at {last}"
                    self._findings.add(OUTBOX, text)

    def _compare_core(self, core: Core, cursor: Cursor[Any]) -> None:
        """The core's own state against the rows that are to mirror it."""
        accounts = list(_messages(core.accounts(), wire.AccountState))
        balances = [
            (state.account, state.asset, state.available, state.locked)
            for account in accounts
            for state in _messages(core.balances(account.account), wire.BalanceState)
            if state.available or state.locked
        ]
        orders = [_open_order(order) for account in accounts for order in _open_orders(core, account.account)]
        listed = [
            (state.account, state.kind, state.owner.hex(), bool(state.frozen), state.tier)
            for state in accounts
        ]
        assets = [tuple(state) for state in _messages(core.assets(), wire.AssetState)]
        markets = [_market_values(state) for state in _messages(core.markets(), wire.MarketState)]
        tiers = [tuple(tier) for tier in _messages(core.fee_tiers(), wire.FeeTierState)]
        risk = [tuple(limits) for limits in _messages(core.risk_limits(), wire.RiskLimitsState)]
        held = [
            (state.transfer, UUID(bytes=state.reference), state.leg_count)
            for state in _messages(core.held_transfers(), wire.HeldTransferState)
        ]
        self._compare_with(STATE, "balance", balances, _rows(cursor, _BALANCES))
        self._compare_with(STATE, "open order", orders, _rows(cursor, _ORDERS))
        self._compare_with(REGISTRY, "account", listed, _rows(cursor, _ACCOUNTS))
        self._compare_with(REGISTRY, "asset", assets, _rows(cursor, _ASSETS))
        self._compare_with(REGISTRY, "market", markets, _rows(cursor, _MARKETS))
        self._compare_with(REGISTRY, "fee tier", tiers, _rows(cursor, _FEE_TIERS))
        self._compare_with(REGISTRY, "risk limits", risk, _rows(cursor, _RISK_LIMITS))
        self._compare_with(STATE, "held transfer", held, _rows(cursor, _HELD))

    def _compare_with(
        self, subject: str, what: str, expected: list[tuple[Any, ...]], found: list[tuple[Any, ...]]
    ) -> None:
        """Compares rows without order; a row is named by its values."""
        for row in set(expected) - set(found):
            self._findings.add(subject, f"{what} {row} is not in PostgreSQL")
        for row in set(found) - set(expected):
            self._findings.add(subject, f"{what} {row} is in PostgreSQL alone")
        self._findings.count(subject, len(expected))

    def _compare_sums(self, cursor: Cursor[Any]) -> None:
        """Entries give the balances, and sum to zero for each asset and for each movement."""
        for account, asset, entries, balance in _rows(cursor, _SUMS_BY_BALANCE):
            self._findings.count(SUMS, 1)
            if entries != balance:
                text = f"account {account}, asset {asset}: entries {entries}, balance {balance}"
                self._findings.add(SUMS, text)
        for asset, entries, balances in _rows(cursor, _SUMS_BY_ASSET):
            if entries or balances:
                text = f"asset {asset}: entries sum to {entries}, balances to {balances}, not to 0"
                self._findings.add(SUMS, text)
        for market, reference, asset, total in _rows(cursor, _SUMS_BY_MOVEMENT):
            what = f"trade {market}/{reference}" if market else f"transfer {reference}"
            self._findings.add(SUMS, f"{what}, asset {asset}: entries sum to {total}, not to 0")


class _Stream:
    """A table's rows as lines, ascending by sequence, without holding them all.

    Its cursor stays open until `opened` closes.
    """

    def __init__(self, connection: SyncConnection, table: Table, opened: ExitStack) -> None:
        columns = ", ".join(table.columns)
        query = f"SELECT sequence, concat_ws(E'\\t', {columns}) FROM ledger.{table.name} ORDER BY 1"  # noqa: S608
        cursor = opened.enter_context(connection.cursor(f"all_{table.name}"))
        cursor.itersize = ROWS_A_FETCH
        cursor.execute(query.encode())
        self._rows: Iterator[tuple[int, str]] = iter(cursor)
        self._next = next(self._rows, None)

    def through(self, sequence: int | None) -> list[str]:
        """The next lines, up to a sequence or to the end."""
        lines = []
        while self._next is not None and (sequence is None or self._next[0] <= sequence):
            lines.append(self._next[1])
            self._next = next(self._rows, None)
        return lines


def _open_orders(core: Core, account: int) -> list[OpenState]:
    orders = core.open_orders(account)
    return [open_order(orders, offset) for _, offset, _ in wire.messages(orders)]


def _open_order(order: OpenState) -> tuple[Any, ...]:
    if isinstance(order, wire.TriggerState):
        terms = (order.price, order.quantity, 0, 0, 0, order.display_quantity, order.client_order_id)
        return (*order[:4], order.time_in_force, *terms)
    notional = order.maker_notional + order.taker_notional
    filled = (order.filled_quantity, notional, order.fee)
    return (*order[:5], order.price, order.quantity, *filled, order.display_quantity, order.client_order_id)


def _key(table: Table, line: str) -> str:
    values = dict(zip(table.columns, line.split("\t"), strict=True))
    return ", ".join(f"{column} {values[column]}" for column in table.key)


def _changed(table: Table, found: str, expected: str) -> str:
    """Which columns differ, and how."""
    both = zip(table.columns, found.split("\t"), expected.split("\t"), strict=True)
    return "; ".join(f"{name} is {here}, not {there}" for name, here, there in both if here != there)


def _rows(cursor: Cursor[Any], query: str) -> list[tuple[Any, ...]]:
    return cursor.execute(query.encode()).fetchall()


def _messages(buffer: bytes, layout: Any) -> Iterator[Any]:
    for _, offset, _ in wire.messages(buffer):
        yield layout.decode(buffer, offset)
