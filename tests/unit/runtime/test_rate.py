"""What is taken comes back with time, and each name has its own."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.rates import Rate
from cse.runtime.rate import Buckets, Standing

RATE = Rate("any", 10, 2)


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def taken(buckets: Buckets[str], name: str = "a") -> int:
    """How many get through when as many as possible are tried."""
    count = 0
    while True:
        try:
            buckets.take(name)
        except CodedError as error:
            assert error.code is codes.RATE_LIMITED
            return count
        count += 1


def test_a_bucket_says_what_is_left_and_when_it_is_full() -> None:
    clock = Clock()
    buckets = Buckets[str](RATE, clock, codes.TOO_MANY_ATTEMPTS)
    assert buckets.standing("a") == Standing(10, 0)
    buckets.take("a", 7)
    assert (buckets.left("a"), buckets.left("b")) == (3, 10)
    with pytest.raises(CodedError) as refused:
        buckets.take("a", 5)
    assert (refused.value.code, refused.value.details["seconds"]) == (codes.TOO_MANY_ATTEMPTS, 2)
    assert buckets.standing("a") == Standing(3, 4)
    clock.now_s += 1
    assert buckets.left("a") == 5
    clock.now_s += 60
    assert buckets.standing("a") == Standing(10, 0)


def test_on_and_on_no_more_is_let_through_than_comes_back() -> None:
    clock = Clock()
    buckets = Buckets[str](RATE, clock)
    assert taken(buckets) == 10
    for _ in range(60):
        clock.now_s += 1
        assert taken(buckets) == 2


def test_one_name_takes_nothing_from_another() -> None:
    buckets = Buckets[str](RATE, Clock())
    assert (taken(buckets, "a"), taken(buckets, "b")) == (10, 10)


def test_what_is_only_looked_at_stays() -> None:
    buckets = Buckets[str](RATE, Clock())
    buckets.require("a")
    assert taken(buckets) == 10
    with pytest.raises(CodedError):
        buckets.require("a")
    buckets.require("b")


@pytest.mark.parametrize(("processes", "share"), [(2, 5), (4, 2)])
def test_processes_that_do_not_hear_of_each_other_give_their_shares(processes: int, share: int) -> None:
    clock = Clock()
    buckets = Buckets[str](RATE, clock, processes=processes)
    assert buckets.left("a") == share
    assert taken(buckets) == share
    clock.now_s += 10
    assert taken(buckets) == share


def test_a_flood_of_names_is_forgotten_once_their_buckets_are_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cse.runtime.rate._NAMES_MAX", 4)
    clock = Clock()
    buckets = Buckets[str](RATE, clock)
    buckets.take("flooder", 10)
    for number in range(20):
        buckets.take(f"name {number}")
        clock.now_s += 0.05
    assert len(buckets._kept) < 20
    assert buckets.left("flooder") < 10
