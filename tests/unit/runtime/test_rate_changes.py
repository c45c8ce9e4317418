"""Another rate holds from now on: what is left stays as far as it fits, and nothing is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.domain.errors import CodedError
from cse.domain.rates import Rate
from cse.runtime.rate import Buckets, Standing, missing_by

STANDARD, SMALL, LARGE = Rate("any", 100, 10), Rate("any", 40, 5), Rate("any", 1_000, 20)
RATES = st.builds(Rate, st.just("any"), st.integers(1, 1_000_000), st.integers(1, 10_000))


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def left_by(rate: Rate, missing_s: float) -> float:
    return rate.at_once - missing_s * rate.per_second


@given(RATES, RATES, st.floats(0, 1.1))
def test_nothing_is_added_and_nothing_goes_below_empty(before: Rate, after: Rate, share: float) -> None:
    missing_s = share * before.at_once / before.per_second
    left = left_by(before, missing_s)
    left_after = left_by(after, missing_by(missing_s, before, after))
    off = 1e-6 * (before.at_once + after.at_once)
    assert -off <= left_after <= after.at_once
    assert min(left, after.at_once) - off <= left_after <= max(left, 0) + off


@given(st.lists(st.tuples(RATES, st.floats(0, 30), st.integers(0, 2_000)), max_size=12))
def test_however_often_it_changes_no_more_gets_through_than_has_come_back(
    steps: list[tuple[Rate, float, int]],
) -> None:
    clock = Clock()
    buckets = Buckets[str](STANDARD, clock)
    buckets.take("a", STANDARD.at_once)
    through, filled = 0, 0.0
    rate = STANDARD
    for after, seconds, asked in steps:
        clock.now_s += seconds
        filled += seconds * rate.per_second
        buckets.put_in_force({0: after})
        rate = after
        while asked > 0:
            try:
                buckets.take("a", asked)
                through += asked
                break
            except CodedError:
                asked //= 2
        assert 0 <= buckets.left("a") <= after.at_once
    assert through <= filled + 1


@pytest.mark.parametrize(
    ("taken", "after", "standing"),
    [
        (0, SMALL, Standing(40, 0)),
        (0, LARGE, Standing(1_000, 0)),
        (30, SMALL, Standing(40, 0)),
        (70, SMALL, Standing(30, 3)),
        (70, LARGE, Standing(30, 49)),
        (100, SMALL, Standing(0, 9)),
        (100, LARGE, Standing(0, 51)),
    ],
)
def test_what_is_left_stays_as_far_as_it_fits(taken: int, after: Rate, standing: Standing) -> None:
    buckets = Buckets[str](STANDARD, Clock())
    if taken:
        buckets.take("a", taken)
    buckets.put_in_force({0: after})
    assert buckets.standing("a") == standing


def test_it_fills_by_the_other_rate_from_then_on() -> None:
    clock = Clock()
    buckets = Buckets[str](STANDARD, clock)
    buckets.take("a", 100)
    clock.now_s += 1
    buckets.put_in_force({0: LARGE})
    clock.now_s += 1
    assert buckets.left("a") == STANDARD.per_second + LARGE.per_second


def test_what_did_not_fit_is_gone_when_it_is_raised_again() -> None:
    clock = Clock()
    buckets = Buckets[str](STANDARD, clock)
    buckets.take("a", 20)
    buckets.put_in_force({0: SMALL})
    clock.now_s += 60
    buckets.put_in_force({0: STANDARD})
    assert buckets.left("a") == SMALL.at_once


def test_each_tier_has_its_own_rate_or_that_of_tier_0() -> None:
    buckets = Buckets[str](STANDARD, Clock())
    buckets.put_in_force({0: SMALL, 3: LARGE})
    assert [buckets.left(name, tier) for name, tier in (("a", 0), ("b", 3), ("c", 5))] == [40, 1_000, 40]
    for tier, at_once in ((0, 40), (3, 1_000), (5, 40)):
        buckets.take(f"in {tier}", at_once, tier)
        with pytest.raises(CodedError):
            buckets.require(f"in {tier}", 1, tier)


def test_who_moves_to_another_tier_keeps_what_is_left() -> None:
    buckets = Buckets[str](STANDARD, Clock())
    buckets.put_in_force({0: STANDARD, 3: LARGE})
    buckets.take("a", 70)
    assert buckets.left("a", 3) == 30
    buckets.take("a", 20, 3)
    assert buckets.standing("a", 0) == Standing(10, 10)


def test_a_share_of_what_is_left_stays_a_share() -> None:
    buckets = Buckets[str](STANDARD, Clock(), processes=2)
    buckets.take("a", 30)
    assert buckets.left("a") == 20
    buckets.put_in_force({0: LARGE})
    assert buckets.left("a") == 20
