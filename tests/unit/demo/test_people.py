"""The demo's people by their statistics, over simulated days and without a server."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random
from statistics import fmean, median

import pytest

from cse.demo.characters import CHARACTERS, Character
from cse.demo.prices import DAY_S, FairPrice, pinned_path
from cse.demo.rhythm import HOUR_S, Rhythm, poisson
from cse.demo.sizes import level_notional, lots_for, order_notional, rounded
from cse.demo.spreads import WIDEST_TICKS, spread_ticks
from cse.domain.demo import QUIET_MARKET

STEP_S = 30.0
STEPS_A_DAY = int(DAY_S / STEP_S)


def returns_of_a_fortnight(seed: int) -> list[float]:
    """Returns over ten minutes, in ordinary deviations of ten minutes."""
    fair = FairPrice(1.0, 0.03, Random(seed))
    logarithms = [fair.step(STEP_S) for _ in range(14 * STEPS_A_DAY)][:: int(600 / STEP_S)]
    ordinary = 0.03 * math.sqrt(600 / DAY_S)
    return [(after - before) / ordinary for before, after in pairwise(logarithms)]


def test_returns_are_calmer_and_wilder_than_those_of_a_random_walk() -> None:
    returns = [one for seed in range(5) for one in returns_of_a_fortnight(seed)]
    variance = fmean(one * one for one in returns)
    kurtosis = fmean(one**4 for one in returns) / variance**2
    assert kurtosis > 6.0  # A walk of constant unrest has 3.
    assert 0.8 < math.sqrt(variance) < 2.0


def test_unrest_comes_in_clusters() -> None:
    sizes = [abs(one) for seed in range(5) for one in returns_of_a_fortnight(seed)]
    mean = fmean(sizes)
    together = fmean((before - mean) * (after - mean) for before, after in pairwise(sizes))
    assert together / fmean((one - mean) ** 2 for one in sizes) > 0.15


def test_a_pinned_path_meets_its_pins_and_keeps_its_small_movements() -> None:
    pins = {0: 2.0, 500: 3.0, 999: 2.5}
    path = pinned_path(FairPrice(2.0, 0.03, Random(1)), 1_000, STEP_S, pins)
    assert [math.exp(path[step].logarithm) for step in pins] == pytest.approx(list(pins.values()))
    free = FairPrice(2.0, 0.03, Random(1))
    raw = [free.step(STEP_S) for _ in range(1_000)]
    slope = {
        (path[step + 1].logarithm - path[step].logarithm) - (raw[step + 1] - raw[step]) for step in range(500)
    }
    assert max(slope) - min(slope) < 1e-12


def hourly_trades(character: Character, days: int, seed: int) -> list[int]:
    random = Random(seed)
    rhythm = Rhythm(character.trades_per_hour, character.busiest_hour, random)
    steps = int(HOUR_S / STEP_S)
    return [
        sum(
            poisson(rhythm.step((hour * steps + step) * STEP_S, STEP_S) * STEP_S / HOUR_S, random)
            for step in range(steps)
        )
        for hour in range(24 * days)
    ]


@pytest.mark.parametrize("character", CHARACTERS, ids=lambda character: character.market.name)
def test_trades_an_hour_vary_tenfold_over_a_day(character: Character) -> None:
    hours = hourly_trades(character, 10, seed=3)
    days = [hours[begin : begin + 24] for begin in range(0, len(hours), 24)]
    assert median(max(day) / max(min(day), 1) for day in days) >= 10
    assert fmean(hours) == pytest.approx(character.trades_per_hour, rel=0.25)


def test_minutes_have_bursts_and_lulls() -> None:
    rhythm = Rhythm(60.0, 12.0, Random(1))
    rates = [rhythm.step(12 * HOUR_S, 5.0) for _ in range(720)]
    assert max(rates) > 8 * min(rates)


@pytest.mark.parametrize("unrest", [0.1, 1.0, 5.0])
@pytest.mark.parametrize("ordinary", [1.9, 6.0])
def test_spreads_are_from_one_to_twenty_ticks(ordinary: float, unrest: float) -> None:
    random = Random(1)
    widths = [spread_ticks(ordinary, unrest, random) for _ in range(2_000)]
    assert 1 <= min(widths) <= max(widths) <= WIDEST_TICKS == 20
    assert len(set(widths)) >= 3


def test_order_sizes_have_a_heavy_tail_and_a_bound() -> None:
    random = Random(1)
    sizes = sorted(order_notional(50.0, random) for _ in range(20_000))
    assert 35 < median(sizes) < 65
    assert sum(sizes[-200:]) > 0.15 * sum(sizes)  # The largest of a hundred move this part of it all.
    assert sizes[-1] <= 50 * 160
    assert sizes[-20] > 20 * median(sizes)


def test_more_rests_further_from_the_best_price() -> None:
    random = Random(1)
    near, far = (fmean(level_notional(100.0, distance, random) for _ in range(2_000)) for distance in (0, 12))
    assert far > 2 * near


@pytest.mark.parametrize(
    ("lots", "written"),
    [(1, 1), (99, 99), (100, 100), (149, 150), (1_234, 1_000), (1_834, 2_000), (97_000, 95_000)],
)
def test_people_write_round_numbers(lots: int, written: int) -> None:
    assert rounded(lots) == written


def test_no_order_is_below_the_least() -> None:
    random = Random(1)
    for _ in range(2_000):
        lots = lots_for(random.random() * 3, 0.042, 0.1, 1.0, random)
        assert lots * 0.042 * 0.1 > 1.0


def test_nobody_has_a_mind_for_the_quiet_market() -> None:
    assert QUIET_MARKET not in {character.market.name for character in CHARACTERS}
