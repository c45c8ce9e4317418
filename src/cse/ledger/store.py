"""Writes batches to PostgreSQL. One connection that blocks; the follower gives it a thread."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from psycopg import Cursor

from cse.ledger import statements
from cse.ledger.batch import Batch
from cse.ledger.models import LedgerFailed, MarketTerms, Outcome, Position
from cse.ledger.roles import WRITE_ROLE
from cse.ledger.tables import CLOSED_ORDERS, ENTRIES, OPEN_ORDERS, TRADES, TRANSFERS, Table
from cse.runtime import postgres
from cse.runtime.blocking_store import BlockingStore, columns_of
from cse.runtime.configuration import Configuration
from cse.runtime.outbox import CLOSE_OUTBOX, NOTE_OUTCOME, OPEN_OUTBOX

# A batch names its rows by key, and few at that: an index is always the way to them, also where the
# planner's figures are old.
_SETTINGS: Final = {"enable_hashjoin": "off", "enable_mergejoin": "off", "timezone": "UTC"}


class Store(BlockingStore):
    """The ledger's tables as the follower uses them."""

    def __init__(self, connection: postgres.SyncConnection) -> None:
        super().__init__(connection)
        self._months: set[str] = set()

    @classmethod
    def connect(cls, configuration: Configuration) -> Store:
        """Raises `psycopg.OperationalError` while PostgreSQL is away."""
        return cls(postgres.connect(configuration, WRITE_ROLE, **_SETTINGS))

    def position(self) -> Position:
        """Where the last committed batch ended."""
        with self._connection.transaction():
            row = self._connection.execute(statements.READ_POSITION).fetchone()
        assert row is not None
        epoch, sequence, chain = row
        return Position(epoch, sequence, int(chain))

    def markets(self) -> dict[int, MarketTerms]:
        """The markets listed so far."""
        with self._connection.transaction():
            rows = self._connection.execute(statements.READ_MARKETS).fetchall()
        return {market: MarketTerms(*terms) for market, *terms in rows}

    def try_connection(self) -> None:
        """Raises `psycopg.OperationalError` when PostgreSQL went away."""
        with self._connection.transaction():
            self._connection.execute("SELECT")

    def close_outbox(self) -> None:
        """From here on nobody can enqueue: which numbers the core has taken is not known."""
        with self._connection.transaction():
            self._connection.execute(CLOSE_OUTBOX)

    def open_outbox(self) -> None:
        """Rooms may enqueue: every number that the core had taken before is in the rows."""
        with self._connection.transaction():
            self._connection.execute(OPEN_OUTBOX)

    def write(self, batch: Batch) -> None:
        """Writes a batch and moves the position, both or neither.

        Raises:
            LedgerFailed: the position is not where the batch begins, an order that it changes is
                not open, or an outbox row is another command than the core took.
            psycopg.OperationalError: PostgreSQL went away; whether the batch is in, the position
                says.
        """
        months = batch.months - self._months
        with self._connection.transaction(), self._connection.cursor() as cursor:
            _move_position(cursor, batch)
            for month in sorted(months):
                cursor.execute(statements.MAKE_MONTH, (f"{month}-01 00:00:00+00",))
            for statement, row in batch.registry:
                cursor.execute(statement.encode(), row)
            _write_orders(cursor, batch)
            _copy(cursor, TRADES, batch.trades)
            _copy(cursor, TRANSFERS, batch.transfers)
            _copy(cursor, ENTRIES, batch.entries)
            if batch.balances:
                rows = ((*key, *values) for key, values in batch.balances.items())
                cursor.execute(statements.SET_BALANCES, columns_of(rows))
            for outcome in batch.outcomes:
                _note_outcome(cursor, outcome)
        self._months |= months


def _move_position(cursor: Cursor[Any], batch: Batch) -> None:
    after = batch.after
    values = (after.epoch, after.sequence, after.chain, batch.time, *batch.before)
    if cursor.execute(statements.MOVE_POSITION, values).rowcount != 1:
        raise LedgerFailed(
            f"PostgreSQL's position is not {batch.before.sequence}: another ledger writes to it"
        )


def _note_outcome(cursor: Cursor[Any], outcome: Outcome) -> None:
    row = cursor.execute(NOTE_OUTCOME, outcome).fetchone()
    assert row is not None
    if not row[0]:
        raise LedgerFailed(
            f"row {outcome.number} of outbox {outcome.source} is another command than the core took "
            f"under that number at sequence {outcome.sequence}"
        )


def _write_orders(cursor: Cursor[Any], batch: Batch) -> None:
    if batch.amended:
        amended = ((order_id, *terms) for order_id, terms in batch.amended.items())
        _change(cursor, statements.AMEND_ORDERS, amended, len(batch.amended))
    if batch.triggered:
        triggered = ((order_id, *when) for order_id, when in batch.triggered.items())
        _change(cursor, statements.TRIGGER_ORDERS, triggered, len(batch.triggered))
    if batch.filled:
        rows = (
            (order_id, f.quantity, f.notional, f.fee, f.sequence, f.time)
            for order_id, f in batch.filled.items()
        )
        _change(cursor, statements.FILL_ORDERS, rows, len(batch.filled))
    if batch.closings:
        _change(cursor, statements.CLOSE_ORDERS, batch.closings, len(batch.closings))
    _copy(cursor, OPEN_ORDERS, [order.line for order in batch.opened.values()])
    _copy(cursor, CLOSED_ORDERS, batch.closed)


def _change(cursor: Cursor[Any], statement: str, rows: Iterable[tuple[Any, ...]], count: int) -> None:
    """Changes open orders, each of which must be there."""
    if cursor.execute(statement.encode(), columns_of(rows)).rowcount != count:
        raise LedgerFailed("an order that was filled, amended or closed is not among the open ones")


def _copy(cursor: Cursor[Any], table: Table, lines: list[str]) -> None:
    if lines:
        with cursor.copy(table.copy_in.encode()) as copy:
            copy.write("".join(lines))
