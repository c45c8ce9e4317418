"""The replica's reader: what a reading reflects, and what it says of orders open and closed."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.accounts import external_owner
from cse.engine import queries, readings, wire
from cse.engine._native import Core, Diverged, JournalDamaged, Leader, Replica
from cse.engine.message import Malformed
from cse.engine.models import ClosedOrder, JournalPosition, OpenOrder, Past, groups
from cse.engine.replica import VISIBLE_WITHIN_S, Reader
from tests.memory_storage import MemoryStorage
from tests.small_market import (
    BASE,
    BUYER,
    BUYER_OWNER,
    FUNDS,
    LISTED,
    MARKET,
    QUOTE,
    SELLER,
    WORLD,
    buy,
    cancel,
    listing,
    request,
    sell,
)

NOW_US = 1_000_000


class Engine:
    """A leader and a replica's reader over one storage."""

    def __init__(self) -> None:
        self.storage = MemoryStorage()
        self.leader = Leader(self.storage, NOW_US, 0, segment_bytes=1 << 20)
        self.run(*listing())
        self.replica = Replica(self.storage)
        self.reader = Reader(self.replica)
        self.reader.connected(1)

    def run(self, *commands: bytes) -> int:
        """Has commands carried out and returns the last sequence."""
        for command in commands:
            self.leader.submit(1, request(1, command))
        batch = self.leader.gather(NOW_US)
        assert batch is not None
        self.leader.write(batch)
        self.leader.commit(batch)
        return batch.last_sequence

    def ask(self, question: queries.Question, min_sequence: int = 0) -> bytes:
        """The packed value of a reading."""
        frame = self.reader.receive(1, queries.encode(1, min_sequence, question), 0.0)
        return queries.decode_reading(frame).value

    def ask_recent(self, question: queries.Question) -> bytes:
        """The packed value of a reading of what happened lately."""
        return readings.as_recent(self.ask(question))[1]

    def order(self, account: int, order_id: int) -> object:
        return readings.as_order(self.ask_recent(queries.Order(account, order_id)))


@pytest.fixture
def engine() -> Engine:
    return Engine()


def test_a_position_is_where_the_journal_stands() -> None:
    engine = Engine()
    last = engine.run(buy(90))
    engine.reader.follow(0.0)
    position = readings.as_position(engine.ask(queries.Status()))
    assert position == JournalPosition(engine.replica.epoch, last, NOW_US)


def test_a_reading_reflects_all_that_was_durable_when_it_was_asked_for(engine: Engine) -> None:
    sequence = engine.run(buy())
    frame = engine.reader.receive(1, queries.encode(1, 0, queries.OpenOrders(BUYER, 0)), 0.0)
    assert queries.decode_reading(frame).sequence == sequence


def test_balances_are_available_and_locked(engine: Engine) -> None:
    engine.run(sell(quantity=7))
    found = readings.as_messages(engine.ask(queries.Balances(SELLER)), wire.BalanceState)
    assert found == [wire.BalanceState(SELLER, BASE, FUNDS - 70_000, 70_000)]


def test_depth_is_best_first_and_carries_the_book_sequence(engine: Engine) -> None:
    engine.run(buy(98, 1), buy(99, 2), sell(101, 3), sell(102, 4))
    depth = readings.as_depth(engine.ask(queries.DepthOf(MARKET, 10)))
    assert depth is not None
    assert (depth.bids, depth.asks) == ([(99, 2), (98, 1)], [(101, 3), (102, 4)])
    assert depth.book_sequence == 4
    assert readings.as_depth(engine.ask(queries.DepthOf(MARKET + 1, 10))) is None


def test_an_order_is_found_open_then_closed(engine: Engine) -> None:
    accepted = engine.run(buy(client_order_id="mine"))
    found = engine.order(BUYER, 1)
    assert isinstance(found, OpenOrder)
    assert isinstance(found.state, wire.OrderState)
    closed_at = engine.run(cancel(BUYER, 1))
    closed = engine.order(BUYER, 1)
    assert isinstance(closed, ClosedOrder)
    assert (closed.accepted_sequence, closed.closed_sequence) == (accepted, closed_at)
    assert closed.accepted.client_order_id == "mine"
    assert closed.closed.reason == wire.CloseReason.CANCELLED
    by_client_id = readings.as_order(engine.ask_recent(queries.OrderByClientId(BUYER, "mine")))
    assert by_client_id == closed


def test_whose_an_order_is_is_told_to_nobody_else(engine: Engine) -> None:
    engine.run(buy())
    assert engine.order(SELLER, 1) is None
    engine.run(cancel(BUYER, 1))
    assert engine.order(SELLER, 1) is None


def test_an_order_that_is_older_than_what_is_kept_is_known_by_its_client_order_id(engine: Engine) -> None:
    engine.run(buy(client_order_id="mine"))
    engine.ask(queries.Markets())
    engine.replica.prune(engine.run(cancel(BUYER, 1)))
    assert engine.order(BUYER, 1) is None
    found = readings.as_order(engine.ask_recent(queries.OrderByClientId(BUYER, "mine")))
    assert isinstance(found, wire.ClientOrderState)
    assert found.order_id == 1


def test_fills_and_trades_are_newest_first(engine: Engine) -> None:
    engine.run(sell(quantity=10), buy(quantity=4), buy(quantity=6))
    fills = readings.as_trades(engine.ask_recent(queries.Fills(SELLER, 0, 10)))
    assert [fill.traded.quantity for fill in fills] == [6, 4]
    assert fills == readings.as_trades(engine.ask_recent(queries.Fills(BUYER, MARKET, 10)))
    assert fills == readings.as_trades(engine.ask(queries.Trades(MARKET, 10)))
    assert readings.as_trades(engine.ask(queries.Trades(MARKET, 1))) == fills[:1]
    assert readings.as_trades(engine.ask_recent(queries.Fills(SELLER, MARKET + 1, 10))) == []


def test_fills_of_one_command_are_told_apart(engine: Engine) -> None:
    engine.run(sell(quantity=1), sell(quantity=2), sell(quantity=3))
    sequence = engine.run(buy(quantity=6))
    fills = readings.as_trades(engine.ask_recent(queries.Fills(BUYER, 0, 10)))
    assert [(fill.sequence, fill.traded.quantity) for fill in fills] == [(sequence, n) for n in (3, 2, 1)]
    closed = readings.as_closed_orders(engine.ask_recent(queries.ClosedOrders(SELLER, 0, 10)))
    assert [order.closed.filled_quantity for order in closed] == [3, 2, 1]
    assert {order.closed_sequence for order in closed} == {sequence}


def test_what_the_ledger_has_written_is_forgotten_but_for_the_market_s_trades(engine: Engine) -> None:
    sequence = engine.run(sell(quantity=4), buy(quantity=4))
    engine.ask(queries.Markets())
    assert engine.replica.recent_count == 4
    engine.replica.prune(sequence)
    assert (engine.replica.recent_count, engine.replica.recent_from) == (0, sequence + 1)
    assert readings.as_trades(engine.ask_recent(queries.Fills(SELLER, 0, 10))) == []
    assert len(readings.as_trades(engine.ask(queries.Trades(MARKET, 10)))) == 1


def test_what_is_kept_is_bounded_and_the_newest_stays(engine: Engine) -> None:
    engine.replica = Replica(engine.storage, recent_limit=3)
    engine.reader = Reader(engine.replica)
    engine.reader.connected(1)
    for order_id in range(1, 6):
        engine.run(buy(), cancel(BUYER, order_id))
    closed = readings.as_closed_orders(engine.ask_recent(queries.ClosedOrders(BUYER, 0, 10)))
    assert [order.closed.order_id for order in closed] == [5, 4, 3]


@pytest.mark.parametrize(
    "question",
    [
        queries.Order(BUYER, 1),
        queries.OrderByClientId(BUYER, "none"),
        queries.ClosedOrders(BUYER, 0, 10),
        queries.Fills(BUYER, 0, 10),
    ],
)
def test_a_reading_of_late_says_from_where_on_it_is_complete(
    engine: Engine, question: queries.Question
) -> None:
    engine.replica = Replica(engine.storage, recent_limit=3)
    engine.reader = Reader(engine.replica)
    engine.reader.connected(1)
    assert readings.as_recent(engine.ask(question))[0] == 1
    dropped = [engine.run(buy(), cancel(BUYER, order_id)) for order_id in range(1, 6)][1]
    assert readings.as_recent(engine.ask(question))[0] == dropped + 1


_OF_THE_LOG: list[queries.Question] = [
    queries.GroupAt(LISTED + 1),
    queries.Order(BUYER, 2),
    queries.OrderByClientId(BUYER, "mine"),
    queries.ClosedOrders(BUYER, 0, 10),
    queries.Fills(BUYER, 0, 10),
    queries.Trades(MARKET, 10),
]


@pytest.mark.parametrize("question", _OF_THE_LOG)
def test_a_damaged_event_log_fails_the_query_alone(engine: Engine, question: queries.Question) -> None:
    told: list[tuple[queries.Question, Exception]] = []
    engine.reader = Reader(engine.replica, report=lambda *failure: told.append(failure))
    engine.reader.connected(1)
    engine.run(sell(quantity=4), buy(quantity=4, client_order_id="mine"))
    engine.reader.follow(0.0)
    for name, file in engine.storage.events.files.items():
        if name.endswith(".events"):
            file.set_length(64)
    frame = engine.reader.receive(1, queries.encode(1, 0, question), 0.0)
    assert wire.Reading.decode(frame).code == codes.UNAVAILABLE.number
    ((asked, error),) = told
    assert asked == question
    assert isinstance(error, JournalDamaged)
    engine.run(sell(quantity=7))
    (found,) = readings.as_open_orders(engine.ask(queries.OpenOrders(SELLER, 0)))
    assert found.state.quantity == 7


def test_the_original_answer_of_a_repeat_is_found_by_its_sequence(engine: Engine) -> None:
    original = engine.run(buy(client_order_id="once"))
    repeat = engine.run(buy(client_order_id="once"))
    found = readings.as_group(engine.ask(queries.GroupAt(repeat)))
    assert found is not None
    repeated = wire.OrderRepeated.decode(found.events)
    assert repeated.original_sequence == original
    group = readings.as_group(engine.ask(queries.GroupAt(original)))
    assert group is not None
    assert wire.OrderAccepted.decode(group.events).order_id == repeated.order_id
    assert readings.as_group(engine.ask(queries.GroupAt(0))) is None


def test_a_sequence_that_is_not_reached_yet_is_waited_for(engine: Engine) -> None:
    wanted = LISTED + 2
    frame = queries.encode(9, wanted, queries.Balances(BUYER))
    assert engine.reader.receive(1, frame, 0.0) == b""
    assert engine.reader.follow(0.1) == []
    engine.run(buy())
    ((connection, reply),) = engine.reader.follow(0.15)
    assert connection == 1
    assert queries.decode_reading(reply).sequence == wanted
    assert not engine.reader.is_waiting


def test_a_sequence_that_does_not_come_is_not_visible_yet(engine: Engine) -> None:
    engine.reader.receive(1, queries.encode(9, 1_000, queries.Balances(BUYER)), 0.0)
    ((_, reply),) = engine.reader.follow(VISIBLE_WITHIN_S)
    assert wire.Reading.decode(reply).code == codes.NOT_YET_VISIBLE.number


def test_queries_of_a_connection_that_is_gone_are_dropped(engine: Engine) -> None:
    engine.reader.receive(1, queries.encode(9, 1_000, queries.Balances(BUYER)), 0.0)
    engine.reader.disconnected(1)
    assert engine.reader.follow(1.0) == []


@pytest.mark.parametrize("body", [b"\x80", b"\xc1", b"\x81\xa4what\xa6nobody"])
def test_a_question_that_is_not_known_is_refused(engine: Engine, body: bytes) -> None:
    frame = wire.Query(3, 0, len(body)).encode(body + bytes(-len(body) % 8))
    assert wire.Reading.decode(engine.reader.receive(1, frame, 0.0)).code == queries.UNKNOWN_QUESTION


def test_commands_are_not_the_replica_s(engine: Engine) -> None:
    with pytest.raises(Malformed):
        engine.reader.receive(1, request(1, buy()), 0.0)


def test_owners_and_outboxes_are_found(engine: Engine) -> None:
    engine.run(wire.FromOutbox(2, 1).encode(wire.Tick().encode()))
    assert readings.as_optional_integer(engine.ask(queries.MainAccount(BUYER_OWNER))) == BUYER
    assert readings.as_optional_integer(engine.ask(queries.MainAccount(b"?" * 16))) is None
    assert readings.as_integer(engine.ask(queries.OutboxNumber(2))) == 1


def test_the_world_outside_is_found_by_asset_and_network(engine: Engine) -> None:
    def found(asset: int, network: int) -> int | None:
        return readings.as_optional_integer(engine.ask(queries.ExternalAccount(asset, network)))

    assert found(QUOTE, 0) == WORLD
    assert [found(BASE, 0), found(QUOTE, 1), found(0, 0), found(99, 0)] == [None] * 4
    owner = external_owner(QUOTE, 1)
    engine.run(wire.OpenAccount(owner, wire.AccountKind.EXTERNAL).encode())
    engine.run(wire.OpenAccount(external_owner(BASE), wire.AccountKind.EXTERNAL).encode())
    assert [found(QUOTE, 0), found(QUOTE, 1), found(BASE, 0)] == [WORLD, SELLER + 1, SELLER + 2]


def test_a_replica_goes_on_from_its_snapshot_and_knows_what_closed_before_it(engine: Engine) -> None:
    engine.run(buy(client_order_id="first"), buy(90), sell(quantity=10))
    engine.ask(queries.Markets())
    state_hash = engine.replica.snapshot().write()
    before = [engine.ask(question) for question in _QUESTIONS]
    engine.replica = Replica(engine.storage)
    assert engine.replica.sequence == LISTED + 4, "the snapshot's, before it follows"
    assert engine.replica.state_hash() == state_hash
    engine.reader = Reader(engine.replica)
    engine.reader.connected(1)
    assert [engine.ask(question) for question in _QUESTIONS] == before


_QUESTIONS: list[queries.Question] = [
    queries.ClosedOrders(BUYER, 0, 10),
    queries.ClosedOrders(SELLER, 0, 10),
    queries.Fills(BUYER, 0, 10),
    queries.Trades(MARKET, 10),
    queries.OpenOrders(BUYER, 0),
    queries.Balances(BUYER),
    queries.DepthOf(MARKET, 10),
]


def test_where_an_order_was_taken_in_is_found_in_the_log_when_it_closed_before_the_snapshot(
    engine: Engine,
) -> None:
    engine.run(*[buy(90) for _ in range(20)])
    accepted = engine.run(buy(91))
    position = engine.run(*[buy(90) for _ in range(20)])
    closed_at = engine.run(cancel(BUYER, 21))
    engine.ask(queries.Markets())
    engine.replica.snapshot().write()
    engine.replica = Replica(engine.storage, ledger_position=position)
    found = engine.replica.closed_order(BUYER, 21)
    assert found is not None
    assert (found[0][0], found[1][0]) == (accepted, closed_at)


# The limit order of an OCO, which is alone once it has traded in part; a stop-limit that a trade at 100
# fires; and a stop-loss that waits.
OCO, STOP_LIMIT, STOP = 2, 4, 5
TICK = wire.Tick().encode()
# Through so many sequences before a snapshot a replica looks whatever the ledger has.
LOOKED_BACK = 100_000


def stop(order_type: int, price: int, stop_price: int) -> bytes:
    order = wire.PlaceOrder.decode(sell(price, 3))
    return order._replace(order_type=order_type, stop_price=stop_price).encode()


def pasts_come_about(engine: Engine) -> int:
    """The three of them live so far; returns the last sequence."""
    oco = sell(120, 3) + stop(wire.OrderType.STOP_LOSS, 0, 80)
    engine.run(
        buy(100, 1),
        wire.PlaceOrderList(wire.OrderListKind.OCO).encode(oco),
        stop(wire.OrderType.STOP_LIMIT, 130, 100),
        stop(wire.OrderType.STOP_LOSS, 0, 70),
        sell(100, 1),
    )
    return engine.run(buy(120, 1), wire.AmendOrder(SELLER, STOP, "", 0, 0, 0, 60).encode())


def forget_all_but_the_state(engine: Engine) -> None:
    """Begins a replica anew with a snapshot, so late that it does not look back at what was before."""
    position = engine.run(TICK)
    while engine.run(*[TICK] * 1_000) < position + LOOKED_BACK:
        engine.reader.follow(0.0)
    engine.replica.follow()
    engine.replica.snapshot().write()
    engine.replica = Replica(engine.storage, ledger_position=position)
    engine.reader = Reader(engine.replica)
    engine.reader.connected(1)


def test_what_became_of_an_order_is_told_of_it_open_and_closed(engine: Engine) -> None:
    pasts_come_about(engine)
    opened = readings.as_open_orders(engine.ask(queries.OpenOrders(SELLER, 0)))
    assert {order.state.order_id: order.past for order in opened} == {
        OCO: Past(list_id=OCO),
        STOP_LIMIT: Past(triggered_at_us=NOW_US, stop_price=100),
        STOP: Past(stop_price=60),
    }
    engine.run(*[cancel(SELLER, order_id) for order_id in (OCO, STOP_LIMIT, STOP)])
    closed = readings.as_closed_orders(engine.ask_recent(queries.ClosedOrders(SELLER, 0, 10)))
    assert {order.closed.order_id: order.past for order in closed} == {
        OCO: Past(list_id=OCO),
        OCO + 1: Past(list_id=OCO),
        STOP_LIMIT: Past(triggered_at_us=NOW_US, stop_price=100),
        STOP: Past(stop_price=60),
        6: Past(),
    }
    # Of those of one command too it is its own acceptance.
    assert {order.accepted.order_id for order in closed} == {OCO, OCO + 1, STOP_LIMIT, STOP, 6}


def test_what_was_before_a_snapshot_is_looked_up_or_left_to_the_ledger(engine: Engine) -> None:
    pasts_come_about(engine)
    forget_all_but_the_state(engine)
    expected = {
        OCO: Past(list_id=OCO),
        STOP_LIMIT: Past(ledger_knows=True),
        STOP: Past(stop_price=60),
    }
    assert {order_id: seen(engine, order_id) for order_id in expected} == expected
    engine.run(*[cancel(SELLER, order_id) for order_id in expected])
    assert {order_id: seen(engine, order_id) for order_id in expected} == expected


def seen(engine: Engine, order_id: int) -> Past:
    order = engine.order(SELLER, order_id)
    assert isinstance(order, OpenOrder | ClosedOrder)
    return order.past


def test_an_account_s_cancel_timer_is_told(engine: Engine) -> None:
    def fires_at_us(account: int) -> int:
        return readings.as_integer(engine.ask(queries.CancelTimer(account)))

    engine.run(wire.SetCancelTimer(BUYER, 5_000_000).encode())
    assert (fires_at_us(BUYER), fires_at_us(SELLER)) == (NOW_US + 5_000_000, 0)


def test_a_core_that_came_to_other_events_stops(engine: Engine) -> None:
    core = Core()
    for group in groups(_all_groups(engine)):
        core.apply(group.sequence, NOW_US, wire.Tick().encode())
    engine.run(buy())
    with pytest.raises(Diverged):
        core.apply_record(_last_record(engine))


def _all_groups(engine: Engine) -> bytes:
    found = [engine.replica.group(sequence) for sequence in range(1, LISTED + 2)]
    return b"".join(group for group in found if group)


def _last_record(engine: Engine) -> bytes:
    (segment,) = (file for name, file in engine.storage.journal.files.items() if name.endswith(".journal"))
    content = bytes(segment.content)
    offset, last = 64, b""
    while content[offset : offset + 8].strip(b"\0"):
        length = int.from_bytes(content[offset + 4 : offset + 8], "little")
        last = content[offset : offset + length]
        offset += length
    return last
