"""Fills, and trades that were prevented, as the API shows them."""

from __future__ import annotations

from typing import Final, Literal

from cse.domain.enumerations import Side
from cse.engine import wire
from cse.engine.models import DatedTrade
from cse.runtime.http.times import format_time
from cse.trading.models import Fill, PreventedTrade, SideWord
from cse.trading.views.texts import MarketTexts
from cse.trading.views.words import PREVENTIONS, SIDES

_OTHER_SIDE: Final[dict[int, SideWord]] = {Side.BUY: "sell", Side.SELL: "buy"}


def side_of(traded: wire.Traded, account: int) -> Side:
    """On which side of a trade an account was; of one with itself the taker's."""
    return Side(traded.taker_side if traded.taker_account == account else 3 - traded.taker_side)


def fill_view(trade: DatedTrade, account: int, texts: MarketTexts) -> Fill:
    """A trade from the side that `account` had in it."""
    traded = trade.traded
    liquidity: Literal["maker", "taker"]
    if traded.taker_account == account:
        liquidity, order_id, fee = "taker", traded.taker_order_id, traded.taker_fee
        side = SIDES[traded.taker_side]
    else:
        liquidity, order_id, fee = "maker", traded.maker_order_id, traded.maker_fee
        side = _OTHER_SIDE[traded.taker_side]
    if traded.auction:
        # Both rested, and paid so.
        liquidity = "maker"
    return Fill(
        trade_id=str(traded.trade_id),
        order_id=str(order_id),
        market=texts.name,
        side=side,
        price=texts.price_text(traded.price),
        quantity=texts.quantity_text(traded.quantity),
        notional=texts.quote_text(traded.notional),
        fee=texts.quote_text(fee),
        fee_asset=texts.quote_symbol,
        liquidity=liquidity,
        time=format_time(trade.time_us),
        sequence=str(trade.sequence),
    )


def prevented_view(
    prevented: wire.SelfTradePrevented, sequence: int, time_us: int, texts: MarketTexts
) -> PreventedTrade:
    """A meeting of two orders of one owner."""
    return PreventedTrade(
        maker_order_id=str(prevented.maker_order_id),
        taker_order_id=str(prevented.taker_order_id),
        market=texts.name,
        taker_side=SIDES[prevented.taker_side],
        price=texts.price_text(prevented.price),
        quantity=texts.quantity_text(prevented.quantity),
        self_trade_prevention=PREVENTIONS[prevented.self_trade_prevention],
        time=format_time(time_us),
        sequence=str(sequence),
    )
