"""A local book is the server's, or it is empty."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_client.stream.book import LEVELS_KNOWN, BookOutcome, OrderBook
from cse_client.stream.messages import BookData, read_incoming
from cse_client.stream.reader import Reader, Update
from tests.unit.client import vectors

VECTORS = vectors.read("book.json")
MARKET = vectors.market_of(VECTORS["market"], VECTORS["assets"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_messages_in_turn(case: dict[str, Any]) -> None:
    book = OrderBook(MARKET)
    reader = Reader("orderbook.LUNA-USDC", book)
    told: list[Update] = []
    reader.listeners.append(told.append)
    for step in case["steps"]:
        waits = reader.position is None
        count = len(told)
        fault = reader.take(read_incoming(json.dumps(step["message"])))
        assert (len(told) - count) == (step["outcome"] == "applied")
        if step["outcome"] in ("applied", "known") or (waits and step["outcome"] == "gap"):
            assert fault is None
        else:
            assert fault == step["outcome"]
        expected = vectors.book_of(step["book"], MARKET)
        assert (book.bids, book.asks) == (expected.bids, expected.asks)
        position = step["position"]
        assert reader.position == (None if position is None else tuple(map(int, position)))


@pytest.mark.parametrize("case", VECTORS["checksums"], ids=lambda case: case["text"][:12])
def test_checksums(case: dict[str, Any]) -> None:
    book = OrderBook(MARKET)
    data = BookData(case["bids"], case["asks"], case["checksum"])
    assert book.apply(data, is_snapshot=True) is BookOutcome.APPLIED
    assert book.checksum() == case["checksum"]


def test_the_best_of_each_side() -> None:
    book = OrderBook(MARKET)
    assert (book.best_bid, book.best_ask) == (None, None)
    case = VECTORS["checksums"][0]
    book.apply(BookData(case["bids"], case["asks"], case["checksum"]), is_snapshot=True)
    assert book.best_bid == (4_201, 42_819)
    assert book.best_ask == (4_203, 1_000)


def test_no_more_levels_are_shown_than_are_known_for_sure() -> None:
    book = OrderBook(MARKET)
    for at in range(3 * LEVELS_KNOWN):
        price = MARKET.format_price(10_000 - at)
        # The checksum of the best ten: what it is does not matter here.
        book._change(book._bids, [(price, "1.0")])
    assert len(book.bids) == LEVELS_KNOWN
    assert book.bids[-1][0] == 10_000 - LEVELS_KNOWN + 1


# A change of the book: side, price and quantity. Bids and asks stay apart.
CHANGES = st.lists(st.tuples(st.booleans(), st.integers(1, 4), st.integers(0, 3)), min_size=1, max_size=8)


@given(CHANGES, st.lists(st.tuples(st.integers(0, 8), st.integers(-1, 8)), max_size=30))
def test_in_whatever_order_and_how_often_messages_come_it_is_right_or_empty(
    changes: list[tuple[bool, int, int]], deliveries: list[tuple[int, int]]
) -> None:
    states = states_of(changes)
    book = OrderBook(MARKET)
    reader = Reader("orderbook.LUNA-USDC", book)
    for end, begin in deliveries:
        end = min(end, len(changes))
        message = message_of(changes, states, begin if begin <= end else -1, end)
        reader.take(read_incoming(json.dumps(message)))
        if reader.position is None:
            assert (book.bids, book.asks) == ([], [])
        else:
            told = sorted((price, lots) for price, lots in states[reader.position.sequence].items() if lots)
            assert sorted([*book.bids, *book.asks]) == told


def states_of(changes: list[tuple[bool, int, int]]) -> list[dict[int, int]]:
    """The levels of both sides after each change, by price in ticks; asks stand above 1,000."""
    states: list[dict[int, int]] = [{}]
    for is_ask, price, lots in changes:
        states.append({**states[-1], 1_000 * is_ask + price: lots})
    return states


def message_of(
    changes: list[tuple[bool, int, int]], states: list[dict[int, int]], begin: int, end: int
) -> dict[str, Any]:
    """What is told of the changes behind `begin` up to `end`; below zero the whole book."""
    held = {price: lots for price, lots in states[end].items() if lots}
    whole = BookData(*data_of(held), 0)
    book = OrderBook(MARKET)
    for side, levels in ((book._bids, whole.bids), (book._asks, whole.asks)):
        book._change(side, levels)
    changed = {1_000 * is_ask + price for is_ask, price, _ in changes[max(begin, 0) : end]}
    bids, asks = data_of(held if begin < 0 else {price: held.get(price, 0) for price in changed})
    return {
        "channel": "orderbook.LUNA-USDC", "type": "snapshot" if begin < 0 else "update", "epoch": "3",
        "previous": None if begin < 0 else str(begin), "sequence": str(end), "journal_sequence": "1",
        "time": "2026-11-25T14:21:36.788123Z",
        "data": {"bids": bids, "asks": asks, "checksum": book.checksum()},
    }  # fmt: skip


def data_of(levels: dict[int, int]) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Bids and asks as the wire has them."""
    sides: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    for price, lots in levels.items():
        sides[price > 1_000].append((MARKET.format_price(price), MARKET.format_quantity(lots)))
    return sides
