"""Orders whose time has come, but not their turn: more than one command may close are due; in both cores."""

from cse.domain.limits import EXPIRIES_MAX
from cse.engine.wire import Side
from tests.rules.cases import NO_FEES, MakeCore, both_cores
from tests.rules.commands import AUCTION, OPEN, amend, becomes
from tests.rules.markets_in_auction import crossed
from tests.rules.orders_of_triggers import STOP_LIMIT, STOP_LOSS, stop
from tests.rules.scenario import ALICE, BOB, CAROL, GTD, NOW_US, Scenario, buy, market_order, sell

DUE_US = NOW_US + 1
FIRST = EXPIRIES_MAX + 1
"""The id of the first that stays."""


def before_many(make_core: MakeCore, *commands: bytes) -> Scenario:
    """As many orders as expire before a command, and then others; the time at which all of them are due."""
    scenario = Scenario(make_core)
    for command in [buy(BOB, 1, 1, GTD, expires_at_us=DUE_US)] * EXPIRIES_MAX + [*commands]:
        scenario.do(command)
    scenario.time_us = DUE_US
    return scenario


def behind_expiries(scenario: Scenario, command: bytes) -> list[str]:
    """What a command says behind those that expire before it."""
    said = scenario.do(command)
    assert said[0] == f"OrdersExpired {EXPIRIES_MAX}"
    return said[EXPIRIES_MAX + 1 :]


@both_cores
def test_a_sell_by_amount_passes_over_one_that_is_too_dear(make_core: MakeCore) -> None:
    """Of what stays one lot is worth more than the amount: none of it is wanted, and what is behind is."""
    scenario = before_many(make_core, buy(BOB, 1, 1_000, GTD, expires_at_us=DUE_US), buy(CAROL, 3, 2))
    assert behind_expiries(scenario, market_order(ALICE, Side.SELL, quote_amount=60)) == [
        f"accepted {FIRST + 2}",
        f"closed {FIRST} expired: 0 of 1",
        f"traded 3 at 2 with {FIRST + 1}: {NO_FEES}",
        f"closed {FIRST + 1} filled: 3 of 3",
        f"closed {FIRST + 2} filled: 3 of 3",
    ]


@both_cores
def test_it_is_not_amended(make_core: MakeCore) -> None:
    scenario = before_many(make_core, sell(ALICE, 5, 1_000, GTD, expires_at_us=DUE_US))
    assert behind_expiries(scenario, amend(ALICE, FIRST, quantity=4)) == ["rejected order_not_open"]


@both_cores
def test_one_that_has_fired_closes_when_its_turn_comes(make_core: MakeCore) -> None:
    scenario = before_many(
        make_core,
        stop(Side.SELL, STOP_LOSS, 950, time_in_force=GTD, expires_at_us=DUE_US),
        buy(CAROL, 20, 940),
    )
    assert behind_expiries(scenario, sell(BOB, 1, 940)) == [
        f"accepted {FIRST + 2}",
        f"traded 1 at 940 with {FIRST + 1}: {NO_FEES}",
        f"closed {FIRST + 2} filled: 1 of 1",
        f"closed {FIRST} expired: 0 of 10",
    ]


@both_cores
def test_the_bid_goes_before_the_ask_in_an_auction(make_core: MakeCore) -> None:
    """Neither has a part in the price, nor has what waits behind a price that is asked."""
    scenario = before_many(
        make_core,
        stop(Side.SELL, STOP_LIMIT, 950, 5, 990, time_in_force=GTD, expires_at_us=DUE_US),
        becomes(AUCTION),
        buy(BOB, 1, 1_000, GTD, expires_at_us=DUE_US),
        sell(CAROL, 1, 990, GTD, expires_at_us=DUE_US),
        sell(CAROL, 2, 990),
        buy(BOB, 2, 990),
    )
    assert behind_expiries(scenario, becomes(OPEN)) == [
        f"closed {FIRST + 1} expired: 0 of 1",
        f"closed {FIRST + 2} expired: 0 of 1",
        crossed(2, 990, FIRST + 4, FIRST + 3),
        f"closed {FIRST + 3} filled: 2 of 2",
        f"closed {FIRST + 4} filled: 2 of 2",
        "uncrossed 2 at 990",
        "market open",
    ]
