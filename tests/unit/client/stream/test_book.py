"""A local book is the server's, or it is empty."""

from __future__ import annotations

import json
from typing import Any

import pytest

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
