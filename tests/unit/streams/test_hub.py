"""Events become messages: one for each channel that changed in a turn."""

from __future__ import annotations

import pytest

from cse.domain.errors import CodedError
from cse.engine import wire
from cse.streams.names import parse_channel
from tests.small_market import BASE, BUYER, FEES, MARKET, QUOTE, SELLER, buy, cancel, sell
from tests.streams.engine import LAB, NAME, Engine
from tests.streams.process import FakeProcess

BOOK, TRADES = f"orderbook.{NAME}", f"trades.{NAME}"


def test_one_message_covers_a_turn() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = process.connect()
    visitor.subscribe(BOOK, TRADES)
    engine.run(sell(110), sell(111), buy(111, 15))
    engine.run(buy(90))
    process.turn()
    visitor.take()
    book, trades = visitor.client.channels[BOOK], visitor.client.channels[TRADES]
    assert (book.snapshots, book.updates) == (1, 1)
    assert (trades.snapshots, trades.updates) == (1, 1)
    assert book.bids == {"0.0090": "0.10"}
    assert book.asks == {"0.0111": "0.05"}
    assert [trade["trade_id"] for trade in trades.items] == ["1", "2"]
    assert trades.items[0] == {
        "trade_id": "1",
        "side": "buy",
        "price": "0.0110",
        "quantity": "0.10",
        "auction": False,
        "time": "2023-11-14T22:13:20.002000Z",
    }


def test_the_numbers_are_those_of_the_core() -> None:
    engine = Engine()
    engine.run(sell(110), sell(111))
    process = FakeProcess(engine)
    visitor = process.connect()
    visitor.subscribe(BOOK)
    assert visitor.client.channels[BOOK].sequence == engine.depth().book_sequence == 2
    engine.run(cancel(SELLER, 1))
    process.turn()
    visitor.take()
    assert visitor.client.channels[BOOK].sequence == engine.depth().book_sequence == 3


def test_what_begins_ahead_of_the_events_takes_none_of_them_twice() -> None:
    engine = Engine()
    engine.run(sell(110))
    begun = engine.start()
    engine.run(buy(110, 4), sell(115), buy(80))
    process = FakeProcess(engine)
    # As if the journal had moved on between the position and the books.
    process.hub.place.stamp = begun.stamp
    visitor = process.connect()
    visitor.subscribe(BOOK, TRADES)
    assert visitor.client.channels[BOOK].sequence == engine.depth().book_sequence
    assert len(visitor.client.channels[TRADES].items) == 1


def test_groups_that_come_again_are_told_once() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    process.issue("buyer", BUYER)
    visitor = process.connect()
    visitor.send('{"op":"authenticate","access_token":"buyer"}')
    visitor.subscribe(BOOK, TRADES, "user.orders", "user.fills", "user.balances")
    before = process.hub.place.stamp.sequence
    engine.run(sell(110), buy(110, 4), buy(90))
    groups = engine.feed.read_bytes(before, 100)
    process.hub.turn(groups)
    told = visitor.connection.writes
    place = process.hub.place.stamp
    process.hub.turn(groups)
    # Also the last one alone, which is where the process stands.
    process.hub.turn(engine.feed.read_bytes(engine.sequence - 1, 100))
    assert visitor.connection.writes == told
    assert process.hub.place.stamp == place
    visitor.take()
    assert len(visitor.client.channels["user.fills"].items) == 1


def test_a_market_that_is_listed_later() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    with pytest.raises(CodedError):
        process.hub.find(parse_channel("orderbook.NEW-USDC"), 0)
    engine.run(wire.CreateAsset("NEW", 2).encode())
    engine.run(market_of(3))
    process.turn()
    visitor = process.connect()
    visitor.subscribe("orderbook.NEW-USDC")
    assert visitor.client.channels["orderbook.NEW-USDC"].sequence == 0


def test_a_new_epoch_goes_on_with_the_numbers() -> None:
    """A client that saw the last message of an epoch goes on; none ever gets a number twice."""
    engine = Engine()
    first, second = FakeProcess(engine), FakeProcess(engine)
    visitor = first.connect()
    visitor.subscribe(BOOK)
    engine.run(sell(110))
    first.turn()
    visitor.take()
    book = visitor.client.channels[BOOK]
    before = (book.epoch, book.sequence)
    engine.restart()
    for process in (first, second):
        # The reader of a process looks at the same files, whoever leads.
        process.engine = engine
    engine.run(sell(111))
    first.turn()
    visitor.take()
    assert (book.snapshots, book.gaps) == (1, 0)
    assert book.sequence == 2
    assert int(book.epoch or 0) == int(before[0] or 0) + 1
    other = second.connect()
    other.client.channels[BOOK] = book
    book.epoch, book.sequence = before
    other.subscribe(BOOK)
    assert (book.snapshots, book.gaps, book.sequence) == (1, 0, 2)


@pytest.mark.parametrize(
    ("epoch", "sequence"), [(0, 1), (1, 99), (9, 1), (1 << 70, 1), (1, 1 << 70)], ids=str
)
def test_a_position_that_is_not_good_gets_a_snapshot(epoch: int, sequence: int) -> None:
    engine = Engine()
    engine.run(sell(110))
    process = FakeProcess(engine)
    visitor = process.connect()
    position = f'{{"channel":"{BOOK}","epoch":"{epoch}","sequence":"{sequence}"}}'
    visitor.send(f'{{"op":"subscribe","channels":[{position}]}}')
    process.turn()
    visitor.take()
    if (epoch, sequence) > (1 << 64, 0) or sequence > 1 << 64:
        assert visitor.client.codes() == ["malformed_message"]
    else:
        assert visitor.client.channels[BOOK].snapshots == 1


def test_nobody_is_told_what_is_older_than_what_was_durable_when_they_came() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    visitor = process.connect()
    engine.run(sell(110))
    visitor.send(visitor.client.subscription(BOOK))
    process.hub.turn(b"")
    visitor.take()
    assert BOOK not in visitor.client.channels
    process.turn()
    visitor.take()
    assert visitor.client.channels[BOOK].asks == {"0.0110": "0.10"}


def test_room_in_the_buffer_before_that_turn_changes_nothing() -> None:
    engine = Engine()
    ahead, behind = FakeProcess(engine), FakeProcess(engine)
    visitor = ahead.connect()
    engine.run(sell(110))
    visitor.subscribe(BOOK)
    visitor.join(behind)
    visitor.send(visitor.client.subscription(BOOK))
    visitor.session.buffer_full()
    visitor.session.buffer_free()
    visitor.take()
    engine.run(sell(111))
    behind.turn()
    visitor.take()
    book = visitor.client.channels[BOOK]
    assert (book.snapshots, book.updates, book.gaps) == (1, 1, 0)


def test_what_nobody_hears_is_not_encoded() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    engine.run(sell(110), buy(110))
    process.turn()
    assert process.hub.place.deliveries == 0
    assert not process.hub.has_comers
    assert not process.hub.accounts.listening


def market_of(base: int) -> bytes:
    assert (MARKET, BASE, BUYER) == (1, 2, 3)
    return wire.CreateMarket(
        base=base,
        quote=QUOTE,
        tick_size=1,
        lot_size=LAB.lot_size,
        min_notional=0,
        max_quantity=1 << 40,
        maker_fee_ppm=0,
        taker_fee_ppm=0,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=FEES,
        price_band_ppm=0,
        max_open_orders=0,
        tick_decimals=4,
        status=0,
    ).encode()
