"""What time brings about stands before what a command does, and is told apart from it; in both cores."""

from cse.engine.wire import BeforeCommand, CancelOrder, FromOutbox, Group, Tick, decode_any, messages
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import AUCTION, becomes, timer
from tests.rules.scenario import ALICE, BOB, CAROL, GTD, Scenario, buy, sell

SECOND_US = 1_000_000
THEN_US = 2 * SECOND_US
"""When all of it happens: a scenario begins a second before."""


def eventful(make_core: MakeCore) -> Scenario:
    """An order expires, a timer fires and an auction ends at the same time."""
    scenario = Scenario(make_core)
    scenario.do(becomes(AUCTION, THEN_US))
    scenario.do(buy(BOB, 5, 1_000, GTD, expires_at_us=THEN_US))
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(timer(ALICE, SECOND_US))
    scenario.do(buy(CAROL, 5, 990))
    scenario.do(sell(BOB, 5, 990))
    scenario.time_us = THEN_US
    return scenario


BEFORE = [
    "OrdersExpired",
    "OrderClosed",
    "OrderClosed",
    "CancelTimerFired",
    "Traded",
    "OrderClosed",
    "OrderClosed",
    "AuctionUncrossed",
    "MarketStatusChanged",
]
"""Expiry, timer, auction: who expires or is cancelled does not trade."""


def told(group: bytes) -> tuple[list[str], list[str]]:
    """The names of the events before the command, and of its own up to depth and balances."""
    tail = Group.tail(group)
    events = [(offset, decode_any(tail, offset)) for _, offset, _ in messages(tail)]
    own_from = 0
    first = events[0][1] if events else None
    if isinstance(first, BeforeCommand):
        own_from = BeforeCommand.WIDTH + first.length
        events = events[1:]
    before = [type(event).__name__ for offset, event in events if offset < own_from]
    own = [type(event).__name__ for offset, event in events if offset >= own_from]
    return before, [name for name in own if name not in ("DepthChanged", "BalanceChanged")]


@both_cores
def test_orders_expire_then_timers_fire_then_auctions_end(make_core: MakeCore) -> None:
    assert told(eventful(make_core).carry_out(Tick().encode())) == (BEFORE, [])


@both_cores
def test_a_command_comes_behind_all_of_it(make_core: MakeCore) -> None:
    """Even one that is refused, and one out of an outbox."""
    for command, own in (
        (buy(CAROL, 5, 1_000), ["OrderAccepted"]),
        (CancelOrder(ALICE, 2, "").encode(), ["CommandRejected"]),
        (b"", ["CommandRejected"]),
        (FromOutbox(7, 1).encode(sell(BOB, 5, 1_000)), ["OutboxTaken", "OrderAccepted"]),
    ):
        assert told(eventful(make_core).carry_out(command)) == (BEFORE, own)


@both_cores
def test_nothing_is_told_where_nothing_happened(make_core: MakeCore) -> None:
    scenario = eventful(make_core)
    scenario.time_us -= 1
    assert told(scenario.carry_out(Tick().encode())) == ([], [])
