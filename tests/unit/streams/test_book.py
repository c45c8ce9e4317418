"""A book follows the events, and names what a client at any earlier sequence must be told."""

from __future__ import annotations

import pytest

from cse.domain.enumerations import Side
from cse.engine.models import Depth
from cse.streams import book as module
from cse.streams.book import Book, BookGap

BUY, SELL = Side.BUY, Side.SELL


def small(reach: int = 500) -> Book:
    """Bids 99, 98, 97 and asks 101, 102 at sequence 7."""
    depth = Depth(1, 7, 100, [(99, 10), (98, 20), (97, 30)], [(101, 5), (102, 6)])
    return Book(depth, reach=reach)


def test_levels_stand_best_first() -> None:
    assert small().top(2) == ([(99, 10), (98, 20)], [(101, 5), (102, 6)])
    assert (small().best_bid, small().best_ask) == (99, 101)


@pytest.mark.parametrize(
    ("side", "price", "lots", "bids", "asks"),
    [
        (BUY, 100, 1, [(100, 1), (99, 10), (98, 20), (97, 30)], [(101, 5), (102, 6)]),
        (BUY, 99, 0, [(98, 20), (97, 30)], [(101, 5), (102, 6)]),
        (BUY, 98, 7, [(99, 10), (98, 7), (97, 30)], [(101, 5), (102, 6)]),
        (SELL, 103, 4, [(99, 10), (98, 20), (97, 30)], [(101, 5), (102, 6), (103, 4)]),
        (SELL, 101, 0, [(99, 10), (98, 20), (97, 30)], [(102, 6)]),
        (BUY, 1, 0, [(99, 10), (98, 20), (97, 30)], [(101, 5), (102, 6)]),  # was never there
    ],
)
def test_a_change(
    side: Side, price: int, lots: int, bids: list[tuple[int, int]], asks: list[tuple[int, int]]
) -> None:
    book = small()
    assert book.apply(8, side, price, lots)
    assert book.top(500) == (bids, asks)
    assert book.sequence == 8


def test_a_price_may_change_sides() -> None:
    book = small()
    book.apply(8, SELL, 101, 0)
    book.apply(9, BUY, 101, 3)
    assert book.top(1) == ([(101, 3)], [(102, 6)])
    book.apply(10, BUY, 101, 0)
    assert book.top(1) == ([(99, 10)], [(102, 6)])


def test_what_is_in_already_changes_nothing() -> None:
    book = small()
    assert not book.apply(7, BUY, 99, 1)
    assert book.top(1)[0] == [(99, 10)]


def test_a_hole_is_noticed() -> None:
    with pytest.raises(BookGap):
        small().apply(9, BUY, 99, 1)


@pytest.mark.parametrize(
    ("since", "keys"),
    [(6, None), (7, [-99, -98, 101]), (8, [-98, 101]), (9, [-98, 101]), (10, [-98]), (11, []), (12, [])],
)
def test_since(since: int, keys: list[int] | None) -> None:
    book = small()
    for sequence, side, price in ((8, BUY, 99), (9, BUY, 98), (10, SELL, 101), (11, BUY, 98)):
        book.apply(sequence, side, price, sequence)
    assert book.publish() == [-99, -98, 101]
    assert book.since(since) == keys
    assert book.publish() == []


def test_levels_are_as_they_are_now_and_gone_ones_are_zero() -> None:
    book = small()
    book.apply(8, BUY, 99, 0)
    assert book.levels([-99, -98, 101, 500]) == ([(99, 0), (98, 20)], [(101, 5), (500, 0)])


class TestBeyondReach:
    """A client with a snapshot of `reach` levels is told of those that come within it."""

    def test_a_level_that_comes_within_reach_is_told(self) -> None:
        book = small(reach=2)
        book.publish()
        book.apply(8, BUY, 99, 0)
        assert book.publish() == [-99, -97]
        assert book.since(7) == [-99, -97]

    def test_nothing_is_told_twice_while_it_stays_within(self) -> None:
        book = small(reach=2)
        book.apply(8, BUY, 99, 0)
        book.publish()
        book.apply(9, BUY, 98, 1)
        assert book.publish() == [-98]
        assert book.since(8) == [-98]

    def test_one_who_began_while_better_levels_were_there(self) -> None:
        book = small(reach=2)
        book.apply(8, BUY, 100, 1)
        book.publish()  # a snapshot now has 100 and 99
        book.apply(9, BUY, 100, 0)
        assert book.publish() == [-100, -98]


def test_the_past_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHANGES_KEPT", 10)
    book = small()
    for sequence in range(8, 108):
        book.apply(sequence, BUY, 90, sequence)
        book.publish()
        assert book.sequence - book.floor <= 21
    assert book.since(book.floor - 1) is None
    assert book.since(book.floor) == [-90]


def test_a_level_that_came_within_reach_is_told_after_older_changes_were_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "CHANGES_KEPT", 10)
    book = small(reach=2)
    for sequence in range(8, 29):
        if sequence == 22:
            book.apply(sequence, BUY, 99, 0)
        else:
            book.apply(sequence, SELL, 101, sequence)
        book.publish()
    assert book.floor == 18
    assert book.since(21) == [-99, -97, 101]
    assert book.since(22) == [101]


class TestEarlierChanges:
    """Those before the book's beginning are known too, as far as no level can have been left out."""

    def test_they_can_be_told(self) -> None:
        depth = Depth(1, 7, 100, [(99, 10)], [(101, 5)])
        book = Book(depth, [-98, 101, -99])
        assert book.floor == 4
        assert book.since(4) == [-99, -98, 101]
        assert book.since(6) == [-99]
        assert book.since(3) is None

    def test_only_as_many_as_leave_every_side_within_reach(self) -> None:
        depth = Depth(1, 7, 100, [(99, 10), (98, 1)], [(101, 5)])
        assert Book(depth, [-98, 101, -99], reach=4).floor == 5
        assert Book(depth, [-98, 101, -99], reach=2).floor == 7
        assert Book(depth, [-98, 101, -99], reach=1).floor == 7


def test_a_book_with_more_levels_than_can_be_read_is_read_anew_in_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LIMIT_MAX", 3)
    book = small(reach=2)
    book.apply(8, BUY, 99, 0)
    book.publish()
    book.apply(9, SELL, 101, 0)
    book.publish()  # of the asks all were read
    book.apply(10, BUY, 98, 0)
    with pytest.raises(BookGap):
        book.publish()
