"""Patterns that are told of while the order goes on (5.15), in both cores."""

from dataclasses import dataclass

import pytest

from cse.engine.wire import (
    CancelAllOrders,
    CancelMarketOrders,
    CancelOrder,
    FromOutbox,
    SelfTradePrevention,
    SetCancelTimer,
    Tick,
)
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import AUCTION, EACH, OPEN, amend, band, becomes, replace, risk, tier
from tests.rules.scenario import ALICE, ALICES_SUB, BOB, Scenario, buy, sell
from tests.rules.test_risk_limits import LATER_US

SECOND_US = 1_000_000
CANCELS = risk(flag_cancels=2)
FAR = [band(reference=1_000), risk(flag_far_orders=1, flag_far_ppm=100_000)]
OWN = risk(flag_self_trades=1)


def cancel(account: int, order_id: int) -> bytes:
    return CancelOrder(account, order_id, "").encode()


def of_outbox(command: bytes) -> bytes:
    return FromOutbox(1, 1).encode(command)


@dataclass
class Case:
    """Commands that are taken, and what is told of with the last of them."""

    name: str
    commands: list[bytes]
    told: str = ""
    at_us: int = 0


CASES = [
    Case("as much as is usual", [risk(flag_notional_per_minute=50_000), buy(ALICE, 5, 1_000)]),
    Case("a unit more", [risk(flag_notional_per_minute=49_999), buy(ALICE, 5, 1_000)], "flagged 3 notional: 50000 of 49999"),
    Case("by an amendment", [risk(flag_notional_per_minute=50_000), buy(ALICE, 5, 1_000), amend(ALICE, price=1_001)], "flagged 3 notional: 50050 of 50000"),
    Case("told in this minute", [risk(flag_notional_per_minute=1), buy(ALICE, 5, 1_000), buy(ALICE, 5, 1_000)]),
    Case("told before, still in the minute", [risk(flag_notional_per_minute=1), buy(ALICE, 5, 1_000), buy(ALICE, 1, 1_000)], "", LATER_US - 1),
    Case("told again after a minute", [risk(flag_notional_per_minute=1), buy(ALICE, 5, 1_000), buy(ALICE, 1, 1_000)], "flagged 3 notional: 10000 of 1", LATER_US),
    Case("by the limits of its tier", [risk(flag_notional_per_minute=1), risk(1, max_open_orders=9), tier(ALICE, 1), buy(ALICE, 5, 1_000)]),
    Case("one cancel", [CANCELS, buy(ALICE, 5, 1), cancel(ALICE, 1)]),
    Case("two cancels", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), cancel(ALICE, 1), cancel(ALICE, 2)], "flagged 3 cancels: 2 of 2, 0 filled"),
    Case("all at once", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), CancelAllOrders(ALICE, 0, 0).encode()], "flagged 3 cancels: 2 of 2, 0 filled"),
    Case("replaced", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), cancel(ALICE, 1), replace(buy(ALICE, 1, 2), order_id=2)], "flagged 3 cancels: 2 of 2, 0 filled"),
    Case("cleared by an operator", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), CancelMarketOrders(1).encode()]),
    Case("cleared out of an outbox", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), of_outbox(CancelMarketOrders(1).encode())]),
    Case("cancelled by a timer", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), SetCancelTimer(ALICE, SECOND_US).encode(), Tick().encode()], "", 2 * SECOND_US),
    Case("cancels of two accounts", [CANCELS, buy(ALICE, 5, 1), buy(BOB, 5, 1), cancel(ALICE, 1), cancel(BOB, 2)]),
    Case("no more cancels than fills", [risk(flag_cancels=1, flag_cancels_per_fill=1), sell(BOB, 5, 1_000), buy(ALICE, 1, 1_000), buy(ALICE, 1, 1), cancel(ALICE, 3)]),
    Case("more cancels than fills", [risk(flag_cancels=1, flag_cancels_per_fill=1), sell(BOB, 5, 1_000), buy(ALICE, 1, 1_000), buy(ALICE, 1, 1), cancel(ALICE, 3), buy(ALICE, 1, 1), cancel(ALICE, 4)], "flagged 3 cancels: 2 of 1, 1 filled"),
    Case("a maker's fills", [risk(flag_cancels=1, flag_cancels_per_fill=1), sell(BOB, 5, 1_000), buy(ALICE, 1, 1_000), cancel(BOB, 1)]),
    Case("fills in an auction", [risk(flag_cancels=1, flag_cancels_per_fill=1), becomes(AUCTION), sell(BOB, 5, 1_000), buy(ALICE, 1, 1_000), becomes(OPEN), cancel(BOB, 1)]),
    Case("a buy a tenth below", [*FAR, buy(ALICE, 1, 900)]),
    Case("a tick lower", [*FAR, buy(ALICE, 1, 899)], "flagged 3 far_orders: 1 of 1"),
    Case("a sell a tenth above", [*FAR, sell(ALICE, 1, 1_100)]),
    Case("a tick higher", [*FAR, sell(ALICE, 1, 1_101)], "flagged 3 far_orders: 1 of 1"),
    Case("far on the side that trades", [*FAR, buy(ALICE, 1, 2_000)]),
    Case("without a reference", [risk(flag_far_orders=1, flag_far_ppm=1), buy(ALICE, 1, 1)]),
    Case("amended away", [*FAR, buy(ALICE, 1, 1_000), amend(ALICE, price=899)], "flagged 3 far_orders: 1 of 1"),
    Case("amended where it is", [*FAR[:1], buy(ALICE, 2, 899), *FAR[1:], amend(ALICE, quantity=1)]),
    Case("one of two far orders", [band(reference=1_000), risk(flag_far_orders=2, flag_far_ppm=1), buy(ALICE, 1, 1)]),
    Case("a prevented self-trade, of who sent the later order", [OWN, buy(ALICE, 1, 1_000), sell(ALICES_SUB, 1, 1_000)], "flagged 6 self_trades: 1 of 1"),
    Case("whatever the prevention", [OWN, buy(ALICE, 1, 1_000), sell(ALICES_SUB, 1, 1_000, self_trade_prevention=SelfTradePrevention.DECREMENT)], "flagged 6 self_trades: 1 of 1"),
    Case("a trade of others", [OWN, buy(ALICE, 1, 1_000), sell(BOB, 1, 1_000)]),
    Case("two patterns", [risk(flag_notional_per_minute=1, flag_far_orders=1, flag_far_ppm=1), band(reference=1_000), buy(ALICE, 1, 1)], "flagged 3 notional: 10 of 1; flagged 3 far_orders: 1 of 1"),
    Case("nothing of what was there before", [buy(ALICE, 1, 1), buy(ALICE, 1, 1), cancel(ALICE, 1), CANCELS, cancel(ALICE, 2)]),
    Case("a refused order", [risk(flag_notional_per_minute=1, max_quantity=1), buy(ALICE, 5, 1_000)]),
    Case("a replacement each for itself", [CANCELS, buy(ALICE, 5, 1), buy(ALICE, 5, 1), cancel(ALICE, 1), replace(buy(ALICE, 0, 2), EACH, order_id=2)], "flagged 3 cancels: 2 of 2, 0 filled"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_pattern(make_core: MakeCore, case: Case) -> None:
    scenario = Scenario(make_core)
    *before, last = case.commands
    for command in before:
        scenario.do(command)
    scenario.time_us = max(scenario.time_us, case.at_us)
    assert "; ".join(text for text in scenario.do(last) if text.startswith("flagged")) == case.told


@both_cores
def test_flags_stand_behind_all_else(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(risk(flag_notional_per_minute=1))
    said = scenario.say(buy(ALICE, 1, 1_000))
    assert [text.split(" ")[0] for text in said] == ["accepted", "depth", "balance", "flagged"]


@both_cores
def test_who_is_told_of_at_a_later_trade(make_core: MakeCore) -> None:
    """A limit that is lowered is looked at when the account does something, if only as a maker."""
    scenario = Scenario(make_core)
    scenario.do(risk(flag_notional_per_minute=90_000))
    scenario.do(sell(ALICE, 2, 1_000))
    scenario.do(risk(flag_notional_per_minute=10_000))
    told = [text for text in scenario.do(buy(BOB, 2, 1_000)) if text.startswith("flagged")]
    assert told == ["flagged 3 notional: 20000 of 10000", "flagged 4 notional: 20000 of 10000"]
