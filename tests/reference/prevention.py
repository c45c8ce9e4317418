"""What happens where an order meets one that it is not to trade with (5.5)."""

from cse.engine.wire import CloseReason, SelfTradePrevented, SelfTradePrevention, Side
from tests.reference.closing import close, close_other, release
from tests.reference.fees import need
from tests.reference.state import Market, Order
from tests.reference.turn import Turn

MATCHING_GOES_ON = (SelfTradePrevention.CANCEL_OLDEST, SelfTradePrevention.DECREMENT)
MAKER_IS_CLOSED = (SelfTradePrevention.CANCEL_OLDEST, SelfTradePrevention.CANCEL_BOTH)


def what_is_done(order: Order) -> SelfTradePrevention:
    """With prevention none, orders of one account meet as with cancel newest."""
    if order.prevention == SelfTradePrevention.NONE:
        return SelfTradePrevention.CANCEL_NEWEST
    return SelfTradePrevention(order.prevention)


def prevent(turn: Turn, market: Market, maker: Order, order: Order, lots: int) -> bool:
    """Prevents a trade of `lots`; whether matching goes on."""
    done = what_is_done(order)
    if done == SelfTradePrevention.DECREMENT:
        decrement(turn, market, maker, order, lots)
    prevented = SelfTradePrevented(
        maker_order_id=maker.id,
        taker_order_id=order.id,
        maker_account=maker.account,
        taker_account=order.account,
        market=market.id,
        taker_side=order.side,
        self_trade_prevention=done,
        price=maker.price,
        quantity=lots,
        maker_remaining=maker.remaining,
        taker_remaining=0 if order.is_buy_by_quote_amount else order.remaining,
    )
    turn.events.append(prevented.encode())
    if done in MAKER_IS_CLOSED or maker.remaining == 0:
        close(turn, maker, CloseReason.SELF_TRADE)
    if done == SelfTradePrevention.DECREMENT:
        close_other(turn, maker)
        close_other(turn, order)
    return done in MATCHING_GOES_ON


def decrement(turn: Turn, market: Market, maker: Order, order: Order, lots: int) -> None:
    """Takes lots from both orders, and gives back what they no longer need."""
    turn.touch_level(market.id, maker.side, maker.price)
    for each in (maker, order):
        each.quantity -= lots
        if each.side == Side.SELL:
            release(turn, each, lots * market.lot_size)
    market.halves[maker.side].give(maker, lots)
    if maker.side == Side.BUY:
        release(turn, maker, max(0, maker.held - need(maker, market, maker.remaining)))
