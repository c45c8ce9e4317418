"""Whatever an account does, within any 60 seconds it asks for no more than its limit.

That is what stretches and minutes are there for (5.15), and says nothing of them.
"""

from collections.abc import Callable
from random import Random

import pytest

from cse.engine._native import Core
from cse.engine.wire import Group, OrderAccepted, OrderAmended, messages
from tests.property import comparison
from tests.reference.exchange import ReferenceExchange
from tests.rules.commands import amend, risk
from tests.rules.scenario import ALICE, BOB, Scenario, buy, sell

MOST, TICK_LOT = 100_000, 10
MINUTE_US = 60_000_000


@pytest.mark.parametrize("make_core", [Core, ReferenceExchange])
def test_any_minute(make_core: Callable[[], comparison.Core]) -> None:
    source, scenario = Random(7), Scenario(make_core)
    scenario.do(risk(max_notional_per_minute=MOST))
    orders: dict[int, int] = {}
    asked: list[tuple[int, int]] = []
    for _ in range(3_000):
        scenario.time_us += source.choice([0, 1, 500_000, source.randrange(9_000_000)])
        price, lots = source.randint(500, 1_000), source.randint(1, 4)
        command = source.choice([buy(ALICE, lots, price), sell(BOB, lots, price)])
        if orders and source.random() < 0.3:
            command = amend(ALICE, max(orders), quantity=source.randint(1, 9))
        for order_id, notional in notionals(scenario.carry_out(command)):
            rise = max(0, notional - orders.get(order_id, 0))
            orders[order_id] = notional
            asked.append((scenario.time_us, rise))
            within = [more for at_us, more in asked[-200:] if at_us > scenario.time_us - MINUTE_US]
            assert sum(within) <= MOST
    assert len(asked) > 300
    assert max(notional for _, notional in asked) > MOST // 4


def notionals(group: bytes) -> list[tuple[int, int]]:
    """Alice's orders that were taken in or amended, and what they come to."""
    tail, found = Group.tail(group), []
    for kind, offset, _ in messages(tail):
        if kind in (OrderAccepted.KIND, OrderAmended.KIND):
            layout = OrderAccepted if kind == OrderAccepted.KIND else OrderAmended
            order = layout.decode(tail, offset)
            if order.account == ALICE:
                found.append((order.order_id, order.price * order.quantity * TICK_LOT))
    return found
