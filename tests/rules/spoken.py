"""Events as short lines, which tables of cases compare."""

from collections.abc import Callable, Iterator
from typing import Any

from cse.domain import codes
from cse.engine import wire
from cse.engine.wire import (
    CloseReason,
    Group,
    MarketStatus,
    OrderListKind,
    RiskPattern,
    SelfTradePrevention,
    Side,
    decode_any,
    messages,
)


def lines(group: bytes) -> Iterator[str]:
    """The lines of a group's events; an event without words of its own is told by its name.

    `BeforeCommand` is left out: it counts the bytes of events that have lines of their own.
    """
    tail = Group.tail(group)
    for kind, offset, _ in messages(tail):
        if kind == wire.BeforeCommand.KIND:
            continue
        event = decode_any(tail, offset)
        say = WORDS.get(type(event))
        yield type(event).__name__ if say is None else say(event)


def rejected(event: wire.OrderRejected | wire.CommandRejected) -> str:
    return f"rejected {codes.BY_NUMBER[event.code].name}"


def counted(event: wire.OrdersExpired | wire.OrdersCancelled | wire.MarketOrdersCancelled) -> str:
    return f"{type(event).__name__} {event.count}"


def traded(event: wire.Traded) -> str:
    fees = f"maker {event.maker_fee} taker {event.taker_fee} creator {event.creator_fee}"
    both = (
        f"{event.taker_order_id} and {event.maker_order_id}" if event.auction else f"{event.maker_order_id}"
    )
    return f"traded {event.quantity} at {event.price} with {both}: {fees}"


def closed(event: wire.OrderClosed) -> str:
    reason = CloseReason(event.reason).name.lower()
    whole = event.filled_quantity + event.remaining_quantity
    return f"closed {event.order_id} {reason}: {event.filled_quantity} of {whole}"


def amended(event: wire.OrderAmended) -> str:
    place = "keeps its place" if event.keeps_priority else "loses its place"
    left = f"{event.remaining_quantity} left"
    return f"amended {event.order_id}: {event.quantity} at {event.price}, {left}, {place}"


def prevented(event: wire.SelfTradePrevented) -> str:
    done = SelfTradePrevention(event.self_trade_prevention).name.lower()
    left = f"{event.maker_remaining} and {event.taker_remaining} left"
    return f"prevented {event.quantity} at {event.price} with {event.maker_order_id}: {done}, {left}"


def linked(event: wire.OrdersLinked) -> str:
    ids = [event.first, event.second, *([event.third] if event.third else [])]
    return f"linked {' and '.join(map(str, ids))} as {OrderListKind(event.kind).name.lower()}"


def activated(event: wire.OrderActivated) -> str:
    stop = f" with stop {event.stop_price}" if event.stop_price else ""
    return f"activated {event.order_id}: {event.quantity}{stop}"


def timer_set(event: wire.CancelTimerSet) -> str:
    fires = f"fires at {event.fires_at_us}" if event.fires_at_us else "is none"
    return f"timer of {event.account} {fires}"


def status(event: wire.MarketStatusChanged) -> str:
    until = f" until {event.auction_ends_at_us}" if event.auction_ends_at_us else ""
    return f"market {MarketStatus(event.status).name.lower()}{until}"


def indicated(event: wire.AuctionIndicated) -> str:
    if event.price == 0:
        return "indicated nothing"
    surplus = f", {event.surplus} {Side(event.surplus_side).name.lower()} left" if event.surplus else ""
    return f"indicated {event.volume} at {event.price}{surplus}"


def uncrossed(event: wire.AuctionUncrossed) -> str:
    done = f"uncrossed {event.volume} at {event.price}" if event.price else "uncrossed nothing"
    return f"{done}, goes on at {event.uncross_price}" if event.uncross_price else done


def flagged(event: wire.AccountFlagged) -> str:
    filled = f", {event.fills} filled" if event.pattern == RiskPattern.CANCELS else ""
    pattern = RiskPattern(event.pattern).name.lower()
    return f"flagged {event.account} {pattern}: {event.counted} of {event.bound}{filled}"


WORDS: dict[type, Callable[[Any], str]] = {
    wire.OrderAccepted: lambda event: f"accepted {event.order_id}",
    wire.OrderRejected: rejected,
    wire.CommandRejected: rejected,
    wire.OrderRepeated: lambda event: f"repeated {event.order_id}",
    wire.Traded: traded,
    wire.OrderClosed: closed,
    wire.OrdersExpired: counted,
    wire.OrdersCancelled: counted,
    wire.OrderAmended: amended,
    wire.SelfTradePrevented: prevented,
    wire.OrdersLinked: linked,
    wire.OrderTriggered: lambda event: f"triggered {event.order_id} at {event.last_price}",
    wire.OrderActivated: activated,
    wire.CancelTimerSet: timer_set,
    wire.CancelTimerFired: lambda event: f"timer of {event.account} fired: {event.count} cancelled",
    wire.TransferHeld: lambda event: f"held {event.transfer}",
    wire.TransferSettled: lambda event: f"settled {event.transfer}",
    wire.TransferVoided: lambda event: f"voided {event.transfer}",
    wire.MarketStatusChanged: status,
    wire.MarketOrdersCancelled: counted,
    wire.AuctionIndicated: indicated,
    wire.AuctionUncrossed: uncrossed,
    wire.AccountFlagged: flagged,
    wire.DepthChanged: lambda event: f"depth {Side(event.side).name.lower()} {event.price}: {event.quantity}",
    wire.BalanceChanged: lambda event: (
        f"balance {event.account} {event.asset}: {event.available} + {event.locked}"
    ),
}
