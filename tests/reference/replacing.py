"""Cancelling an order and placing another, as one (5.9)."""

from collections.abc import Iterator
from contextlib import contextmanager

from cse.domain import codes
from cse.engine.wire import (
    CancelOrder,
    CloseReason,
    CommandRejected,
    ReplaceMode,
    ReplaceOrder,
)
from tests.reference.cancelling import order_meant
from tests.reference.client_ids import WIDTH
from tests.reference.closing import close
from tests.reference.placing import Placement, enter, examined, is_new, is_place_order, placement_of, reject
from tests.reference.state import Order, Phase
from tests.reference.turn import Refused, Turn

ID_AT, ID_END = 16, 16 + WIDTH


def replace_order(turn: Turn, command: bytes) -> None:
    # The id may be any bytes, which the reader of messages would not let pass.
    blank = command[:ID_AT] + bytes(WIDTH) + command[ID_END:]
    asked = ReplaceOrder.decode(blank)
    tail = command[ReplaceOrder.WIDTH :]
    if not is_place_order(tail):
        raise Refused(codes.MALFORMED_COMMAND)
    placement = placement_of(tail)
    account = placement.asked.account
    if asked.mode not in list(ReplaceMode):
        raise Refused(codes.INVALID_REPLACE_MODE, account=account, reference=asked.order_id)
    named = account, asked.order_id, command[ID_AT:ID_END]
    try:
        if not is_new(turn, placement):
            return
    except Refused as refused:
        reject(turn, placement, refused)
        return
    if asked.mode == ReplaceMode.STOP_ON_FAILURE:
        both_or_nothing(turn, order_to_go(turn, named), placement)
    else:
        each_for_itself(turn, named, placement)


def order_to_go(turn: Turn, named: tuple[int, int, bytes]) -> Order:
    """The order that is to be cancelled, which must be alone."""
    order = order_meant(turn, *named)
    if order.linked is not None:
        raise Refused(codes.ORDER_IS_LINKED, account=order.account, reference=order.id)
    return order


def both_or_nothing(turn: Turn, order: Order, placement: Placement) -> None:
    try:
        with taken_away(turn, order):
            examined(turn, placement)
    except Refused as refused:
        reject(turn, placement, refused)
        return
    close(turn, order, CloseReason.CANCELLED)
    enter(turn, placement)


def each_for_itself(turn: Turn, named: tuple[int, int, bytes], placement: Placement) -> None:
    try:
        close(turn, order_to_go(turn, named), CloseReason.CANCELLED)
    except Refused as refused:
        kind, code = CancelOrder.KIND, refused.code.number
        turn.events.append(CommandRejected(kind, code, refused.account, refused.reference).encode())
    try:
        enter(turn, placement)
    except Refused as refused:
        reject(turn, placement, refused)


@contextmanager
def taken_away(turn: Turn, order: Order) -> Iterator[None]:
    """The state as it would be after a cancel of the order, for as long as one looks at it."""
    state = turn.state
    market = state.markets[order.market]
    half = market.halves[order.side]
    balance = state.balance(order.account, market.asset_held(order.side))
    # What waits or is fired is seen by nothing that is looked at meanwhile.
    rests = order.phase == Phase.BOOK
    place_in_queue = half.levels[order.price].index(order) if rests else 0
    if rests:
        half.leave(order)
    del state.open_orders[order.id]
    balance.available += order.held
    balance.locked -= order.held
    try:
        yield
    finally:
        if rests:
            half.put_back(order, place_in_queue)
        state.open_orders[order.id] = order
        balance.available -= order.held
        balance.locked += order.held
