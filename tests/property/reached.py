"""Counts which rules commands have reached: a rule that no command reached is not proven."""

from collections import Counter
from collections.abc import Iterator
from enum import IntEnum
from functools import cache

from cse.domain import codes
from cse.engine import wire
from cse.engine.wire import (
    OrderListKind,
    OrderType,
    ReplaceOrder,
    SelfTradePrevention,
    TimeInForce,
    TransferCondition,
    messages,
)
from tests.property.heard import Heard
from tests.reference.state import may_rest


def reached(command: bytes, group: Heard) -> list[str]:
    """A word for each event of a group, each code, each reason to close, and each sort of order."""
    events = group.events
    words = [word for event in events for word in words_of(event)]
    words += firing(events)
    if command[:2] == ReplaceOrder.KIND.to_bytes(2, "little"):
        words += replacement(events)
    words += conditions_met(group)
    return words + words_of_arrival(events)


def firing(events: list[wire.AnyMessage]) -> list[str]:
    """Whether orders that had fired were carried out before the command, and how many there were."""
    fired = [event for event in events if isinstance(event, wire.OrderTriggered)]
    words = ["several triggered"] if len(fired) > 1 else []
    if events and isinstance(events[0], wire.BeforeCommand):
        before, length = [], events[0].length
        for event in events[1:]:
            if length > 0:
                before.append(event)
                length -= len(event.encode())
        words += ["triggered before a command" for event in before if isinstance(event, wire.OrderTriggered)][
            :1
        ]
    return words


def conditions_met(group: Heard) -> Iterator[str]:
    """The conditions of the legs of transfers that were made or held."""
    for event, start in zip(group.events, [0, *group.ends], strict=False):
        if isinstance(event, wire.TransferMade | wire.TransferHeld):
            legs = event.tail(group.tail, start)
            for _, offset, _ in messages(legs):
                condition = wire.TransferLeg.decode(legs, offset).condition
                if condition != 0:
                    yield f"condition {name_of(TransferCondition, condition)}"


def words_of_arrival(events: list[wire.AnyMessage]) -> list[str]:
    """What became of an order that was taken in and could have rested."""
    words = []
    arrived = {event.order_id for event in events if isinstance(event, wire.OrderAccepted) and rests(event)}
    for event in events:
        if isinstance(event, wire.OrderClosed) and event.order_id in arrived:
            words.append(f"arrived and closed {name_of(wire.CloseReason, event.reason)}")
        if isinstance(event, wire.MarketStatusChanged) and arrived:
            words.append("arrived and interrupted the market")
    return words


def rests(order: wire.OrderAccepted) -> bool:
    return may_rest(order.order_type, order.time_in_force)


def replacement(events: list[wire.AnyMessage]) -> list[str]:
    """What became of the two halves of a replacement that was not refused before either."""
    placed = [event for event in events if isinstance(event, wire.OrderAccepted | wire.OrderRejected)]
    if not placed:
        return []
    cancelled = any(
        isinstance(event, wire.OrderClosed) and event.reason == wire.CloseReason.CANCELLED for event in events
    )
    halves = ("cancelled" if cancelled else "not cancelled"), type(placed[0]).__name__
    return [f"replaced: {halves[0]}, {halves[1]}"]


def words_of(event: wire.AnyMessage) -> list[str]:
    words = [f"event {type(event).__name__}"]
    match event:
        case wire.OrderRejected() | wire.CommandRejected():
            words.append(f"code {codes.BY_NUMBER[event.code].name}")
        case wire.OrderClosed():
            words.append(f"closed {name_of(wire.CloseReason, event.reason)}")
        case wire.MarketStatusChanged():
            words.append(f"market {name_of(wire.MarketStatus, event.status)}")
        case wire.Traded() if event.auction:
            words.append("traded in an auction")
        case wire.OrderAccepted():
            words += sort_of(event)
        case wire.OrderAmended():
            words.append("amended in its place" if event.keeps_priority else "amended to the end")
        case wire.OrdersLinked():
            words.append(f"linked {name_of(OrderListKind, event.kind)}")
        case wire.AccountFlagged():
            words.append(f"flagged {name_of(wire.RiskPattern, event.pattern)}")
        case wire.SelfTradePrevented():
            words.append(f"prevented {name_of(SelfTradePrevention, event.self_trade_prevention)}")
    return words


def sort_of(order: wire.OrderAccepted) -> list[str]:
    """The sort of an order that was taken in."""
    kind = name_of(OrderType, order.order_type)
    prevention = name_of(SelfTradePrevention, order.self_trade_prevention)
    amount = "amount " if order.quote_amount else ""
    iceberg = "iceberg " if order.display_quantity else ""
    bound = "bounded " if kind == "market" and order.price else ""
    return [
        f"order {kind} {amount}{bound}{iceberg}{name_of(TimeInForce, order.time_in_force)} flags {order.flags}",
        f"prevention {prevention}",
    ]


@cache
def name_of(kind: type[IntEnum], value: int) -> str:
    """What a value is called among those of its kind."""
    return kind(value).name.lower()


def listed(counts: Counter[str]) -> str:
    """The counts as text, one line a word."""
    return "\n".join(f"{count:>10,}  {word}" for word, count in sorted(counts.items()))
