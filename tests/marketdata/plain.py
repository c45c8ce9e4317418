"""Candles and day's figures worked out in the plainest way, and trades to work them out of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cse.engine.models import DatedTrade
from cse.engine.wire import Traded
from cse.ledger.models import TradesSummary
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import Interval

DAY_US = 86_400_000_000


class Trade(NamedTuple):
    """One trade, as the classes take it."""

    time_us: int
    trade_id: int
    price: int
    quantity: int
    notional: int


def moment(text: str) -> int:
    """Microseconds of a time such as `2026-03-29 11:59:59.999999`, which is in UTC."""
    since = datetime.fromisoformat(text).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return since // timedelta(microseconds=1)


def trades_at(*times_us: int, prices: Sequence[int] = ()) -> list[Trade]:
    """Trades at these times, at these prices or else at 10, 11, 12 ..."""
    found = prices or range(10, 10 + len(times_us))
    return [
        Trade(time_us, number, price, number, price * number)
        for number, (time_us, price) in enumerate(zip(times_us, found, strict=True), 1)
    ]


def plain_start(interval: Interval, time_us: int) -> int:
    """The start of a candle by the calendar alone."""
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=time_us)
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    count, unit = int(interval.value[:-1]), interval.value[-1]
    match unit:
        case "M":
            start = midnight.replace(day=1)
        case "w":
            start = midnight - timedelta(days=at.weekday())
        case "d":
            start = midnight - timedelta(days=(midnight - datetime(1970, 1, 1, tzinfo=UTC)).days % count)
        case "h":
            start = midnight + timedelta(hours=at.hour // count * count)
        case "m":
            start = midnight + timedelta(hours=at.hour, minutes=at.minute // count * count)
        case _:
            start = at.replace(second=at.second // count * count, microsecond=0)
    return (start - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def plain_candles(interval: Interval, trades: Sequence[Trade]) -> list[Candle]:
    """All candles of some trades, ascending."""
    by_start: dict[int, list[Trade]] = {}
    for trade in trades:
        by_start.setdefault(plain_start(interval, trade.time_us), []).append(trade)
    return [
        Candle(
            start_us=start_us,
            open=found[0].price,
            high=max(trade.price for trade in found),
            low=min(trade.price for trade in found),
            close=found[-1].price,
            quantity=sum(trade.quantity for trade in found),
            notional=sum(trade.notional for trade in found),
            trades=len(found),
            first_trade=found[0].trade_id,
            last_trade=found[-1].trade_id,
        )
        for start_us, found in sorted(by_start.items())
    ]


def plain_day(trades: Sequence[Trade], now_us: int) -> TradesSummary:
    """The figures of the trades of 24 hours up to a time."""
    return plain_summary([trade for trade in trades if now_us - DAY_US <= trade.time_us <= now_us])


def plain_summary(trades: Sequence[Trade]) -> TradesSummary:
    """The figures of trades, ascending."""
    if not trades:
        return TradesSummary(0, 0, 0, 0, 0, 0)
    return TradesSummary(
        trades=len(trades),
        first_price=trades[0].price,
        high_price=max(trade.price for trade in trades),
        low_price=min(trade.price for trade in trades),
        quantity=sum(trade.quantity for trade in trades),
        notional=sum(trade.notional for trade in trades),
    )


def dated(trade_id: int, time_us: int = 0, price: int = 10, quantity: int = 1) -> DatedTrade:
    """A trade as history is read: at the sequence that its id says."""
    event = Traded(
        trade_id=trade_id, market=1, taker_side=1, auction=0, price=price, quantity=quantity,
        notional=price * quantity, maker_order_id=1, taker_order_id=2, maker_account=3, taker_account=4,
        maker_fee=0, taker_fee=0, creator_fee=0, fee_account=1, creator_account=0, maker_remaining=0,
        taker_remaining=0,
    )  # fmt: skip
    return DatedTrade(trade_id, time_us or trade_id, event)
