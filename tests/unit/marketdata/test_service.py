"""Figures of a day's trades."""

from __future__ import annotations

from cse.engine.models import DatedTrade
from cse.engine.wire import Traded
from cse.ledger.models import TradesSummary
from cse.marketdata.service import summarise
from cse.runtime.http.times import format_time


def traded(trade_id: int, price: int, quantity: int) -> DatedTrade:
    event = Traded(
        trade_id=trade_id, market=1, taker_side=1, price=price, quantity=quantity,
        notional=price * quantity, maker_order_id=1, taker_order_id=2, maker_account=3, taker_account=4,
        maker_fee=0, taker_fee=0, creator_fee=0, fee_account=1, creator_account=0, maker_remaining=0,
        taker_remaining=0,
    )  # fmt: skip
    return DatedTrade(trade_id, trade_id, event)


def test_a_summary_of_trades_newest_first() -> None:
    newest_first = [traded(3, 12, 1), traded(2, 9, 4), traded(1, 10, 2)]
    assert summarise(newest_first) == TradesSummary(
        trades=3, first_price=10, high_price=12, low_price=9, quantity=7, notional=68
    )
    assert summarise([]).trades == 0


def test_times_have_six_digits_and_are_utc() -> None:
    assert format_time(0) == "1970-01-01T00:00:00.000000Z"
    assert format_time(1_769_860_800_000_001) == "2026-01-31T12:00:00.000001Z"
