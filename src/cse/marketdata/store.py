"""Writes candles to PostgreSQL. One connection that blocks; the follower gives it a thread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from psycopg import Cursor

from cse.ledger.tables import time_text, time_us
from cse.marketdata.batch import Batch, CandlesFailed, LastTrade, Position
from cse.marketdata.intervals import Interval
from cse.marketdata.roles import WRITE_ROLE
from cse.runtime import postgres
from cse.runtime.blocking_store import BlockingStore, columns_of
from cse.runtime.configuration import Configuration

# What a crash of PostgreSQL takes away it takes away together with the position, and the event log has it
# still: no transaction need wait for the disk.
_SETTINGS: Final = {"synchronous_commit": "off", "timezone": "UTC"}

_READ_POSITION: Final = "SELECT sequence, chain, time FROM marketdata.position"
_READ_LAST_TRADES: Final = "SELECT market, last_trade, last_price, last_time FROM marketdata.markets"

# Only from where the batch began: a second follower, or one that comes late, finds nothing to move.
_MOVE_POSITION: Final = """
    UPDATE marketdata.position SET sequence = %s, chain = %s, time = %s
    WHERE sequence = %s AND chain = %s"""

_MAKE_MONTH: Final = "SELECT marketdata.make_month(%s)"

_SET_LAST_TRADES: Final = """
    INSERT INTO marketdata.markets (market, last_trade, last_price, last_time)
    SELECT * FROM unnest(%s::integer[], %s::bigint[], %s::bigint[], %s::timestamptz[])
    ON CONFLICT (market) DO UPDATE
    SET last_trade = excluded.last_trade, last_price = excluded.last_price, last_time = excluded.last_time"""

_ADD_CANDLES: Final = """
    INSERT INTO marketdata.candles_{length} AS c
        (market, start, open, high, low, close, quantity, notional, trades, first_trade, last_trade)
    SELECT market, timestamptz 'epoch' + start_us * interval '1 microsecond', open, high, low, close,
        quantity, notional, trades, first_trade, last_trade
    FROM unnest(%s::integer[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[],
        %s::numeric[], %s::numeric[], %s::bigint[], %s::bigint[], %s::bigint[])
        AS t (market, start_us, open, high, low, close, quantity, notional, trades, first_trade, last_trade)
    ON CONFLICT (market, start) DO UPDATE SET
        high = greatest(c.high, excluded.high),
        low = least(c.low, excluded.low),
        close = excluded.close,
        quantity = c.quantity + excluded.quantity,
        notional = c.notional + excluded.notional,
        trades = c.trades + excluded.trades,
        last_trade = excluded.last_trade"""


class Store(BlockingStore):
    """The room's tables as the follower uses them."""

    def __init__(self, connection: postgres.SyncConnection) -> None:
        super().__init__(connection)
        self._months: set[str] = set()

    @classmethod
    def connect(cls, configuration: Configuration) -> Store:
        """Raises `psycopg.OperationalError` while PostgreSQL is away."""
        return cls(postgres.connect(configuration, WRITE_ROLE, **_SETTINGS))

    def position(self) -> tuple[Position, dict[int, LastTrade]]:
        """Where the last committed batch ended, and each market's last trade there."""
        with self._connection.transaction():
            row = self._connection.execute(_READ_POSITION).fetchone()
            rows = self._connection.execute(_READ_LAST_TRADES).fetchall()
        assert row is not None
        sequence, chain, time = row
        last_trades = {market: LastTrade(trade, price, time_us(at)) for market, trade, price, at in rows}
        return Position(sequence, int(chain), time_us(time)), last_trades

    def write(self, batch: Batch) -> None:
        """Adds a batch's candles and moves the position, both or neither.

        Raises:
            CandlesFailed: the position is not where the batch begins.
            psycopg.IntegrityError: a candle would have a trade twice, or lack one.
            psycopg.OperationalError: PostgreSQL went away; whether the batch is in, the position
                says.
        """
        by_interval = batch.candles()
        # A day is in the month that its minutes and seconds are in.
        months = {time_text(start_us)[:7] for _, start_us in by_interval[Interval.DAY_1]} - self._months
        with self._connection.transaction(), self._connection.cursor() as cursor:
            _move_position(cursor, batch)
            for month in sorted(months):
                cursor.execute(_MAKE_MONTH, (f"{month}-01 00:00:00+00",))
            for interval, candles in by_interval.items():
                rows = [(market, *candle) for (market, _), candle in candles.items()]
                _write(cursor, _ADD_CANDLES.format(length=interval.value), rows)
            _write(cursor, _SET_LAST_TRADES, _last_trades(batch))
        self._months |= months


def _move_position(cursor: Cursor[Any], batch: Batch) -> None:
    sequence, chain, at_us = batch.after
    values = (sequence, chain, time_text(at_us), batch.before.sequence, batch.before.chain)
    if cursor.execute(_MOVE_POSITION, values).rowcount != 1:
        raise CandlesFailed(f"PostgreSQL's position is not {batch.before.sequence}: another writes to it")


def _last_trades(batch: Batch) -> list[tuple[Any, ...]]:
    last = ((market, batch.last_trades[market]) for market in batch.markets)
    return [(market, trade, price, time_text(at_us)) for market, (trade, price, at_us) in last]


def _write(cursor: Cursor[Any], statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        cursor.execute(statement.encode(), columns_of(rows))
