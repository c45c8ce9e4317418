"""Cancel timers: what becomes of the orders of somebody who falls silent; in both cores."""

import pytest

from cse.domain.limits import CANCELS_MAX, EXPIRIES_MAX, TIMERS_MAX
from cse.engine.wire import (
    AccountKind,
    CancelAllOrders,
    FreezeAccount,
    FromOutbox,
    MarketStatus,
    OpenAccount,
    SetMarketStatus,
    Side,
    StartEpoch,
    Tick,
)
from tests.property.tables import message
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import SECOND_US, amend, tick, timer
from tests.rules.orders_of_lists import bracket, oco_of_sells
from tests.rules.orders_of_triggers import TAKE_PROFIT, stop
from tests.rules.scenario import (
    ALICE,
    BOB,
    FUNDS,
    GTD,
    NOBODY,
    NOVA,
    NOW_US,
    OUTSIDE,
    USDC,
    Scenario,
    buy,
    sell,
)

DAY_US = 86_400 * SECOND_US


SET = [
    ("the shortest", timer(ALICE, SECOND_US), f"timer of {ALICE} fires at {NOW_US + SECOND_US}"),
    ("too short", timer(ALICE, SECOND_US - 1), "rejected invalid_cancel_timer"),
    ("the longest", timer(ALICE, DAY_US), f"timer of {ALICE} fires at {NOW_US + DAY_US}"),
    ("too long", timer(ALICE, DAY_US + 1), "rejected invalid_cancel_timer"),
    ("backwards", timer(ALICE, -SECOND_US), "rejected invalid_cancel_timer"),
    ("none, where there was none", timer(ALICE, 0), f"timer of {ALICE} is none"),
    ("of nobody", timer(99, 1), "rejected account_unknown"),
    ("of whom no order is", timer(OUTSIDE, SECOND_US), f"timer of {OUTSIDE} fires at {NOW_US + SECOND_US}"),
]


@both_cores
@pytest.mark.parametrize(("name", "command", "said"), SET, ids=[each[0] for each in SET])
def test_a_timer_is_set(make_core: MakeCore, name: str, command: bytes, said: str) -> None:
    assert Scenario(make_core).do(command) == [said]


@both_cores
@pytest.mark.parametrize(
    ("now_us", "said"),
    [
        ((1 << 53) - 1 - SECOND_US, f"timer of {ALICE} fires at {(1 << 53) - 1}"),
        ((1 << 53) - SECOND_US, "rejected invalid_cancel_timer"),
    ],
)
def test_a_timer_fires_before_time_ends(make_core: MakeCore, now_us: int, said: str) -> None:
    scenario = Scenario(make_core)
    scenario.time_us = now_us
    assert scenario.do(timer(ALICE, SECOND_US)) == [said]


@both_cores
def test_a_frozen_account_may_set_its_timer(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(FreezeAccount(ALICE).encode())
    assert scenario.do(timer(ALICE, SECOND_US)) == [f"timer of {ALICE} fires at {NOW_US + SECOND_US}"]


@both_cores
def test_it_fires_at_its_time_and_cancels_all_of_one_account(make_core: MakeCore) -> None:
    """A microsecond before nothing happens; then Alice's orders go, the oldest first, and no others."""
    scenario = Scenario(make_core)
    scenario.do(timer(ALICE, SECOND_US))
    for command in (sell(ALICE, 5, 1_001), buy(BOB, 5, 998), buy(ALICE, 7, 999)):
        scenario.do(command)
    assert tick(scenario, NOW_US + SECOND_US - 1) == []
    scenario.time_us += 1
    assert scenario.say(Tick().encode()) == [
        "closed 1 cancelled: 0 of 5",
        "closed 3 cancelled: 0 of 7",
        f"timer of {ALICE} fired: 2 cancelled",
        "depth buy 999: 0",
        "depth sell 1001: 0",
        f"balance {ALICE} {USDC}: {FUNDS} + 0",
        f"balance {ALICE} {NOVA}: {FUNDS} + 0",
    ]
    assert tick(scenario, NOW_US + 9 * SECOND_US) == []


@both_cores
def test_it_fires_late_where_no_command_came_in_time(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(timer(ALICE, SECOND_US))
    scenario.do(buy(ALICE, 5, 1_000))
    fired = ["closed 1 cancelled: 0 of 5", f"timer of {ALICE} fired: 1 cancelled"]
    assert tick(scenario, NOW_US + DAY_US) == fired


@both_cores
def test_it_fires_where_there_is_nothing_to_cancel(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(timer(ALICE, SECOND_US))
    assert tick(scenario, NOW_US + SECOND_US) == [f"timer of {ALICE} fired: 0 cancelled"]
    assert tick(scenario, NOW_US + SECOND_US) == []


@both_cores
@pytest.mark.parametrize(
    ("again", "fires_at_us"),
    [(3 * SECOND_US, NOW_US + 3 * SECOND_US), (SECOND_US, NOW_US + SECOND_US), (0, None)],
    ids=["later", "earlier", "never"],
)
def test_another_takes_its_place(make_core: MakeCore, again: int, fires_at_us: int | None) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(timer(ALICE, 2 * SECOND_US))
    scenario.do(timer(ALICE, again))
    fired = ["closed 1 cancelled: 0 of 5", f"timer of {ALICE} fired: 1 cancelled"]
    for seconds in range(1, 5):
        at_us = NOW_US + seconds * SECOND_US
        assert tick(scenario, at_us) == (fired if at_us == fires_at_us else [])


@both_cores
def test_a_refused_timer_leaves_the_one_before(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(timer(ALICE, SECOND_US))
    scenario.do(timer(ALICE, DAY_US + 1))
    assert tick(scenario, NOW_US + SECOND_US) == [f"timer of {ALICE} fired: 0 cancelled"]


@both_cores
def test_who_comes_back_in_time_keeps_his_orders(make_core: MakeCore) -> None:
    """Every second a timer of two: the orders stay for as long as it comes."""
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    for second in range(5):
        scenario.time_us = NOW_US + second * SECOND_US
        assert len(scenario.do(timer(ALICE, 2 * SECOND_US))) == 1
    assert tick(scenario, NOW_US + 6 * SECOND_US - 1) == []
    assert len(tick(scenario, NOW_US + 6 * SECOND_US)) == 2


@both_cores
def test_who_comes_back_at_the_very_time_comes_too_late(make_core: MakeCore) -> None:
    """The timer is looked at before the command; the new one stands afterwards."""
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(timer(ALICE, SECOND_US))
    scenario.time_us += SECOND_US
    assert scenario.do(timer(ALICE, SECOND_US)) == [
        "closed 1 cancelled: 0 of 5",
        f"timer of {ALICE} fired: 1 cancelled",
        f"timer of {ALICE} fires at {NOW_US + 2 * SECOND_US}",
    ]


@both_cores
def test_timers_fire_by_time_and_then_by_account(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for account, seconds in ((BOB, 1), (ALICE, 2), (OUTSIDE, 2)):
        scenario.do(timer(account, seconds * SECOND_US))
    fired = [f"timer of {account} fired: 0 cancelled" for account in (BOB, OUTSIDE, ALICE)]
    assert tick(scenario, NOW_US + 5 * SECOND_US) == fired


@both_cores
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (b"", "rejected malformed_command"),
        (StartEpoch(7, 7, 7).encode(), "rejected invalid_epoch"),
        (amend(ALICE, price=999), "rejected order_unknown"),
        (sell(BOB, 5, 1_000), "accepted 2"),
        (CancelAllOrders(ALICE, 0, 0).encode(), "OrdersCancelled 0"),
        (FromOutbox(7, 1).encode(Tick().encode()), "OutboxTaken"),
    ],
    ids=["malformed", "refused", "an amend", "a sell that would have traded", "a cancel", "an outbox"],
)
def test_it_fires_before_any_command(make_core: MakeCore, command: bytes, said: str) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(timer(ALICE, SECOND_US))
    scenario.time_us += SECOND_US
    fired = ["closed 1 cancelled: 0 of 5", f"timer of {ALICE} fired: 1 cancelled"]
    assert scenario.do(command) == [*fired, said]


@both_cores
def test_orders_that_are_due_expire_before_timers_fire(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    ends_at_us = NOW_US + SECOND_US
    scenario.do(buy(ALICE, 5, 1_000, GTD, expires_at_us=ends_at_us))
    scenario.do(buy(ALICE, 6, 1_000))
    scenario.do(timer(ALICE, SECOND_US))
    assert tick(scenario, ends_at_us) == [
        "OrdersExpired 1",
        "closed 1 expired: 0 of 5",
        "closed 2 cancelled: 0 of 6",
        f"timer of {ALICE} fired: 1 cancelled",
    ]


@both_cores
def test_orders_due_beyond_the_bound_are_cancelled_like_others(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    ends_at_us = NOW_US + SECOND_US
    for _ in range(EXPIRIES_MAX + 2):
        scenario.do(buy(ALICE, 1, 1_000, GTD, expires_at_us=ends_at_us))
    scenario.do(timer(ALICE, SECOND_US))
    said = tick(scenario, ends_at_us)
    assert said[0] == f"OrdersExpired {EXPIRIES_MAX}"
    assert said[-3:] == [
        f"closed {EXPIRIES_MAX + 1} cancelled: 0 of 1",
        f"closed {EXPIRIES_MAX + 2} cancelled: 0 of 1",
        f"timer of {ALICE} fired: 2 cancelled",
    ]


@both_cores
def test_it_fires_in_a_halted_market_and_for_a_frozen_account(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(timer(ALICE, SECOND_US))
    scenario.do(message(SetMarketStatus, market=1, status=MarketStatus.HALTED))
    scenario.do(FreezeAccount(ALICE).encode())
    assert tick(scenario, NOW_US + SECOND_US)[-1] == f"timer of {ALICE} fired: 1 cancelled"


@both_cores
def test_more_orders_than_a_command_may_cancel(make_core: MakeCore) -> None:
    """Alice's timer fires in two commands; Bob's, which is due too, waits for the second."""
    scenario = Scenario(make_core)
    for _ in range(CANCELS_MAX + 3):
        scenario.do(buy(ALICE, 1, 1_000))
    scenario.do(sell(BOB, 1, 1_001))
    for account in (ALICE, BOB):
        scenario.do(timer(account, SECOND_US))
    said = tick(scenario, NOW_US + SECOND_US)
    assert len(said) == CANCELS_MAX + 1
    assert said[-1] == f"timer of {ALICE} fired: {CANCELS_MAX} cancelled"
    assert tick(scenario, NOW_US + SECOND_US) == [
        *(f"closed {CANCELS_MAX + each} cancelled: 0 of 1" for each in (1, 2, 3)),
        f"timer of {ALICE} fired: 3 cancelled",
        f"closed {CANCELS_MAX + 4} cancelled: 0 of 1",
        f"timer of {BOB} fired: 1 cancelled",
    ]


@both_cores
def test_a_timer_waits_where_the_bound_is_reached_exactly(make_core: MakeCore) -> None:
    """All of Alice's orders are cancelled and her timer is gone; Bob's comes with the next command.

    The first closes one that is linked, which is no cancel: her last is beyond as many as may be.
    """
    scenario = Scenario(make_core)
    scenario.do(oco_of_sells())
    for _ in range(CANCELS_MAX - 1):
        scenario.do(buy(ALICE, 1, 1_000))
    for account in (ALICE, BOB):
        scenario.do(timer(account, SECOND_US))
    assert tick(scenario, NOW_US + SECOND_US)[-1] == f"timer of {ALICE} fired: {CANCELS_MAX} cancelled"
    assert tick(scenario, NOW_US + SECOND_US) == [f"timer of {BOB} fired: 0 cancelled"]


@both_cores
def test_more_timers_than_a_command_may_look_at(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for account in range(1, TIMERS_MAX + 3):
        if account > 6:
            scenario.do(OpenAccount(NOBODY, AccountKind.SYSTEM).encode())
        scenario.do(timer(account, SECOND_US))
    assert len(tick(scenario, NOW_US + SECOND_US)) == TIMERS_MAX
    left = [f"timer of {TIMERS_MAX + each} fired: 0 cancelled" for each in (1, 2)]
    assert tick(scenario, NOW_US + SECOND_US) == left


@both_cores
def test_the_dump_has_timers(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(timer(BOB, SECOND_US))
    scenario.do(timer(ALICE, 2 * SECOND_US))
    assert [line for line in scenario.core.dump().splitlines() if line.startswith("timer")] == [
        f"timer {ALICE} {NOW_US + 2 * SECOND_US}",
        f"timer {BOB} {NOW_US + SECOND_US}",
    ]


@both_cores
def test_what_waits_is_cancelled_and_an_oco_counts_once(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for command in (
        timer(ALICE, SECOND_US),
        oco_of_sells(),
        stop(Side.SELL, TAKE_PROFIT, 1_100),
        bracket(),
        sell(BOB, 4, 1_000),
    ):
        scenario.do(command)
    assert tick(scenario, NOW_US + SECOND_US) == [
        "closed 1 cancelled: 0 of 10",
        "closed 2 linked: 0 of 10",
        "closed 3 cancelled: 0 of 10",
        "closed 4 cancelled: 4 of 10",
        "closed 5 cancelled: 0 of 4",
        "closed 6 linked: 0 of 4",
        f"timer of {ALICE} fired: 4 cancelled",
    ]
    assert scenario.balance(ALICE, NOVA) == (FUNDS + 4_000, 0)
