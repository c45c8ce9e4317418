"""The fair price of the demo: what news does to it."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from cse.demo.prices import FairPrice

STEP_S = 30.0


class OnePieceOfNews(Random):
    """A world in which nothing happens but one piece of good news, at the first step."""

    def __init__(self) -> None:
        super().__init__(0)
        self._drawn = iter((0.0, 0.0, 0.0))

    def random(self) -> float:
        return next(self._drawn, 0.999)

    def gauss(self, mu: float = 0.0, sigma: float = 1.0) -> float:
        return mu

    def expovariate(self, lambd: float = 1.0) -> float:
        return 1.0 / lambd


@pytest.fixture
def after() -> list[float]:
    """How far the price has moved, in logarithms, after each step of a day."""
    fair = FairPrice(1.0, 0.05, OnePieceOfNews())
    return [fair.step(STEP_S) for _ in range(int(86_400 / STEP_S))]


def test_news_gets_around_within_minutes_and_is_in_part_taken_back(after: list[float]) -> None:
    top = max(after)
    reached_s = after.index(top) * STEP_S
    assert 600 < reached_s < 3_600
    assert 0.3 * top < after[-1] < 0.7 * top
    assert all(later <= earlier for earlier, later in pairwise(after[after.index(top) :]))


def test_no_step_of_it_is_a_jump(after: list[float]) -> None:
    assert max(abs(later - earlier) for earlier, later in pairwise([0.0, *after])) < 0.12 * max(after)
