"""All candles recomputed from the trades of a journal's groups, and those that a database holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from cse.engine import wire
from cse.ledger.tables import time_us
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import KEPT, Interval
from tests.marketdata.plain import Trade, plain_candles
from tests.postgres import Database

Candles = dict[tuple[int, Interval], list[Candle]]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def trades_of(groups: Sequence[bytes]) -> dict[int, list[Trade]]:
    """Each market's trades, ascending."""
    found: dict[int, list[Trade]] = {}
    for group in groups:
        time = wire.Group.decode(group).time_us
        events = wire.Group.tail(group)
        for kind, offset, _ in wire.messages(events):
            if kind == wire.Traded.KIND:
                traded = wire.Traded.decode(events, offset)
                trade = Trade(time, traded.trade_id, traded.price, traded.quantity, traded.notional)
                found.setdefault(traded.market, []).append(trade)
    return found


def recomputed(groups: Sequence[bytes]) -> Candles:
    """What the database should hold."""
    return {
        (market, interval): plain_candles(interval, trades)
        for market, trades in trades_of(groups).items()
        for interval in KEPT
    }


def held(database: Database) -> Candles:
    """What it holds."""
    found: Candles = {}
    for interval in KEPT:
        rows = database.rows(f"SELECT * FROM marketdata.candles_{interval.value} ORDER BY market, start")
        for market, start, *figures in rows:
            found.setdefault((market, interval), []).append(Candle(time_us(start), *map(int, figures)))
    return found
