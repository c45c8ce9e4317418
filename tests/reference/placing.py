"""Taking orders in: the hold (5.3), the memory of ids (5.6), and the way into matching."""

import struct
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
    check_would_trigger,
    price_if_post_only,
)
from tests.reference.client_ids import WIDTH, fnv_1a_64, recall, remembered_of, without_padding
from tests.reference.expiring import kept_time_us
from tests.reference.fees import fee, hold_by_terms
from tests.reference.matching import match
from tests.reference.rates import rates_of_order
from tests.reference.risk import check_risk, count_notional, measure
from tests.reference.short_messages import leaves_out_zeros, spelled_out, with_readable_id
from tests.reference.state import TRIGGERS, Market, Order, Remembered
from tests.reference.triggers import begin_to_trail, wait
from tests.reference.turn import Refused, Turn
from tests.reference.walks import Walk, walk


@dataclass
class Placement:
    """A `PlaceOrder` as it came; the id is `None` where it is not valid.

    `content` are the bytes that must be the same where the id comes again.
    """

    asked: PlaceOrder
    client_order_id: bytes | None
    content: bytes

    @property
    def digest(self) -> int:
        return fnv_1a_64(self.content)


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
    return Placement(asked_of(command), client_order_id_of(command), remembered_of(spelled_out(command)))


def is_place_order(message: bytes) -> bool:
    """Whether the bytes are one whole `PlaceOrder`."""
    header = struct.pack("<HHI", PlaceOrder.KIND, 0, len(message))
    return message.startswith(header) and leaves_out_zeros(PlaceOrder.KIND, message)


def asked_of(command: bytes) -> PlaceOrder:
    """The order without its id, which may be any bytes that the reader would not let pass."""
    return PlaceOrder.decode(with_readable_id(command))._replace(client_order_id="")


def client_order_id_of(command: bytes) -> bytes | None:
    """The client's order id, empty for none; None where it is not padded with zeros."""
    return without_padding(spelled_out(command)[-WIDTH:])


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
    """Takes a new order in, if the rest of the checks let it pass; it is matched, or waits."""
    order, hold = examined(turn, placement)
    market = turn.state.markets[order.market]
    begin_to_trail(market, order)
    accept(turn, placement, order, hold)
    if order.order_type in TRIGGERS:
        wait(market, order)
    else:
        match(turn, market, order, hold.walked)


def examined(turn: Turn, placement: Placement, *, listed: bool = False) -> tuple[Order, Hold]:
    """The checks 5 to 15; the order that passes them, and what it is to hold."""
    order = checked(turn, placement, listed=listed)
    hold = hold_of(turn, turn.state.markets[order.market], order)
    check_funds(turn, order, hold)
    check_risk(turn, turn.state.markets[order.market], order)
    return order, hold


def checked(turn: Turn, placement: Placement, more_open: int = 0, *, listed: bool = False) -> Order:
    """The checks 5 to 13, also of one of a list, before which stand `more_open` others of it."""
    state, asked = turn.state, placement.asked
    market = state.markets[asked.market]
    account = state.accounts[asked.account]
    check_standing(account, market)
    check_kind(asked, market)
    check_times(asked, market, turn.time_us, listed=listed)
    check_amounts(asked, market)
    check_open_orders(state, asked, market, more_open)
    price = price_if_post_only(market, asked.side, asked.flags, asked.price, asked.quantity)
    check_would_trigger(market, asked.side, asked.order_type, asked.stop_price)
    return order_of(turn, placement, price)


def order_of(turn: Turn, placement: Placement, price: int) -> Order:
    """The order as it is to be taken in, at a price; its id is that of the next one."""
    asked = placement.asked
    market = turn.state.markets[asked.market]
    rates = rates_of_order(market, turn.state.accounts[asked.account], turn.time_us)
    return Order(
        id=turn.state.last_order_id + 1,
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
        stop_price=asked.stop_price,
        trailing_delta=asked.trailing_delta,
    )


def check_funds(turn: Turn, order: Order, hold: Hold) -> None:
    """Check 14."""
    if turn.state.balance(order.account, hold.asset).available < hold.units:
        raise Refused(codes.INSUFFICIENT_FUNDS)


def hold_of(turn: Turn, market: Market, order: Order) -> Hold:
    """What the order holds; sets the quantity of a sell by quote amount."""
    if order.side == Side.SELL:
        walked = None
        if order.quote_amount != 0:
            walked = walk(turn.state, market, order, turn.time_us)
            order.quantity = walked.lots
        return Hold(market.base, order.quantity * market.lot_size, walked)
    if order.order_type != OrderType.MARKET:
        return Hold(market.quote, hold_by_terms(order, market))
    if order.quote_amount != 0:
        return Hold(market.quote, order.quote_amount)
    notional = walk(turn.state, market, order, turn.time_us).notional
    return Hold(market.quote, notional + fee(order.taker_fee_ppm, notional))


def accept(turn: Turn, placement: Placement, order: Order, hold: Hold, counted: int = 0) -> None:
    """The order is open, holds what it is to hold, and is remembered.

    `counted` is what was counted already of all that it asks for, with another.
    """
    asked = placement.asked
    market = turn.state.markets[order.market]
    count_notional(turn, market, order.account, measure(market, order) - counted)
    order.id = turn.state.last_order_id + 1
    turn.state.last_order_id = order.id
    turn.state.open_orders[order.id] = order
    if order.expires_at_us:
        turn.state.none_ends_before_us = min(turn.state.none_ends_before_us, order.expires_at_us)
    balance = turn.balance(order.account, hold.asset)
    balance.available -= hold.units
    balance.locked += hold.units
    order.held = hold.units
    if order.client_order_id:
        remembered = Remembered(order.id, turn.sequence, placement.digest)
        turn.state.accounts[order.account].remembered[order.client_order_id] = remembered
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
        stop_price=order.stop_price,
        trailing_delta=order.trailing_delta,
        display_quantity=order.display_quantity,
        expires_at_us=order.expires_at_us,
        client_order_id=order.client_order_id.decode("ascii"),
    )
    turn.events.append(accepted.encode())
