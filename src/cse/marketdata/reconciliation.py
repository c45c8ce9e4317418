"""Holds the candles in PostgreSQL, as they are in one snapshot, against the trades of the event log.

Every trade is read in full and added to its candles of every kept length by itself, which is not how the
follower makes them. That the event log is what the journal leads to is proved elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from cse.engine import wire
from cse.engine._native import JournalDamaged
from cse.engine.feed import EventFeed
from cse.engine.models import PositionLost, groups
from cse.ledger.tables import time_us
from cse.marketdata.candles import Candle, candle_of
from cse.marketdata.intervals import KEPT, Interval
from cse.runtime.findings import Findings
from cse.runtime.postgres import SyncConnection

CANDLES: Final = "candles"
_GROUPS_A_READ: Final = 16_384
_ROWS_A_FETCH: Final = 10_000
_POSITION: Final = "SELECT sequence, chain FROM marketdata.position"
_LAST_TRADES: Final = "SELECT market, last_trade, last_price, last_time FROM marketdata.markets ORDER BY 1"
_CANDLES: Final = """
    SELECT market, start, open, high, low, close, quantity, notional, trades, first_trade, last_trade
    FROM marketdata.candles_{length} ORDER BY start, market"""

# By market and start.
_Candles = dict[tuple[int, int], Candle]


def reconcile_candles(connection: SyncConnection, data: Path, findings: Findings) -> None:
    """Compares all candles as of their position; the connection is the room's, and only reads."""
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    connection.execute("SET LOCAL timezone = 'UTC'")
    row = connection.execute(_POSITION).fetchone()
    assert row is not None
    sequence, chain = row[0], int(row[1])
    feed = EventFeed(data)
    try:
        feed.check_position(sequence, chain)
        with ExitStack() as opened:
            _Reconciliation(connection, findings, opened).run(feed, sequence)
    except (PositionLost, JournalDamaged) as error:
        findings.add(CANDLES, f"as of {sequence}: {error}")


class _Reconciliation:
    """Goes through the trades; the candles of a day are compared when the day is over."""

    def __init__(self, connection: SyncConnection, findings: Findings, opened: ExitStack) -> None:
        self._connection = connection
        self._findings = findings
        self._expected: dict[Interval, _Candles] = {interval: {} for interval in KEPT}
        self._rows = {interval: _Rows(connection, interval, opened) for interval in KEPT}
        self._last: dict[int, tuple[int, int, int]] = {}

    def run(self, feed: EventFeed, sequence: int) -> None:
        after, day_ends_us = 0, 0
        while after < sequence:
            for group in groups(feed.read_bytes(after, min(_GROUPS_A_READ, sequence - after))):
                if group.time_us >= day_ends_us:
                    day_us = Interval.DAY_1.start_us(group.time_us)
                    self._compare(day_us)
                    day_ends_us = Interval.DAY_1.end_us(day_us)
                self._add(group.time_us, group.events)
                after = group.sequence
        self._compare(None)
        found = {
            market: (trade, price, time_us(at))
            for market, trade, price, at in self._connection.execute(_LAST_TRADES).fetchall()
        }
        for market in sorted(found.keys() | self._last.keys()):
            if found.get(market) != self._last.get(market):
                text = f"market {market}: last trade {found.get(market)}, not {self._last.get(market)}"
                self._findings.add(CANDLES, text)

    def _add(self, at_us: int, events: bytes) -> None:
        for kind, offset, _ in wire.messages(events):
            if kind != wire.Traded.KIND:
                continue
            traded = wire.Traded.decode(events, offset)
            self._last[traded.market] = (traded.trade_id, traded.price, at_us)
            for interval, candles in self._expected.items():
                start_us = interval.start_us(at_us)
                candle = candle_of(start_us, traded.trade_id, traded.price, traded.quantity, traded.notional)
                before = candles.get((traded.market, start_us))
                candles[traded.market, start_us] = candle if before is None else before.joined(candle)

    def _compare(self, until_us: int | None) -> None:
        """Compares the candles that start before a time, or all that are left."""
        for interval, candles in self._expected.items():
            found = self._rows[interval].before(until_us)
            for market, start_us in sorted(found.keys() | candles.keys()):
                here, there = found.get((market, start_us)), candles.get((market, start_us))
                if here != there:
                    text = f"{interval.value} of market {market} at {start_us}: {here}, not {there}"
                    self._findings.add(CANDLES, text)
            self._findings.count(CANDLES, len(candles))
            candles.clear()


class _Rows:
    """A table's candles, ascending by start, without holding them all.

    Its cursor stays open until `opened` closes.
    """

    def __init__(self, connection: SyncConnection, interval: Interval, opened: ExitStack) -> None:
        cursor = opened.enter_context(connection.cursor(f"candles_{interval.value}"))
        cursor.itersize = _ROWS_A_FETCH
        cursor.execute(_CANDLES.format(length=interval.value).encode())
        self._rows: Iterator[tuple[Any, ...]] = iter(cursor)
        self._next = next(self._rows, None)

    def before(self, until_us: int | None) -> _Candles:
        """The next candles, up to those that start at a time, or all."""
        found: _Candles = {}
        while self._next is not None:
            market, start, *figures = self._next
            start_us = time_us(start)
            if until_us is not None and start_us >= until_us:
                break
            found[market, start_us] = Candle(start_us, *map(int, figures))
            self._next = next(self._rows, None)
        return found
