"""Returns without deposits, weighted by time, and how far an account fell: worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from cse.portfolio.book import Book
from cse.portfolio.keeping import Additions, post_group
from cse.portfolio.postings import Exchanged, Moved, Posting
from cse.portfolio.prices import PriceList, Prices
from cse.portfolio.returns import UNKNOWN, Fall, Flow, Point, returns_of

DOLLAR = 1_000_000


def flow(time_us: int, worth: int, before: int) -> Flow:
    """Of whole dollars."""
    return Flow(time_us, 1, worth * DOLLAR, worth * DOLLAR, before * DOLLAR)


@pytest.mark.parametrize(
    ("points", "flows", "gain", "ppm", "fall", "now_ppm"),
    [
        # Nothing came, and a tenth was gained.
        ([(0, 100), (9, 110)], [], 10, 100_000, (0, 0, 0), 0),
        # What is put in is no gain, and what came of it counts by what was there: 1.1 times 1.1.
        ([(0, 100), (9, 1_210)], [flow(5, 990, 110)], 120, 210_000, (0, 0, 0), 0),
        # What is taken out is no fall.
        ([(0, 100), (9, 10)], [flow(5, -90, 100)], 0, 0, (0, 0, 0), 0),
        # The first money begins everything; from 100 to 80 a fifth is lost, a quarter of that is back.
        ([(0, 0), (3, 80), (9, 85)], [flow(1, 100, 0)], -15, -150_000, (-200_000, 1, 3), -150_000),
        # The height is found between points too, right before money leaves.
        ([(0, 100), (9, 30)], [flow(5, -60, 120)], -10, -400_000, (-500_000, 5, 9), -500_000),
        ([(0, 0)], [], 0, 0, (0, 0, 0), 0),
    ],
)
def test_returns_by_hand(
    points: list[tuple[int, int]],
    flows: list[Flow],
    gain: int,
    ppm: int,
    fall: tuple[int, int, int],
    now_ppm: int,
) -> None:
    found = returns_of([Point(time_us, worth * DOLLAR) for time_us, worth in points], flows)
    gain *= DOLLAR
    assert (found.gain, found.ppm, found.now_ppm) == (gain, ppm, now_ppm)
    assert found.deepest is not None
    assert found.deepest.ppm == fall[0]
    if fall[0]:
        assert found.deepest == Fall(*fall)


def test_what_is_left_of_an_account_that_was_emptied_neither_falls_nor_rises() -> None:
    # Of fifty dollars a millionth is left, which is worth nothing later.
    leaving = Flow(5, 1, -50 * DOLLAR, -50 * DOLLAR, 50 * DOLLAR + 1)
    back = Flow(7, 1, 100 * DOLLAR, 100 * DOLLAR, 0)
    points = [Point(0, 50 * DOLLAR), Point(6, 0), Point(9, 110 * DOLLAR)]
    found = returns_of(points, [leaving, back])
    assert (found.ppm, found.now_ppm, found.deepest) == (100_000, 0, Fall(0, 0, 0))


def test_a_return_over_many_flows_is_as_exact_as_over_few() -> None:
    flows = [
        Flow(number, 1, DOLLAR, DOLLAR, 999_999 * (100 + number) * DOLLAR // 1_000_000)
        for number in range(1, 3_000)
    ]
    found = returns_of([Point(0, 100 * DOLLAR), Point(3_000, 3_099 * DOLLAR)], flows)
    exact = Fraction(1)
    base = 100 * DOLLAR
    for one in flows:
        exact *= Fraction(one.worth_before or 0, base)
        base = (one.worth_before or 0) + DOLLAR
    exact = exact * Fraction(3_099 * DOLLAR, base) - 1
    assert found.ppm == round(exact * 1_000_000)


def test_what_is_not_known_is_not_said() -> None:
    assert returns_of([Point(0, 5), Point(1, None)], []) == UNKNOWN
    assert returns_of([Point(0, 5), Point(2, 5)], [Flow(1, 2, 5, None, 5)]) == UNKNOWN
    assert returns_of([Point(0, 5), Point(2, 5)], [Flow(1, 2, 5, 5, None)]) == UNKNOWN


class NoPrices:
    """No asset but money has a price."""

    unpriced = Prices(PriceList(1, ()), {})

    async def at(self, time_us: int) -> Prices:
        assert time_us
        return self.unpriced


class CountedPrices(NoPrices):
    """Counts how often somebody asks."""

    def __init__(self) -> None:
        self.asked = 0

    async def at(self, time_us: int) -> Prices:
        self.asked += 1
        return await super().at(time_us)


@pytest.mark.parametrize(
    ("posting", "for_flows", "without"),
    [(Moved(1, 1, 900), 1, 0), (Moved(1, 2, 5), 1, 1), (Exchanged(2, 2, 5, 1, 900), 0, 0)],
    ids=["money is moved", "another asset is moved", "one is bought for money"],
)
async def test_prices_are_asked_for_only_where_they_are_needed(
    posting: Posting, for_flows: int, without: int
) -> None:
    for additions, asked in ((Additions(), for_flows), (None, without)):
        prices = CountedPrices()
        await post_group(Book(1), 7, 50, [posting], prices, additions)
        assert prices.asked == asked


async def test_a_flow_is_noted_with_what_was_there_before() -> None:
    book, found = Book(1), Additions()
    await post_group(book, 7, 50, [Moved(1, 1, 900), Moved(2, 1, -200)], NoPrices(), found)
    await post_group(book, 8, 60, [Moved(1, 2, 5)], NoPrices(), found)
    assert [kept.flow for kept in found.flows] == [
        Flow(50, 1, 900, 900, 0), Flow(50, 1, -200, -200, 900), Flow(60, 2, 5, None, 700),
    ]  # fmt: skip
    assert (book.put_in, book.taken_out, book.since_us) == (None, 200, 50)
