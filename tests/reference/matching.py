"""Matching an incoming order against the book (5.5)."""

from itertools import count

from cse.domain.limits import PPM, TRADES_MAX
from cse.engine.wire import CloseReason, Side, TimeInForce, Traded
from tests.reference.bands import interrupt, is_outside, outermost_price, reference_after
from tests.reference.closing import close, close_other, release
from tests.reference.fees import hold_by_terms, hold_of_resting, maker_fee_of_fill, taker_fee_of_fill
from tests.reference.prevention import prevent
from tests.reference.state import Market, Order
from tests.reference.statuses import is_collecting
from tests.reference.triggers import traded_at
from tests.reference.turn import Turn
from tests.reference.walks import End, Walk, is_own, walk

REASONS = {
    End.SATISFIED: CloseReason.FILLED,
    End.DECREMENTED: CloseReason.SELF_TRADE,
    End.PREVENTED: CloseReason.SELF_TRADE,
    End.EXHAUSTED: CloseReason.EXPIRED,
    End.BOUNDED: CloseReason.EXPIRED,
    End.BANDED: CloseReason.EXPIRED,
    End.INTERRUPTED: CloseReason.EXPIRED,
}


def match(turn: Turn, market: Market, order: Order, walked: Walk | None = None) -> None:
    """Trades an order that was taken in; `walked` is the walk of a sell by quote amount."""
    if is_collecting(market):
        rest(turn, market, order)
        return
    if order.time_in_force == TimeInForce.FOK and not can_trade_whole(turn, market, order):
        close(turn, order, CloseReason.KILLED)
        return
    end = meet_makers(turn, market, order)
    if end is End.INTERRUPTED:
        interrupt(turn, market)
    if end in (End.EXHAUSTED, End.INTERRUPTED) and order.may_rest:
        rest(turn, market, order)
    elif walked is not None:
        close(turn, order, end_of_sell_by_amount(turn, market, order, walked))
    else:
        close(turn, order, REASONS[end])


def can_trade_whole(turn: Turn, market: Market, order: Order) -> bool:
    found = walk(turn.state, market, order, turn.time_us, whole=True)
    return found.end is End.SATISFIED and found.lots == order.quantity


def end_of_sell_by_amount(turn: Turn, market: Market, order: Order, walked: Walk) -> CloseReason:
    """Why a sell by quote amount closes when the lots of its walk have traded."""
    if walked.own_order is not None:
        prevent(turn, market, walked.own_order, order, walked.prevented_lots)
        return CloseReason.SELF_TRADE
    if walked.end is End.SATISFIED and order.quantity != 0:
        return CloseReason.FILLED
    return CloseReason.EXPIRED


def wants(order: Order) -> bool:
    """Whether the order wants to trade more."""
    if order.is_buy_by_quote_amount:
        return order.taker_notional + order.fee < order.quote_amount
    return order.remaining > 0


def meet_makers(turn: Turn, market: Market, order: Order) -> End:
    """Meets one order of the book after another; why that ended."""
    half = market.opposite(order.side)
    end, outermost = End.SATISFIED, outermost_price(market, order.side)
    for meetings in count():
        if not wants(order):
            return end
        maker = half.best_order()
        if maker is None or not order.crosses(maker.price):
            return End.EXHAUSTED
        if is_outside(order.side, maker.price, outermost):
            return End.BANDED
        lots = lots_of_meeting(market, order, maker)
        if lots == 0 and not maker.is_due(turn.time_us):
            return End.SATISFIED
        if meetings == TRADES_MAX:
            return End.BOUNDED
        turn.meetings += 1
        goes_on, end = meet(turn, market, maker, order, lots)
        if not goes_on:
            return end
    raise AssertionError("matching has an end")


def meet(turn: Turn, market: Market, maker: Order, order: Order, lots: int) -> tuple[bool, End]:
    """Whether matching goes on after two orders have met, and how it ends if that was the last of it."""
    if maker.is_due(turn.time_us):
        close(turn, maker, CloseReason.EXPIRED)
        return True, End.SATISFIED
    if is_own(turn.state, order, maker):
        # Only a decrement leaves less to want.
        goes_on = prevent(turn, market, maker, order, lots)
        return goes_on, End.DECREMENTED if goes_on else End.PREVENTED
    if not may_trade_at(turn, market, maker.price):
        return False, End.INTERRUPTED
    whole_slice = lots == maker.shown
    trade(turn, market, maker, order, lots)
    return whole_slice or not order.is_buy_by_quote_amount, End.SATISFIED


def may_trade_at(turn: Turn, market: Market, price: int) -> bool:
    """Whether a trade would not interrupt the market; it may become what the next ones are held against."""
    after = reference_after(market, market.interruption_reference, price, turn.time_us)
    market.interruption_reference = after or market.interruption_reference
    return after is not None


def lots_of_meeting(market: Market, order: Order, maker: Order) -> int:
    if order.is_buy_by_quote_amount:
        return lots_affordable(market, order, maker)
    return min(order.remaining, maker.shown)


def lots_affordable(market: Market, order: Order, maker: Order) -> int:
    """The most lots of the maker's slice whose notional and fee the rest of the quote amount pays."""
    left = order.quote_amount - order.taker_notional - order.fee
    low, high = 0, maker.shown
    while low < high:
        middle = (low + high + 1) // 2
        notional = market.notional(maker.price, middle)
        if notional + taker_fee_of_fill(order, notional) <= left:
            low = middle
        else:
            high = middle - 1
    return low


def trade(turn: Turn, market: Market, maker: Order, taker: Order, lots: int) -> None:
    notional = market.notional(maker.price, lots)
    taker_fee = taker_fee_of_fill(taker, notional)
    maker_fee = maker_fee_of_fill(maker, notional, taker_fee)
    turn.touch_level(market.id, maker.side, maker.price)
    for order, order_fee in ((maker, maker_fee), (taker, taker_fee)):
        order.filled_quantity += lots
        order.fee += order_fee
        settle(turn, market, order, lots, notional, order_fee)
    maker.maker_notional += notional
    taker.taker_notional += notional
    tell_trade(turn, market, maker, taker, lots, maker.price, maker_fee, taker_fee)
    market.halves[maker.side].give(maker, lots)
    if maker.remaining == 0:
        close(turn, maker, CloseReason.FILLED)
    close_other(turn, maker)
    close_other(turn, taker)
    traded_at(market, maker.price)


def tell_trade(
    turn: Turn,
    market: Market,
    maker: Order,
    taker: Order,
    lots: int,
    price: int,
    maker_fee: int,
    taker_fee: int,
    *,
    auction: bool = False,
) -> None:
    """Gives a trade its number and shares out its fees."""
    creator_fee = share_fees(turn, market, maker_fee + taker_fee)
    market.last_trade_id += 1
    traded = Traded(
        trade_id=market.last_trade_id,
        market=market.id,
        taker_side=taker.side,
        auction=int(auction),
        price=price,
        quantity=lots,
        notional=market.notional(price, lots),
        maker_order_id=maker.id,
        taker_order_id=taker.id,
        maker_account=maker.account,
        taker_account=taker.account,
        maker_fee=maker_fee,
        taker_fee=taker_fee,
        creator_fee=creator_fee,
        fee_account=market.fee_account,
        creator_account=market.creator_account,
        maker_remaining=maker.remaining,
        taker_remaining=0 if taker.is_buy_by_quote_amount else taker.remaining,
    )
    turn.events.append(traded.encode())


def settle(turn: Turn, market: Market, order: Order, lots: int, notional: int, order_fee: int) -> None:
    """Moves base and quote of one side of a trade; what is paid comes out of the hold."""
    base = turn.balance(order.account, market.base)
    quote = turn.balance(order.account, market.quote)
    if order.side == Side.BUY:
        cost = notional + max(order_fee, 0)
        order.held -= cost
        quote.locked -= cost
        quote.available += max(-order_fee, 0)
        if order.is_entry:
            # For its exits, which are to sell it.
            base.locked += lots * market.lot_size
        else:
            base.available += lots * market.lot_size
    else:
        order.held -= lots * market.lot_size
        base.locked -= lots * market.lot_size
        quote.available += notional - order_fee


def share_fees(turn: Turn, market: Market, total: int) -> int:
    """Gives the fees of a trade to creator and platform; returns the creator's part."""
    creator_fee = 0
    if total > 0 and market.creator_account != 0:
        creator_fee = market.creator_share_ppm * total // PPM
        turn.balance(market.creator_account, market.quote).available += creator_fee
    turn.balance(market.fee_account, market.quote).available += total - creator_fee
    return creator_fee


def rest(turn: Turn, market: Market, order: Order) -> None:
    """The rest of a limit order joins the end of the queue at its price."""
    release(turn, order, order.held - hold_of_resting(order, market))
    if order.linked is not None and order is order.linked.limit:
        # The two together go on to hold what the dearer of them needs.
        stop = order.linked.stop
        release(turn, stop, stop.held - max(0, hold_by_terms(stop, market) - order.held))
    turn.touch_level(market.id, order.side, order.price)
    market.halves[order.side].join(order)
