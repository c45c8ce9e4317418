"""Orders that end at a time (1.3, 5.1, 5.2), worked out by hand, in both cores."""

import pytest

from cse.domain.limits import DAY_US, EXPIRES_AT_LIMIT_US
from cse.engine.wire import CancelOrder, FreezeAccount, SetMarketStatus, Side, Tick, Upgrade
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.scenario import (
    ALICE,
    BOB,
    DAY,
    FOK,
    FUNDS,
    GTC,
    GTD,
    IOC,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
    transfer,
)

START_US = 1_000_000
"""The time at which a scenario begins."""
END_US = START_US + 500
TICK = Tick().encode()
GONE = ["OrdersExpired 1", "closed 1 expired: 0 of 5"]

CASES = [
    Case(
        "good-till-date stands a microsecond before its time",
        [buy(ALICE, 5, 999, GTD, expires_at_us=END_US)],
        TICK,
        [],
        at_us=END_US - 1,
    ),
    Case(
        "and is gone at it",
        [buy(ALICE, 5, 999, GTD, expires_at_us=END_US)],
        TICK,
        GONE,
        ["depth buy 999: 0"],
        at_us=END_US,
    ),
    Case(
        "good-till-date has a time to come",
        [],
        buy(ALICE, 5, 999, GTD, expires_at_us=START_US),
        ["rejected invalid_expiry"],
    ),
    Case(
        "and not one beyond what a number can say",
        [],
        buy(ALICE, 5, 999, GTD, expires_at_us=EXPIRES_AT_LIMIT_US),
        ["rejected invalid_expiry"],
    ),
    Case(
        "the last time of all is good",
        [],
        buy(ALICE, 5, 999, GTD, expires_at_us=EXPIRES_AT_LIMIT_US - 1),
        ["accepted 1"],
        ["depth buy 999: 5"],
    ),
    Case(
        "an order of the day stands until midnight",
        [buy(ALICE, 5, 999, DAY)],
        TICK,
        [],
        at_us=DAY_US - 1,
    ),
    Case(
        "and is gone with it",
        [buy(ALICE, 5, 999, DAY)],
        TICK,
        GONE,
        ["depth buy 999: 0"],
        at_us=DAY_US,
    ),
    Case(
        "no midnight comes after the end of time",
        [],
        buy(ALICE, 5, 999, DAY),
        ["rejected invalid_expiry"],
        at_us=EXPIRES_AT_LIMIT_US - 1,
    ),
    Case(
        "orders expire before a command, and it does not meet them",
        [sell(BOB, 5, 1_000, GTD, expires_at_us=END_US)],
        buy(ALICE, 5, 1_000),
        [*GONE, "accepted 2"],
        ["depth buy 1000: 5", "depth sell 1000: 0"],
        at_us=END_US,
    ),
    Case(
        "whether it is taken or refused",
        [sell(BOB, 5, 1_000, GTD, expires_at_us=END_US)],
        CancelOrder(BOB, 1, "").encode(),
        [*GONE, "rejected order_unknown"],
        ["depth sell 1000: 0"],
        at_us=END_US,
    ),
    Case(
        "and where it is no command at all",
        [sell(BOB, 5, 1_000, GTD, expires_at_us=END_US)],
        b"12345",
        [*GONE, "rejected malformed_command"],
        ["depth sell 1000: 0"],
        at_us=END_US,
    ),
    Case(
        "the first to end goes first, of those that end together the oldest",
        [
            buy(ALICE, 5, 997, GTD, expires_at_us=END_US),
            buy(BOB, 5, 998, GTD, expires_at_us=END_US - 1),
            buy(BOB, 5, 999, GTD, expires_at_us=END_US),
        ],
        TICK,
        [
            "OrdersExpired 3",
            "closed 2 expired: 0 of 5",
            "closed 1 expired: 0 of 5",
            "closed 3 expired: 0 of 5",
        ],
        ["depth buy 997: 0", "depth buy 998: 0", "depth buy 999: 0"],
        at_us=END_US,
    ),
    Case(
        "in halted markets and of frozen accounts too",
        [
            buy(ALICE, 5, 999, GTD, expires_at_us=END_US),
            SetMarketStatus(1, 2, 0).encode(),
            FreezeAccount(ALICE).encode(),
        ],
        TICK,
        GONE,
        ["depth buy 999: 0"],
        at_us=END_US,
    ),
    Case(
        "good-till-date trades like any other before it rests",
        [sell(BOB, 2, 1_000)],
        buy(ALICE, 5, 1_000, GTD, expires_at_us=END_US),
        ["accepted 2", f"traded 2 at 1000 with 1: {NO_FEES}", "closed 1 filled: 2 of 2"],
        ["depth buy 1000: 3", "depth sell 1000: 0"],
    ),
    *(
        Case(
            f"{time_in_force.name} has no time of its own",
            [],
            buy(ALICE, 5, 999, time_in_force, expires_at_us=END_US),
            ["rejected invalid_expiry"],
        )
        for time_in_force in (GTC, IOC, FOK, DAY)
    ),
    *(
        Case(
            f"a market order cannot be {time_in_force.name}",
            [],
            market_order(ALICE, Side.BUY, quantity=5, time_in_force=time_in_force),
            ["rejected invalid_time_in_force"],
        )
        for time_in_force in (GTC, FOK, GTD, DAY)
    ),
]


@both_cores
@every(CASES)
def test_time_ends_orders(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_what_an_expired_order_held_is_free_before_the_command_is_looked_at(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    whole = FUNDS // 10_000
    scenario.do(buy(ALICE, whole, 1_000, GTD, expires_at_us=END_US))
    assert scenario.do(buy(ALICE, whole, 1_000)) == ["rejected insufficient_funds"]
    scenario.time_us = END_US
    assert scenario.do(buy(ALICE, whole, 1_000))[-1] == "accepted 2"
    assert scenario.balance(ALICE, USDC) == (0, FUNDS)


@both_cores
def test_an_upgrade_names_the_state_with_its_expiries_done(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 999, GTD, expires_at_us=END_US))
    with_order = scenario.core.state_hash()
    scenario.time_us = END_US
    said = scenario.do(Upgrade(0, with_order).encode())
    assert said == [*GONE, "rejected upgrade_mismatch"]


@both_cores
@pytest.mark.parametrize("side", list(Side))
def test_an_order_that_has_expired_is_remembered_as_closed_now(make_core: MakeCore, side: Side) -> None:
    scenario = Scenario(make_core)
    order = buy if side == Side.BUY else sell
    once = order(ALICE, 5, 999, GTD, expires_at_us=END_US, client_order_id="once")
    scenario.do(once)
    scenario.time_us = END_US + 7
    assert scenario.do(once)[-1] == "repeated 1"
    client = next(line for line in scenario.core.dump().splitlines() if line.startswith("client"))
    assert client.split(" ")[-2:] == [str(END_US + 7), "1"]


@both_cores
def test_a_refused_transfer_does_not_keep_the_balance_of_an_expired_order_secret(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 999, GTD, expires_at_us=END_US))
    scenario.time_us = END_US
    assert scenario.say(transfer((BOB, ALICE, USDC, FUNDS + 1))) == [
        *GONE,
        "rejected insufficient_funds",
        "depth buy 999: 0",
        f"balance {ALICE} {USDC}: {FUNDS} + 0",
    ]
