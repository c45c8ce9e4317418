"""Matching an incoming order against the book (5.5)."""

from cse.domain.limits import PPM, TRADES_MAX
from cse.engine.wire import CloseReason, OrderType, Side, TimeInForce, Traded
from tests.reference.closing import close, release
from tests.reference.fees import hold_of_resting, maker_fee_of_fill, taker_fee_of_fill
from tests.reference.state import Market, Order
from tests.reference.turn import Turn
from tests.reference.walks import End, can_trade_whole, same_owner


def match(turn: Turn, market: Market, order: Order, walk_end: End | None) -> None:
    if order.time_in_force == TimeInForce.FOK and not can_trade_whole(turn.state, market, order):
        close(turn, order, CloseReason.KILLED)
        return
    reason = trade_what_crosses(turn, market, order)
    if reason is None and walk_end is not None:
        reason = reason_of_walk(order, walk_end)
    if reason is None and wants(order) and order.time_in_force == TimeInForce.GTC:
        rest(turn, market, order)
        return
    if reason is None:
        reason = CloseReason.EXPIRED if wants(order) else CloseReason.FILLED
    close(turn, order, reason)


def wants(order: Order) -> bool:
    """Whether the order wants to trade more."""
    if order.is_buy_by_quote_amount:
        return order.taker_notional + order.fee < order.quote_amount
    return order.remaining > 0


def reason_of_walk(order: Order, walk_end: End) -> CloseReason:
    """Why a market sell by quote amount closes when the lots of its walk have traded."""
    if walk_end is End.SAME_OWNER:
        return CloseReason.SELF_TRADE
    if walk_end is End.SATISFIED and order.quantity != 0:
        return CloseReason.FILLED
    return CloseReason.EXPIRED


def trade_what_crosses(turn: Turn, market: Market, order: Order) -> CloseReason | None:
    """Trades as long as lots are wanted and prices cross; a reason if the order closes by that."""
    half = market.opposite(order.side)
    first_trade_id = market.last_trade_id + 1
    while wants(order):
        maker = half.best_order()
        if maker is None or (order.order_type == OrderType.LIMIT and not half.crosses(order.price)):
            return None
        if same_owner(turn.state, order, maker):
            return CloseReason.SELF_TRADE
        had = maker.remaining
        lots = lots_affordable(market, order, maker) if order.is_buy_by_quote_amount else order.remaining
        lots = min(lots, had)
        if lots == 0:
            return CloseReason.FILLED
        if market.last_trade_id + 1 == first_trade_id + TRADES_MAX:
            return CloseReason.EXPIRED
        trade(turn, market, maker, order, lots)
        if order.is_buy_by_quote_amount and lots < had:
            return CloseReason.FILLED
    return None


def lots_affordable(market: Market, order: Order, maker: Order) -> int:
    """The most lots of the maker whose notional and fee the rest of the quote amount pays."""
    left = order.quote_amount - order.taker_notional - order.fee
    low, high = 0, maker.remaining
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
    creator_fee = share_fees(turn, market, maker_fee + taker_fee)
    market.last_trade_id += 1
    market.last_price = maker.price
    traded = Traded(
        trade_id=market.last_trade_id,
        market=market.id,
        taker_side=taker.side,
        price=maker.price,
        quantity=lots,
        notional=notional,
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
    if maker.remaining == 0:
        close(turn, maker, CloseReason.FILLED)


def settle(turn: Turn, market: Market, order: Order, lots: int, notional: int, order_fee: int) -> None:
    """Moves base and quote of one side of a trade; what is paid comes out of the hold."""
    base = turn.balance(order.account, market.base)
    quote = turn.balance(order.account, market.quote)
    if order.side == Side.BUY:
        cost = notional + max(order_fee, 0)
        order.held -= cost
        quote.locked -= cost
        quote.available += max(-order_fee, 0)
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
    turn.touch_level(market.id, order.side, order.price)
    market.halves[order.side].join(order)
