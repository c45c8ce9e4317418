"""Failures that other engines had in the field with stops, trailing stops and OCOs, in both cores."""

from itertools import permutations

import pytest

from cse.domain.limits import FLAG_TRAILING_PPM
from cse.engine.wire import CancelOrder, Side
from tests.rules.cases import NO_FEES, MakeCore, both_cores
from tests.rules.orders_of_lists import oco_of_sells
from tests.rules.orders_of_triggers import STOP_LOSS, stop, stop_prices, traded_at, trailing
from tests.rules.scenario import ALICE, BOB, CAROL, FUNDS, IOC, NOVA, Scenario, buy, order, sell


def triggered(scenario: Scenario, price: int) -> list[str]:
    """What a trade at a price fires, where it is the best that is offered."""
    said = [text for command in traded_at(price) for text in scenario.do(command)]
    assert any(text.startswith(f"traded 1 at {price}") for text in said)
    return [text for text in said if text.startswith("triggered")]


@both_cores
def test_without_any_trade_nothing_fires(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.SELL, STOP_LOSS, 900, 1))
    scenario.do(order(BOB, Side.BUY, 1, 1_200, order_type=STOP_LOSS, stop_price=1_100))
    assert triggered(scenario, 1_000) == []
    assert triggered(scenario, 900) == ["triggered 1 at 900"]
    assert triggered(scenario, 900) == []
    assert stop_prices(scenario) == {2: 1_100}


@both_cores
def test_a_stop_that_is_cancelled_is_gone_and_one_that_fired_fires_no_more(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.SELL, STOP_LOSS, 990, 1))
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 1_000, 1_000)
    assert scenario.do(CancelOrder(ALICE, 1, "").encode()) == ["closed 1 cancelled: 0 of 1"]
    assert scenario.balance(ALICE, NOVA) == (FUNDS, 0)
    scenario.do(stop(Side.SELL, STOP_LOSS, 990, 1))
    scenario.do(buy(CAROL, 5, 980))
    scenario.do(buy(CAROL, 1, 990))
    said = scenario.do(sell(BOB, 1, 990, IOC))
    assert said[-3:] == [
        "triggered 2 at 990",
        f"traded 1 at 980 with 3: {NO_FEES}",
        "closed 2 filled: 1 of 1",
    ]
    assert scenario.do(CancelOrder(ALICE, 2, "").encode()) == ["rejected order_unknown"]
    assert triggered(scenario, 990) == []
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 1_000, 0)
    assert stop_prices(scenario) == {}


@both_cores
def test_a_trailing_stop_does_the_same_the_second_time(make_core: MakeCore) -> None:
    """From 10.00 by 1.00: at 9.00; after 10.50 at 9.50, where 10.20 leaves it and 9.50 fires it."""
    scenario = Scenario(make_core)
    for _ in range(2):
        triggered(scenario, 1_000)
        (accepted,) = scenario.do(trailing(Side.SELL, 100, 1))
        mine = int(accepted.split(" ")[1])
        stops = []
        for price in (1_050, 1_020):
            assert triggered(scenario, price) == []
            stops.append(stop_prices(scenario)[mine])
        assert stops == [950, 950]
        assert triggered(scenario, 950) == [f"triggered {mine} at 950"]


@both_cores
def test_a_trailing_stop_never_falls_below_a_tick(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    triggered(scenario, 50)
    scenario.do(trailing(Side.SELL, 100, 1))
    assert stop_prices(scenario) == {3: 1}


@both_cores
def test_a_trail_of_seven_percent_fires_at_the_tick(make_core: MakeCore) -> None:
    """From 40,000.00; the highest is 45,500.00, of which 93 % are 42,315.00."""
    scenario = Scenario(make_core)
    triggered(scenario, 4_000_000)
    scenario.do(trailing(Side.SELL, 70_000, 1, flags=FLAG_TRAILING_PPM))
    for price in (4_200_000, 3_950_000, 4_550_000, 4_231_501):
        assert triggered(scenario, price) == []
    assert triggered(scenario, 4_231_500) == ["triggered 3 at 4231500"]


@both_cores
@pytest.mark.parametrize(
    ("side", "last", "expected"),
    [(Side.SELL, 4_550_001, 4_231_500), (Side.BUY, 4_550_001, 4_868_502)],
    ids=[
        "93 % are 4,231,500.93, and it sells at the tick below",
        "107 % are 4,868,501.07, and it buys above",
    ],
)
def test_a_trail_between_two_ticks_is_the_wider(
    make_core: MakeCore, side: Side, last: int, expected: int
) -> None:
    scenario = Scenario(make_core)
    triggered(scenario, last)
    price = 5_000_000 if side == Side.BUY else 0
    scenario.do(trailing(side, 70_000, 1, price, flags=FLAG_TRAILING_PPM))
    assert stop_prices(scenario) == {3: expected}


@both_cores
def test_the_legs_of_an_oco_share_one_quantity(make_core: MakeCore) -> None:
    """Ten are sold at 12.00, or once 9.00 trades; four at 12.00 are enough for the stop to go."""
    scenario = Scenario(make_core)
    scenario.do(oco_of_sells())
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 10_000, 10_000)
    assert "closed 2 linked: 0 of 10" in scenario.do(buy(BOB, 4, 1_200))
    assert triggered(scenario, 900) == []
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 10_000, 6_000)


@both_cores
def test_both_legs_never_sell_more_than_one_would(make_core: MakeCore) -> None:
    """Whoever comes first of those who buy at 12.00 and those who trade at 9.00 and below, or both."""
    for following in permutations(
        [
            buy(BOB, 4, 1_200, IOC),
            buy(CAROL, 30, 880),
            sell(BOB, 5, 890, IOC),
            buy(BOB, 12, 1_300, IOC),
            sell(CAROL, 1, 895),
        ]
    ):
        scenario = Scenario(make_core)
        scenario.do(oco_of_sells())
        for command in following:
            scenario.do(command)
            assert sum(scenario.balance(ALICE, NOVA)) >= FUNDS - 10_000
