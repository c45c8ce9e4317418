"""What the events of an order's command say to the one who sent it."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.message import HEADER
from cse.engine.models import DatedTrade
from cse.trading.answers.refusals import Sent, refusal
from cse.trading.answers.writing import write_placed
from cse.trading.models import Fill, PlacedOrderList, PreventedTrade
from cse.trading.views.changes import after
from cse.trading.views.fills import fill_view, prevented_view
from cse.trading.views.orders import OrderRecord, of_accepted, order_view
from cse.trading.views.texts import MarketTexts

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


def placed(
    events: bytes, sequence: int, time_us: int, texts: MarketTexts, sent: Sent = ()
) -> bytes | Repeated:
    """The answer to the placement of what was `sent`, a `PlacedOrder` as JSON.

    It is made of the events alone, so that a repeat gets the same.

    Raises:
        CodedError: the core refused the order.
    """
    kind, _, length = HEADER.unpack_from(events)
    if kind != _ACCEPTED:
        return _not_accepted(events, kind, texts.market, sent)
    accepted = wire.OrderAccepted.decode(events)
    met = met_at_once(events, length, accepted.order_id)
    return write_placed(accepted, met.trades, met.closed, sequence, time_us, texts, met.prevented)


class Met(NamedTuple):
    """What an incoming order traded, and did not trade with, and how it closed if it did."""

    trades: list[wire.Traded]
    prevented: list[wire.SelfTradePrevented]
    closed: wire.OrderClosed | None


def met_at_once(events: bytes, offset: int, order_id: int) -> Met:
    """What becomes of an order by the events of its own matching, which begin at `offset`."""
    trades: list[wire.Traded] = []
    closed: wire.OrderClosed | None = None
    prevented: list[wire.SelfTradePrevented] = []
    end = len(events)
    while offset < end:
        kind, _, length = HEADER.unpack_from(events, offset)
        if kind == _TRADED:
            trades.append(wire.Traded.decode(events, offset))
        elif kind == _CLOSED:
            one = wire.OrderClosed.decode(events, offset)
            if one.order_id == order_id:
                closed = one
        elif kind == _PREVENTED:
            prevented.append(wire.SelfTradePrevented.decode(events, offset))
        elif kind != _STATUS:
            # What it fires, depth and balances come last.
            break
        offset += length
    return Met(trades, prevented, closed)


def placed_list(
    events: bytes, sequence: int, time_us: int, texts: MarketTexts, sent: Sent = ()
) -> PlacedOrderList | Repeated:
    """The answer to a list: its orders as they are when the command has done all of its own.

    Raises:
        CodedError: the core refused the list, or one of its orders.
    """
    kind, _, _ = HEADER.unpack_from(events)
    if kind != _ACCEPTED:
        return _not_accepted(events, kind, texts.market, sent)
    records: dict[int, OrderRecord] = {}
    fills: list[Fill] = []
    prevented: list[PreventedTrade] = []
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
        if isinstance(event, wire.SelfTradePrevented) and (
            event.taker_order_id in records or event.maker_order_id in records
        ):
            prevented.append(prevented_view(event, sequence, time_us, texts))
        for order_id, record in records.items():
            records[order_id] = after(record, event, time_us) or record
    # What an order of the list does when it is fired by it is in no revision before the next.
    orders = [order_view(record._replace(revision=sequence - 1), texts) for record in records.values()]
    return PlacedOrderList(orders, fills, prevented, str(sequence))


def _not_accepted(events: bytes, kind: int, market: Market, sent: Sent) -> Repeated:
    if kind == _REPEATED:
        return Repeated(wire.OrderRepeated.decode(events).original_sequence)
    if kind == _REJECTED:
        raise refusal(wire.OrderRejected.decode(events).code, market, sent)
    raise refusal(wire.CommandRejected.decode(events).code, market, sent)


def placement_of(events: bytes) -> bytes:
    """The events of a placement in those of its command, which may be a replacement."""
    for kind, offset, _ in wire.messages(events):
        if kind == _ACCEPTED:
            return events[offset:]
    return events
