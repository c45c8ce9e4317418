"""Taking orders in: the hold (5.3), the memory of ids (5.6), and the way into matching."""

from dataclasses import dataclass

from cse.domain import codes
from cse.engine.wire import (
    OrderAccepted,
    OrderRejected,
    OrderRepeated,
    OrderType,
    PlaceOrder,
    SelfTradePrevention,
    Side,
)
from tests.reference.checks import (
    check_amounts,
    check_kind,
    check_open_orders,
    check_standing,
    check_times,
    price_if_post_only,
)
from tests.reference.client_ids import WIDTH, digest_of, recall, without_padding
from tests.reference.expiring import kept_time_us
from tests.reference.fees import fee, hold_of_limit_buy
from tests.reference.matching import match
from tests.reference.rates import rates_of_order
from tests.reference.state import Market, Order, Remembered
from tests.reference.turn import Refused, Turn
from tests.reference.walks import Walk, walk


@dataclass
class Placement:
    """A `PlaceOrder` as it came; the id is `None` where it is not valid."""

    asked: PlaceOrder
    client_order_id: bytes | None
    digest: int


@dataclass
class Hold:
    """What an order must have, and the walk of a sell by quote amount."""

    asset: int
    units: int
    walked: Walk | None = None


def place_order(turn: Turn, command: bytes) -> None:
    placement = placement_of(command)
    try:
        if is_new(turn, placement):
            enter(turn, placement)
    except Refused as refused:
        reject(turn, placement, refused)


def placement_of(command: bytes) -> Placement:
    # The id may be any bytes, which the reader of messages would not let pass.
    asked = PlaceOrder.decode(command[:-WIDTH] + bytes(WIDTH))
    return Placement(asked, without_padding(command[-WIDTH:]), digest_of(command))


def reject(turn: Turn, placement: Placement, refused: Refused) -> None:
    asked, shown = placement.asked, (placement.client_order_id or b"").decode("ascii")
    event = OrderRejected(asked.account, asked.market, refused.code.number, shown)
    turn.events.append(event.encode())


def is_new(turn: Turn, placement: Placement) -> bool:
    """The checks 1 to 4; an order that came before is answered as a repeated one."""
    state, asked = turn.state, placement.asked
    account = state.accounts.get(asked.account)
    if account is None:
        raise Refused(codes.ACCOUNT_UNKNOWN)
    if asked.market not in state.markets:
        raise Refused(codes.MARKET_UNKNOWN)
    if placement.client_order_id is None:
        raise Refused(codes.INVALID_CLIENT_ORDER_ID)
    known = recall(account, placement.client_order_id, turn.time_us)
    if known is None:
        return True
    if known.digest != placement.digest:
        raise Refused(codes.CLIENT_ORDER_ID_CONFLICT)
    repeated = OrderRepeated(known.order_id, known.original_sequence, asked.account, asked.market)
    turn.events.append(repeated.encode())
    return False


def enter(turn: Turn, placement: Placement) -> None:
    """Takes a new order in, if the rest of the checks let it pass, and matches it."""
    order, hold = examined(turn, placement)
    accept(turn, placement.asked, order, hold)
    if order.client_order_id:
        remembered = Remembered(order.id, turn.sequence, placement.digest)
        turn.state.accounts[order.account].remembered[order.client_order_id] = remembered
    match(turn, turn.state.markets[order.market], order, hold.walked)


def examined(turn: Turn, placement: Placement) -> tuple[Order, Hold]:
    """The checks 5 to 14; the order that passes them, and what it is to hold."""
    state, asked = turn.state, placement.asked
    market = state.markets[asked.market]
    account = state.accounts[asked.account]
    check_standing(account, market)
    check_kind(asked, market)
    check_times(asked, market, turn.time_us)
    check_amounts(asked, market)
    check_open_orders(state, asked, market)
    price = price_if_post_only(market, asked.side, asked.flags, asked.price, asked.quantity)
    rates = rates_of_order(market, account, turn.time_us)
    order = Order(
        id=state.last_order_id + 1,
        account=asked.account,
        market=market.id,
        side=asked.side,
        order_type=asked.order_type,
        time_in_force=asked.time_in_force,
        prevention=asked.self_trade_prevention or SelfTradePrevention.CANCEL_NEWEST,
        flags=asked.flags,
        price=price,
        quantity=asked.quantity,
        quote_amount=asked.quote_amount,
        maker_fee_ppm=rates.maker_ppm,
        taker_fee_ppm=rates.taker_ppm,
        accepted_sequence=turn.sequence,
        accepted_at_us=turn.time_us,
        expires_at_us=kept_time_us(asked.time_in_force, asked.expires_at_us, turn.time_us),
        display_quantity=asked.display_quantity,
        client_order_id=placement.client_order_id or b"",
    )
    hold = hold_of(turn, market, order)
    if state.balance(order.account, hold.asset).available < hold.units:
        raise Refused(codes.INSUFFICIENT_FUNDS)
    return order, hold


def hold_of(turn: Turn, market: Market, order: Order) -> Hold:
    """What the order holds; sets the quantity of a sell by quote amount."""
    if order.side == Side.SELL:
        walked = None
        if order.quote_amount != 0:
            walked = walk(turn.state, market, order, turn.time_us)
            order.quantity = walked.lots
        return Hold(market.base, order.quantity * market.lot_size, walked)
    if order.order_type == OrderType.LIMIT:
        return Hold(market.quote, hold_of_limit_buy(order, market.notional(order.price, order.quantity)))
    if order.quote_amount != 0:
        return Hold(market.quote, order.quote_amount)
    notional = walk(turn.state, market, order, turn.time_us).notional
    return Hold(market.quote, notional + fee(order.taker_fee_ppm, notional))


def accept(turn: Turn, asked: PlaceOrder, order: Order, hold: Hold) -> None:
    turn.state.last_order_id = order.id
    turn.state.open_orders[order.id] = order
    if order.expires_at_us:
        turn.state.none_ends_before_us = min(turn.state.none_ends_before_us, order.expires_at_us)
    balance = turn.balance(order.account, hold.asset)
    balance.available -= hold.units
    balance.locked += hold.units
    order.held = hold.units
    accepted = OrderAccepted(
        order_id=order.id,
        account=order.account,
        market=order.market,
        side=order.side,
        order_type=order.order_type,
        time_in_force=order.time_in_force,
        self_trade_prevention=order.prevention,
        flags=order.flags,
        price=order.price,
        quantity=asked.quantity,
        quote_amount=order.quote_amount,
        maker_fee_ppm=order.maker_fee_ppm,
        taker_fee_ppm=order.taker_fee_ppm,
        stop_price=asked.stop_price,
        trailing_delta=asked.trailing_delta,
        display_quantity=asked.display_quantity,
        expires_at_us=order.expires_at_us,
        client_order_id=order.client_order_id.decode("ascii"),
    )
    turn.events.append(accepted.encode())
