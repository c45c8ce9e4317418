"""Makes the candles anew: away with all of them, and the follower begins at the first group."""

from __future__ import annotations

import psycopg


def empty_candles(url: str) -> None:
    """Drops every candle, as the owner at `url`, in one transaction.

    A follower that runs stops, for its position is gone; started again, it makes everything anew from the
    event log. Until it has caught up, answers are short of older trades or say `not_yet_visible`.
    """
    with psycopg.connect(url) as connection:
        connection.execute(
            "TRUNCATE marketdata.markets, marketdata.candles_1s, marketdata.candles_1m,"
            " marketdata.candles_1h, marketdata.candles_1d"
        )
        connection.execute(
            "UPDATE marketdata.position SET sequence = DEFAULT, chain = DEFAULT, time = DEFAULT"
        )
