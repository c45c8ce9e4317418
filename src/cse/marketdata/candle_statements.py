"""The SQL that candles are read with: every interval is made of the longest kept one that divides it."""

from __future__ import annotations

from typing import Final

from cse.marketdata.intervals import SECOND_US, Interval, kept_in

_COLUMNS: Final = "start, open, high, low, close, quantity, notional, trades, first_trade, last_trade"
# One candle of the kept ones in a bucket.
_JOINED: Final = (
    "bucket AS start, (array_agg(open ORDER BY start))[1], max(high), min(low), "
    "(array_agg(close ORDER BY start DESC))[1], sum(quantity), sum(notional), sum(trades), "
    "min(first_trade), max(last_trade)"
)

# What days are made of, from a second on: its seconds up to the minute, minutes up to the hour, and hours.
# The second in which the time asked for lies stands beside them.
READ_DAYS: Final = f"""
    SELECT m.market, m.last_trade, d.*, e.{_COLUMNS.replace(", ", ", e.")}
    FROM marketdata.markets AS m
    CROSS JOIN LATERAL (
        SELECT sum(trades), (array_agg(open ORDER BY start))[1], max(high), min(low), sum(quantity),
            sum(notional)
        FROM (
            SELECT {_COLUMNS} FROM marketdata.candles_1s
            WHERE market = m.market AND start >= %(second)s AND start < %(minute)s
            UNION ALL
            SELECT {_COLUMNS} FROM marketdata.candles_1m
            WHERE market = m.market AND start >= %(minute)s AND start < %(hour)s
            UNION ALL
            SELECT {_COLUMNS} FROM marketdata.candles_1h
            WHERE market = m.market AND start >= %(hour)s
        ) AS found
    ) AS d
    LEFT JOIN marketdata.candles_1s AS e
        ON e.market = m.market AND e.start = %(edge)s AND e.start < %(second)s
    WHERE m.market = ANY(%(markets)s)"""  # noqa: S608

# The last close before a time, and those of the minutes from then on, by longer intervals.
READ_CLOSES: Final = """
    SELECT m.market, m.last_trade, b.close, c.start, c.close
    FROM marketdata.markets AS m
    LEFT JOIN LATERAL (
        SELECT close FROM marketdata.candles_1m WHERE market = m.market AND start < %(from)s
        ORDER BY start DESC LIMIT 1
    ) AS b ON true
    LEFT JOIN LATERAL (
        SELECT bucket AS start, (array_agg(close ORDER BY start DESC))[1] AS close
        FROM (
            SELECT date_bin(%(width)s, start, 'epoch') AS bucket, start, close
            FROM marketdata.candles_1m WHERE market = m.market AND start >= %(from)s
        ) AS found
        GROUP BY bucket
    ) AS c ON true
    WHERE m.market = ANY(%(markets)s)"""

# The close of the last second that ended by a time.
READ_LAST_BEFORE: Final = """
    SELECT m.market, c.close
    FROM marketdata.markets AS m
    CROSS JOIN LATERAL (
        SELECT close FROM marketdata.candles_1s WHERE market = m.market AND start < %(second)s
        ORDER BY start DESC LIMIT 1
    ) AS c
    WHERE m.market = ANY(%(markets)s)"""

# The first candle of the day says with which trade the day begins, give or take an hour.
READ_MARKETS: Final = """
    SELECT m.market, m.last_trade, m.last_price, coalesce((
        SELECT min(first_trade) FROM marketdata.candles_1h AS c
        WHERE c.market = m.market AND c.start >= date_trunc('hour', %(since)s::timestamptz, 'UTC')
    ), m.last_trade + 1)
    FROM marketdata.markets AS m"""

READ_POSITION: Final = "SELECT sequence FROM marketdata.position"


def kept_in_one(interval: Interval) -> int:
    """How many of the kept candles one of this interval is made of at most."""
    return interval.width_us // kept_in(interval).width_us


def read_page(interval: Interval, *, newest: bool) -> str:
    """The last trade of a market, and candles that start in [from, to): the first, or the newest."""
    order = "DESC" if newest else "ASC"
    return f"""
        SELECT m.last_trade, c.*
        FROM marketdata.markets AS m
        LEFT JOIN LATERAL (
            SELECT {_JOINED}
            FROM (
                SELECT {_bucket(interval, "start")} AS bucket, * FROM {_table(interval)}
                WHERE market = m.market AND start >= %(from)s AND start < %(to)s
                ORDER BY start {order} LIMIT %(rows)s
            ) AS found
            GROUP BY bucket ORDER BY bucket {order} LIMIT %(limit)s
        ) AS c ON true
        WHERE m.market = %(market)s
        ORDER BY c.start"""  # noqa: S608


def read_newest(interval: Interval) -> str:
    """The newest candle of every market."""
    return f"""
        SELECT m.market, c.*
        FROM marketdata.markets AS m
        CROSS JOIN LATERAL (
            SELECT {_JOINED}
            FROM (
                SELECT {_bucket(interval, "start")} AS bucket, * FROM {_table(interval)}
                WHERE market = m.market AND start >= {_bucket(interval, "m.last_time")}
            ) AS found
            GROUP BY bucket
        ) AS c"""  # noqa: S608


def _table(interval: Interval) -> str:
    """The table whose candles those of an interval are made of."""
    return f"marketdata.candles_{kept_in(interval).value}"


def _bucket(interval: Interval, time: str) -> str:
    """The start of the candle that a time belongs to."""
    if interval is Interval.MONTH_1:
        return f"date_trunc('month', {time}, 'UTC')"
    seconds = interval.width_us // SECOND_US
    origin = f"to_timestamp({interval.origin_us // SECOND_US})"
    return f"date_bin('{seconds} seconds', {time}, {origin})"
