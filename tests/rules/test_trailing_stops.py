"""Stops that trail behind the price (5.10), in both cores."""

import pytest

from cse.domain.limits import FLAG_TRAILING_PPM, PRICE_LIMIT
from cse.engine.wire import (
    Side,
)
from tests.rules.cases import MakeCore, both_cores
from tests.rules.orders_of_triggers import (
    stop_prices,
    traded_at,
    trailing,
)
from tests.rules.scenario import (
    Scenario,
)

END_US = 2_000_000

TRAILS = [
    ("a sell's stop follows a price that rises", Side.SELL, 50, 0, 1_000, [1_010, 990], 960),
    ("not one that falls", Side.SELL, 50, 0, 1_000, [990, 980], 950),
    ("a buy's follows one that falls", Side.BUY, 50, 0, 1_000, [990, 1_010], 1_040),
    ("not one that rises", Side.BUY, 50, 0, 1_000, [1_010, 1_020], 1_050),
    ("in parts per million", Side.SELL, 10_000, FLAG_TRAILING_PPM, 1_000, [], 990),
    (
        "a sell's is rounded down: 1,001 less 1 % is 990.99",
        Side.SELL,
        10_000,
        FLAG_TRAILING_PPM,
        1_001,
        [],
        990,
    ),
    (
        "a buy's is rounded up: 1,001 and 1 % are 1,011.01",
        Side.BUY,
        10_000,
        FLAG_TRAILING_PPM,
        1_001,
        [],
        1_012,
    ),
    ("no price is below a tick", Side.SELL, 5_000, 0, 1_000, [], 1),
    ("nor beyond the last", Side.BUY, PRICE_LIMIT - 1, 0, 1_000, [], PRICE_LIMIT - 1),
]
"""What trails by a delta from a last price; trades at prices; where the stop is then."""


@both_cores
@pytest.mark.parametrize(
    ("side", "delta", "flags", "last", "trades", "expected"),
    [each[1:] for each in TRAILS],
    ids=[each[0] for each in TRAILS],
)
def test_a_stop_that_trails(
    make_core: MakeCore, side: Side, delta: int, flags: int, last: int, trades: list[int], expected: int
) -> None:
    scenario = Scenario(make_core)
    for command in traded_at(last):
        scenario.do(command)
    assert scenario.do(trailing(side, delta, price=2_000 if side == Side.BUY else 0, flags=flags)) == [
        "accepted 3"
    ]
    for price in trades:
        for command in traded_at(price):
            assert not any("triggered" in text for text in scenario.do(command))
    assert stop_prices(scenario) == {3: expected}


@both_cores
def test_without_a_price_to_trail_the_first_trade_sets_it(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(trailing(Side.SELL, 50))
    assert stop_prices(scenario) == {1: 0}
    for command in traded_at(1_000):
        scenario.do(command)
    assert stop_prices(scenario) == {1: 950}
