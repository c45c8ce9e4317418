"""Call auctions: the price, what is indicated, and how they end (5.12)."""

from cse.domain.limits import FIXINGS_MAX, INDICATED_LEVELS_MAX, INDICATION_INTERVAL_US, TRADES_MAX
from cse.engine.wire import (
    AuctionIndicated,
    AuctionUncrossed,
    CloseReason,
    MarketStatus,
    SelfTradePrevented,
    SelfTradePrevention,
    Side,
)
from tests.reference.auction_price import price_of_auction, stretch_at
from tests.reference.closing import close, close_other, release
from tests.reference.fees import fee, need
from tests.reference.matching import settle, tell_trade
from tests.reference.prevention import MAKER_IS_CLOSED, MATCHING_GOES_ON, what_is_done
from tests.reference.state import Indicated, InterruptionReference, Market, Order
from tests.reference.statuses import (
    change_status,
    crossing_levels,
    is_collecting,
    is_crossed,
    is_uncrossing,
)
from tests.reference.triggers import traded_at
from tests.reference.turn import Turn
from tests.reference.walks import is_own

TOLD_MAX = (1 << 64) - 1


def tell_indications(turn: Turn) -> None:
    """Says of every auction what it would trade now, where that is not what was said last."""
    is_later = interval(turn.time_us) > interval(turn.state.time_us)
    for market in turn.state.markets.values():
        if not is_collecting(market) or not (is_later or crossing_levels(market) <= INDICATED_LEVELS_MAX):
            continue
        indicated = indication(market, turn.time_us)
        if indicated != market.indicated:
            market.indicated = indicated
            event = AuctionIndicated(
                market=market.id,
                surplus_side=indicated.side,
                price=indicated.price,
                volume=indicated.volume,
                surplus=indicated.surplus,
            )
            turn.events.append(event.encode())


def interval(time_us: int) -> int:
    """The stretch of time in which an auction that crosses deeply is told of once."""
    return time_us // INDICATION_INTERVAL_US


def indication(market: Market, now_us: int) -> Indicated:
    price = price_of_auction(market, now_us)
    if price is None:
        return Indicated()
    there = stretch_at(market, price, now_us)
    return Indicated(
        price=price,
        volume=min(there.volume, TOLD_MAX),
        surplus=min(there.surplus, TOLD_MAX),
        side=there.surplus_side,
    )


def end_auctions(turn: Turn) -> None:
    """Goes on with the auctions whose end has come, before a command is looked at."""
    for market in turn.state.markets.values():
        ended = is_collecting(market) and 0 < market.auction_ends_at_us <= turn.time_us
        if ended or is_uncrossing(market):
            uncross(turn, market)


def uncross(turn: Turn, market: Market) -> None:
    """Trades what crosses, and opens the market; stops where a command may do no more."""
    market.auction_ends_at_us = 0
    price, volume = 0, 0
    while is_crossed(market):
        fix_price(turn, market)
        if turn.auction_meetings == TRADES_MAX or turn.prices_fixed > FIXINGS_MAX:
            turn.events.append(AuctionUncrossed(market.id, price, volume, market.uncross_price).encode())
            return
        turn.auction_meetings += 1
        lots = meet(turn, market)
        if lots:
            price, volume = market.uncross_price, volume + lots
    turn.events.append(AuctionUncrossed(market.id, price, volume, 0).encode())
    change_status(turn, market, MarketStatus.OPEN)


def fix_price(turn: Turn, market: Market) -> None:
    """Keeps the price of the auction for as long as orders of both sides meet it."""
    bid, ask = market.halves[Side.BUY].best_price(), market.halves[Side.SELL].best_price()
    assert bid is not None
    assert ask is not None
    if market.uncross_price == 0 or not bid >= market.uncross_price >= ask:
        # Where only orders that are due cross there is no price, and none will trade.
        turn.prices_fixed += 1
        market.uncross_price = price_of_auction(market, turn.time_us) or ask


def meet(turn: Turn, market: Market) -> int:
    """The oldest orders at the best prices meet; the lots that they trade."""
    both = [market.halves[side].best_order() for side in (Side.BUY, Side.SELL)]
    orders = [order for order in both if order is not None]
    for order in orders:
        if order.is_due(turn.time_us):
            close(turn, order, CloseReason.EXPIRED)
            return 0
    maker, taker = sorted(orders, key=lambda order: order.id)
    lots = min(maker.shown, taker.shown)
    if is_own(turn.state, taker, maker):
        prevent_in_auction(turn, market, maker, taker, lots)
        return 0
    trade_in_auction(turn, market, maker, taker, lots)
    return lots


def prevent_in_auction(turn: Turn, market: Market, maker: Order, taker: Order, lots: int) -> None:
    done = what_is_done(taker)
    if done == SelfTradePrevention.DECREMENT:
        for order in (maker, taker):
            decrement(turn, market, order, lots)
    prevented = SelfTradePrevented(
        maker_order_id=maker.id,
        taker_order_id=taker.id,
        maker_account=maker.account,
        taker_account=taker.account,
        market=market.id,
        taker_side=taker.side,
        self_trade_prevention=done,
        price=market.uncross_price,
        quantity=lots,
        maker_remaining=maker.remaining,
        taker_remaining=taker.remaining,
    )
    turn.events.append(prevented.encode())
    if done in MAKER_IS_CLOSED or maker.remaining == 0:
        close(turn, maker, CloseReason.SELF_TRADE)
    if done not in MATCHING_GOES_ON or taker.remaining == 0:
        close(turn, taker, CloseReason.SELF_TRADE)
    if done == SelfTradePrevention.DECREMENT:
        close_other(turn, maker)
        close_other(turn, taker)


def decrement(turn: Turn, market: Market, order: Order, lots: int) -> None:
    """Takes lots from an order that rests, and gives back what it no longer needs."""
    turn.touch_level(market.id, order.side, order.price)
    order.quantity -= lots
    if order.side == Side.SELL:
        release(turn, order, lots * market.lot_size)
    else:
        release_beyond_need(turn, market, order)
    market.halves[order.side].give(order, lots)


def release_beyond_need(turn: Turn, market: Market, order: Order) -> None:
    release(turn, order, max(0, order.held - need(order, market, order.remaining)))


def trade_in_auction(turn: Turn, market: Market, maker: Order, taker: Order, lots: int) -> None:
    """Both pay as makers, and nobody is paid."""
    price = market.uncross_price
    notional = market.notional(price, lots)
    fees = {}
    for order in (maker, taker):
        turn.touch_level(market.id, order.side, order.price)
        fees[order.id] = max(0, maker_fee(order, notional))
        order.filled_quantity += lots
        order.fee += fees[order.id]
        settle(turn, market, order, lots, notional, fees[order.id])
        order.maker_notional += notional
    if market.band.interruption_ppm != 0:
        market.interruption_reference = InterruptionReference(price, turn.time_us)
    tell_trade(turn, market, maker, taker, lots, price, fees[maker.id], fees[taker.id], auction=True)
    for order in (maker, taker):
        market.halves[order.side].give(order, lots)
    for order in (maker, taker):
        if order.remaining == 0:
            close(turn, order, CloseReason.FILLED)
        elif order.side == Side.BUY:
            release_beyond_need(turn, market, order)
    close_other(turn, maker)
    close_other(turn, taker)
    traded_at(market, price)


def maker_fee(order: Order, notional: int) -> int:
    paid = fee(order.maker_fee_ppm, order.maker_notional)
    return fee(order.maker_fee_ppm, order.maker_notional + notional) - paid
