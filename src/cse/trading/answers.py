"""What the events of an order's command say to the one who sent it."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.message import HEADER
from cse.engine.models import DatedTrade
from cse.trading.changes import after
from cse.trading.models import Fill, PlacedOrderList
from cse.trading.refusals import refusal
from cse.trading.texts import MarketTexts
from cse.trading.views import OrderRecord, fill_view, of_accepted, order_view
from cse.trading.writing import write_placed

_ACCEPTED: Final = wire.OrderAccepted.KIND
_REJECTED: Final = wire.OrderRejected.KIND
_REPEATED: Final = wire.OrderRepeated.KIND
_TRADED: Final = wire.Traded.KIND
_PREVENTED: Final = wire.SelfTradePrevented.KIND
_CLOSED: Final = wire.OrderClosed.KIND
# A trade that is not made sends the market into auction, before the order closes.
_STATUS: Final = wire.MarketStatusChanged.KIND
_REFUSED: Final = wire.CommandRejected.KIND


class Placement(NamedTuple):
    """What came of a placement, a `PlacedOrder` as JSON; `repeated` when an earlier one got it."""

    answer: bytes
    sequence: int
    repeated: bool


class ListPlacement(NamedTuple):
    """What came of a list; `repeated` when an earlier one got it."""

    answer: PlacedOrderList
    repeated: bool


class Repeated(NamedTuple):
    """The order came before; the answer it got then stands at `original_sequence`."""

    original_sequence: int


def placed(events: bytes, sequence: int, time_us: int, texts: MarketTexts) -> bytes | Repeated:
    """The answer to a placement, a `PlacedOrder` as JSON.

    It is made of the events alone, so that a repeat gets the same.

    Raises:
        CodedError: the core refused the order.
    """
    kind, _, length = HEADER.unpack_from(events)
    if kind != _ACCEPTED:
        return _not_accepted(events, kind, texts.market)
    accepted = wire.OrderAccepted.decode(events)
    trades: list[wire.Traded] = []
    closed: wire.OrderClosed | None = None
    prevented: list[wire.SelfTradePrevented] = []
    offset, end = length, len(events)
    while offset < end:
        kind, _, length = HEADER.unpack_from(events, offset)
        if kind == _TRADED:
            trades.append(wire.Traded.decode(events, offset))
        elif kind == _CLOSED:
            one = wire.OrderClosed.decode(events, offset)
            if one.order_id == accepted.order_id:
                closed = one
        elif kind == _PREVENTED:
            prevented.append(wire.SelfTradePrevented.decode(events, offset))
        elif kind != _STATUS:
            # Depth and balances come last.
            break
        offset += length
    return write_placed(accepted, trades, closed, sequence, time_us, texts, prevented)


def placed_list(events: bytes, sequence: int, time_us: int, texts: MarketTexts) -> PlacedOrderList | Repeated:
    """The answer to a list: its orders as they are when the command has done all of its own.

    Raises:
        CodedError: the core refused the list, or one of its orders.
    """
    kind, _, _ = HEADER.unpack_from(events)
    if kind != _ACCEPTED:
        return _not_accepted(events, kind, texts.market)
    records: dict[int, OrderRecord] = {}
    fills: list[Fill] = []
    first_account = wire.OrderAccepted.decode(events).account
    for _, offset, _ in wire.messages(events):
        event = wire.decode_any(events, offset)
        if isinstance(event, wire.DepthChanged | wire.BalanceChanged):
            # They come last.
            break
        if isinstance(event, wire.OrderAccepted):
            records[event.order_id] = of_accepted(event, time_us, [], None)
            continue
        if isinstance(event, wire.Traded) and (
            event.taker_order_id in records or event.maker_order_id in records
        ):
            fills.append(fill_view(DatedTrade(sequence, time_us, event), first_account, texts))
        for order_id, record in records.items():
            records[order_id] = after(record, event, time_us) or record
    orders = [order_view(record, texts) for record in records.values()]
    return PlacedOrderList(orders, fills, str(sequence))


def _not_accepted(events: bytes, kind: int, market: Market) -> Repeated:
    if kind == _REPEATED:
        return Repeated(wire.OrderRepeated.decode(events).original_sequence)
    if kind == _REJECTED:
        raise refusal(wire.OrderRejected.decode(events).code, market)
    raise refusal(wire.CommandRejected.decode(events).code, market)


# The closing, or the number of the code that refused it; None where none was tried.
CancelHalf: TypeAlias = wire.OrderClosed | int | None


class Halves(NamedTuple):
    """What came of a replacement: of each half what it brought about, or the code that refused it.

    `placement` is empty where it is refused as a whole, by the code in `cancelled`.
    """

    cancelled: CancelHalf
    placement: bytes


def halves(events: bytes) -> Halves:
    """A replacement's events, apart: the cancel, and what `placed` reads."""
    kind, _, length = HEADER.unpack_from(events)
    if kind == _CLOSED:
        return Halves(wire.OrderClosed.decode(events), events[length:])
    if kind != _REFUSED:
        return Halves(None, events)
    rejected = wire.CommandRejected.decode(events)
    is_whole = rejected.command != wire.CancelOrder.KIND
    return Halves(rejected.code, b"" if is_whole else events[length:])


def placement_of(events: bytes) -> bytes:
    """The events of a placement in those of its command, which may be a replacement."""
    for kind, offset, _ in wire.messages(events):
        if kind == _ACCEPTED:
            return events[offset:]
    return events


def amended(events: bytes) -> int:
    """0, or the number of the code that refused an amend."""
    kind, _, _ = HEADER.unpack_from(events)
    return wire.CommandRejected.decode(events).code if kind == _REFUSED else 0


def cancelled(events: bytes) -> wire.OrderClosed | int:
    """The closing that a cancel brought about, or the number of the code that refused it."""
    kind, _, _ = HEADER.unpack_from(events)
    if kind == _CLOSED:
        return wire.OrderClosed.decode(events)
    return wire.CommandRejected.decode(events).code


def timer_set(events: bytes) -> int:
    """When a cancel timer that was set fires, microseconds UTC, or 0; raises its refusal."""
    kind, _, _ = HEADER.unpack_from(events)
    if kind == _REFUSED:
        raise refusal(wire.CommandRejected.decode(events).code, None)
    return wire.CancelTimerSet.decode(events).fires_at_us


def cancelled_count(events: bytes) -> int:
    """How many orders a cancel of all closed."""
    for kind, offset, _ in wire.messages(events):
        if kind == wire.OrdersCancelled.KIND:
            return wire.OrdersCancelled.decode(events, offset).count
        if kind == wire.CommandRejected.KIND:
            raise refusal(wire.CommandRejected.decode(events, offset).code, None)
    raise wire.Malformed("a cancel of all gave no count")
