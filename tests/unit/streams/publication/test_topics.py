"""What is published outside is what those hear who are connected."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cse.streams.frames import text_frame
from cse.streams.publication.topics import MESSAGES_MAX, Publication, Topics
from tests.small_market import buy, sell
from tests.streams.client import split
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor

BOOK, TRADES, TICKER = f"orderbook:{NAME}", f"trades:{NAME}", f"ticker:{NAME}"


@pytest.fixture
def topics(process: FakeProcess) -> Topics:
    topics = Topics(process.hub)
    topics.join_new_markets()
    return topics


def messages(publications: list[Publication], topic: str) -> list[dict[str, Any]]:
    return [json.loads(publication.text) for publication in publications if publication.topic == topic]


def test_a_trade_is_told_on_all_three(engine: Engine, process: FakeProcess, topics: Topics) -> None:
    engine.run(sell(110, 4), buy(110, 3))
    process.turn()
    assert topics.changed.is_set()
    taken = topics.take()
    (book,), (trades,), (ticker,) = (messages(taken, topic) for topic in (BOOK, TRADES, TICKER))
    assert book["data"]["asks"] == [["0.0110", "0.01"]]
    assert trades["data"]["trades"][0]["quantity"] == "0.03"
    assert ticker["data"]["last_price"] == "0.0110"
    assert (book["channel"], book["type"]) == (f"orderbook.{NAME}", "update")
    assert (topics.take(), topics.changed.is_set()) == ([], False)


def test_the_texts_are_those_of_the_streams(
    engine: Engine, process: FakeProcess, topics: Topics, visitor: Visitor
) -> None:
    visitor.subscribe(f"orderbook.{NAME}", f"trades.{NAME}", f"ticker.{NAME}")
    topics.take()
    for price in range(90, 100):
        engine.run(buy(price, 2), sell(price, 1))
        process.turn()
    data, told = bytes(visitor.connection.received), []
    while data:
        (_, content), data = split(data)
        told.append(content)
    assert len(told) == 30
    assert [publication.text for publication in topics.take()] == told


def test_a_book_with_what_is_told_after_it_is_the_books(
    engine: Engine, process: FakeProcess, topics: Topics, visitor: Visitor
) -> None:
    engine.run(sell(110, 4), buy(90, 3))
    process.turn()
    topics.take()
    (book,) = topics.books()
    assert book.topic == BOOK
    visitor.client.take(text_frame(book.text))
    engine.run(sell(109, 1), buy(91, 2), buy(110, 2))
    process.turn()
    for message in messages(topics.take(), BOOK):
        visitor.client.take_message(message)
    followed = visitor.client.channels[f"orderbook.{NAME}"]
    assert (followed.snapshots, followed.updates, followed.gaps) == (1, 1, 0)
    assert followed.best("asks", 5) == [["0.0110", "0.03"]]
    assert followed.best("bids", 5) == [["0.0091", "0.02"], ["0.0090", "0.03"]]


def test_a_book_that_has_not_changed_is_the_same_text(
    engine: Engine, process: FakeProcess, topics: Topics
) -> None:
    engine.run(sell(110, 4))
    process.turn()
    (before,), (after,) = topics.books(), topics.books()
    assert before.text == after.text


def test_what_nobody_takes_does_not_pile_up(engine: Engine, process: FakeProcess, topics: Topics) -> None:
    for number in range(MESSAGES_MAX // 2 + 10):
        engine.run(buy(90 + number % 2, 1))
        process.turn()
    assert 0 < len(topics.take()) <= MESSAGES_MAX
