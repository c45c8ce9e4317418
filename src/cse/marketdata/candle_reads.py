"""What is read of the candles in PostgreSQL: pages of any interval, figures of a day, the newest ones.

Each answer is of one moment: its candles and the last trade in them belong together. What has traded
since is found elsewhere, from that trade on.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from cse.ledger.models import NO_TRADES, TradesSummary
from cse.ledger.tables import time_text, time_us
from cse.marketdata import candle_statements as statements
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import Interval
from cse.runtime.postgres import Pool


class PageRead(NamedTuple):
    """Candles, ascending, as they are after the market's trade `last_trade`; 0 for none yet."""

    last_trade: int
    candles: list[Candle]


class DayRead(NamedTuple):
    """The trades of a market from a whole second on, up to its trade `last_trade`.

    `edge` is the candle of the second before, if only some of its trades are to be counted.
    """

    last_trade: int
    summary: TradesSummary
    edge: Candle | None


class ClosesRead(NamedTuple):
    """A market's closing prices by the start of their interval, up to its trade `last_trade`.

    `before` is the last one before the time asked for; None where nothing had traded.
    """

    last_trade: int
    before: int | None
    closes: dict[int, int]


class NewestRead(NamedTuple):
    """A market's newest candles and its last trade.

    The trades of the day asked for are among those from `day_from` on.
    """

    last_trade: int
    last_price: int
    day_from: int
    candles: dict[Interval, Candle]


class CandleReads:
    """Reads with the room's `READ_ROLE`, which can write nothing."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def position(self) -> int:
        """The last sequence whose trades are in the candles."""
        ((sequence,),) = await self._rows(statements.READ_POSITION, {})
        return int(sequence)

    async def page(
        self, market: int, interval: Interval, from_us: int | None, to_us: int, limit: int
    ) -> PageRead:
        """Up to `limit` candles that start in [from, to): with `from_us` the first, without it the last.

        Both are starts of candles themselves, so that none is cut.
        """
        rows = await self._rows(
            statements.read_page(interval, newest=from_us is None),
            {
                "market": market,
                "from": time_text(from_us or 0),
                "to": time_text(to_us),
                # However full they are, so many rows hold `limit` candles.
                "rows": limit * statements.kept_in_one(interval),
                "limit": limit,
            },
        )
        if not rows:
            return PageRead(0, [])
        return PageRead(rows[0][0], [_candle(row[1:]) for row in rows if row[1] is not None])

    async def days(self, markets: list[int], since_us: int) -> dict[int, DayRead]:
        """Of each of these markets that has traded, its trades from a time on.

        It reads a hundred and fifty rows a market at most, however many trades there were.
        """
        second_us = Interval.SECOND_1.ceiling_us(since_us)
        minute_us = Interval.MINUTE_1.ceiling_us(second_us)
        rows = await self._rows(
            statements.READ_DAYS,
            {
                "markets": markets,
                "edge": time_text(Interval.SECOND_1.start_us(since_us)),
                "second": time_text(second_us),
                "minute": time_text(minute_us),
                "hour": time_text(Interval.HOUR_1.ceiling_us(minute_us)),
            },
        )
        return {
            market: DayRead(last_trade, _summary(row[:6]), _candle(row[6:]) if row[6] else None)
            for market, last_trade, *row in rows
        }

    async def closes(self, markets: list[int], interval: Interval, from_us: int) -> dict[int, ClosesRead]:
        """Of each of these markets that has traded, closes of an interval of minutes from a start on."""
        rows = await self._rows(
            statements.READ_CLOSES,
            {
                "markets": markets,
                "from": time_text(from_us),
                "width": f"{interval.width_us} microseconds",
            },
        )
        found: dict[int, ClosesRead] = {}
        for market, last_trade, before, start, close in rows:
            read = found.setdefault(market, ClosesRead(last_trade, before, {}))
            if start is not None:
                read.closes[time_us(start)] = close
        return found

    async def last_before(self, markets: list[int], time_us: int) -> dict[int, int]:
        """The last price, in ticks, before the second that a time is in; of markets that had one."""
        second = time_text(Interval.SECOND_1.start_us(time_us))
        return dict(await self._rows(statements.READ_LAST_BEFORE, {"markets": markets, "second": second}))

    async def newest(self, since_us: int) -> tuple[int, dict[int, NewestRead]]:
        """The position, and of every market that has traded its newest candle of each interval."""
        async with self._pool.connection() as connection:
            # Several statements, and one moment.
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor = await connection.execute(statements.READ_POSITION.encode())
            ((sequence,),) = await cursor.fetchall()
            since = {"since": time_text(since_us)}
            cursor = await connection.execute(statements.READ_MARKETS.encode(), since)
            found = {
                market: NewestRead(last_trade, last_price, day_from, {})
                for market, last_trade, last_price, day_from in await cursor.fetchall()
            }
            for interval in Interval:
                cursor = await connection.execute(statements.read_newest(interval).encode())
                for market, *row in await cursor.fetchall():
                    found[market].candles[interval] = _candle(row)
        return int(sequence), found

    async def _rows(self, query: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values)
            return await cursor.fetchall()


def _candle(row: Any) -> Candle:
    return Candle(time_us(row[0]), *map(int, row[1:]))


def _summary(row: Any) -> TradesSummary:
    trades, first, high, low, quantity, notional = row
    if not trades:
        return NO_TRADES
    return TradesSummary(int(trades), first, high, low, int(quantity), int(notional))
