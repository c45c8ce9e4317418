"""The table of indicators: every row computes what its formula says, from as many candles as it says."""

from __future__ import annotations

from functools import cache

import pytest

from cse.marketdata.candles import Candle
from cse.marketdata.indicators.computing import Scale, Values, compute
from cse.marketdata.indicators.definitions import REMAINDER, WARM_UP_MAX, Indicator, Smoothing
from cse.marketdata.indicators.table import INDICATORS
from cse.marketdata.intervals import MINUTE_US, Interval
from tests.marketdata.plain_indicators import PLAIN
from tests.marketdata.plain_indicators.series import bars_of, random_candles

SCALE = Scale(1, 4, 1, 2)
# All of them in one day, which sums of a day begin with.
COUNT = 1_200
COMPARED = 400
ROWS = [pytest.param(indicator, id=name) for name, indicator in INDICATORS.items()]


@cache
def candles(seed: int = 5, count: int = COUNT) -> list[Candle]:
    return random_candles(count, seed, MINUTE_US)


def computed(indicator: Indicator, values: dict[str, float], of: list[Candle]) -> list[Values]:
    return compute(indicator, values, of, Interval.MINUTE_1, SCALE)


def test_there_are_at_least_sixty_and_each_is_checked() -> None:
    assert len(INDICATORS) >= 60
    assert INDICATORS.keys() == PLAIN.keys()


@pytest.mark.parametrize("indicator", ROWS)
def test_values_are_those_of_the_published_formula(indicator: Indicator) -> None:
    found = computed(indicator, indicator.defaults(), candles())
    expected = PLAIN[indicator.name](bars_of(candles(), SCALE.tick_decimals, SCALE.lot_decimals))
    assert len(found) == COUNT
    assert len(expected) == len(indicator.output_names)
    for number, column in enumerate(expected):
        shown = [row[number] for row in found[-COMPARED:]]
        assert shown == pytest.approx(column[-COMPARED:], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("indicator", ROWS)
@pytest.mark.parametrize("bound", ["default", "least", "greatest"])
def test_values_stand_on_their_own_after_the_warm_up(indicator: Indicator, bound: str) -> None:
    values = {parameter.name: getattr(parameter, bound) for parameter in indicator.parameters}
    warm_up = indicator.warm_up(values)
    assert warm_up <= WARM_UP_MAX
    of = candles(7, WARM_UP_MAX + 1_000)
    whole = computed(indicator, values, of)[-20:]
    part = computed(indicator, values, of[-warm_up - 20 :])[-20:]
    assert all(value is not None for row in part for value in row)
    if indicator.since is not None:
        return
    for number in range(len(indicator.output_names)):
        size = max(abs(row[number] or 0.0) for row in whole) or 1.0
        shown = [row[number] for row in part]
        assert shown == pytest.approx([row[number] for row in whole], rel=0, abs=size * REMAINDER)


@pytest.mark.parametrize("indicator", ROWS)
@pytest.mark.parametrize("count", [0, 1, 2, 30])
def test_few_and_motionless_candles_give_no_value_or_a_finite_one(indicator: Indicator, count: int) -> None:
    still = [Candle(at * MINUTE_US, 5, 5, 5, 5, 7, 35, 1, at, at) for at in range(count)]
    found = computed(indicator, indicator.defaults(), still)
    assert [len(row) for row in found] == [len(indicator.output_names)] * count


@pytest.mark.parametrize("indicator", ROWS)
def test_a_row_is_in_order(indicator: Indicator) -> None:
    names = [parameter.name for parameter in indicator.parameters]
    assert len(set(names)) == len(names)
    assert len(set(indicator.output_names)) == len(indicator.output_names)
    for parameter in indicator.parameters:
        assert parameter.least <= parameter.default <= parameter.greatest
        assert not parameter.whole or parameter.default == int(parameter.default)


@pytest.mark.parametrize(
    ("smoothing", "length", "bars"),
    [
        # (1 - 2/21) ** 139 > 0.000001 >= (1 - 2/21) ** 140
        (Smoothing(), 20, 139),
        (Smoothing(wilder=True), 14, 187),
        (Smoothing(stages=3), 20, 193),
    ],
)
def test_smoothing_forgets_after_so_many_bars(smoothing: Smoothing, length: int, bars: int) -> None:
    assert smoothing.bars(length) == bars


def test_vwap_begins_anew_with_each_day_and_of_seconds_with_each_hour() -> None:
    indicator = INDICATORS["vwap"]
    for interval, each in ((Interval.HOUR_1, 24), (Interval.SECOND_15, 240)):
        of = random_candles(each * 2 + 3, 3, interval.width_us)
        found = compute(indicator, {}, of, interval, SCALE)
        for start in (0, each, 2 * each):
            typical = (of[start].high + of[start].low + of[start].close) / 3 / 10**4
            assert found[start][0] == pytest.approx(typical)
        assert found[each + 1][0] != pytest.approx(
            (of[each + 1].high + of[each + 1].low + of[each + 1].close) / 3 / 10**4
        )


def test_ticks_and_lots_count_as_what_the_market_says() -> None:
    of = [Candle(0, 3, 5, 2, 4, 6, 24, 1, 1, 1), Candle(MINUTE_US, 4, 4, 4, 4, 2, 8, 1, 2, 2)]
    scale = Scale(25, 3, 5, 1)
    typical = INDICATORS["typical_price"]
    assert compute(typical, {}, of, Interval.MINUTE_1, scale)[1] == pytest.approx((0.1,))
    assert compute(INDICATORS["obv"], {}, of, Interval.MINUTE_1, scale) == [(3.0,), (3.0,)]
