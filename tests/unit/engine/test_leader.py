"""The leader's cycle: what is taken in, in what order it becomes durable, and what is refused."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.enumerations import CloseReason, TimeInForce
from cse.engine import queries, readings, wire
from cse.engine._native import Batch, Leader, OutOfOrder, ProtocolViolated, Replica
from cse.engine.client import read_answer
from cse.engine.framing import Framing
from cse.engine.leader import FULL_BATCH, LeaderCycle
from tests.memory_storage import MemoryStorage
from tests.small_market import BUYER, LISTED, buy, cancel, events, listing, request, sell

NOW_US = 1_000_000
WAITING_MAX = 65_536
TICK = wire.Tick().encode()


def new_leader(storage: MemoryStorage | None = None, now_us: int = NOW_US) -> Leader:
    return Leader(storage or MemoryStorage(), now_us, 0, segment_bytes=1 << 23)


def run(leader: Leader, *commands: bytes, now_us: int = NOW_US) -> list[bytes]:
    """Has commands carried out as one batch; returns their Answer frames."""
    for number, command in enumerate(commands, 1):
        assert leader.submit(1, request(number, command)) is None
    batch = leader.gather(now_us)
    assert batch is not None
    leader.write(batch)
    ((_, answers),) = leader.commit(batch)
    return Framing(1 << 20).feed(answers)


def gather(cycle: LeaderCycle, now_us: int = NOW_US) -> Batch:
    batch = cycle.next_batch(now_us)
    assert batch is not None
    return batch


def test_the_first_command_of_all_starts_the_first_epoch() -> None:
    leader = new_leader()
    assert (leader.epoch, leader.sequence, leader.durable_sequence) == (1, 1, 1)


def test_each_start_begins_an_epoch_behind_what_was_kept() -> None:
    storage = MemoryStorage()
    run(new_leader(storage), *listing())
    leader = new_leader(storage)
    assert (leader.epoch, leader.sequence) == (2, LISTED + 2)
    replica = Replica(storage)
    replica.follow()
    group = replica.group(LISTED + 2)
    assert group is not None
    (started,) = events(group[wire.Group.WIDTH :])
    assert started == wire.EpochStarted(2, 1, LISTED + 1)


def test_answers_carry_the_epoch_the_sequence_and_the_events() -> None:
    leader = new_leader()
    answers = [read_answer(frame) for frame in run(leader, *listing())]
    assert [answer.sequence for answer in answers] == list(range(2, LISTED + 2))
    assert {(answer.epoch, answer.time_us) for answer in answers} == {(1, NOW_US)}
    assert events(answers[0].events) == [wire.AssetCreated(1, 6, "USDC")]


def test_nothing_is_answered_before_it_is_written() -> None:
    leader = new_leader()
    leader.submit(1, request(1, TICK))
    batch = leader.gather(NOW_US)
    assert batch is not None
    with pytest.raises(OutOfOrder):
        leader.commit(batch)
    assert leader.durable_sequence == 1
    leader.write(batch)
    leader.commit(batch)
    assert leader.durable_sequence == 2
    with pytest.raises(OutOfOrder):
        leader.commit(batch)
    with pytest.raises(OutOfOrder):
        leader.write(batch)


def test_answers_are_joined_per_connection_in_the_order_of_their_commands() -> None:
    leader = new_leader()
    for number, connection in enumerate([5, 6, 5, 6, 5], 1):
        leader.submit(connection, request(number, TICK))
    batch = leader.gather(NOW_US)
    assert batch is not None
    leader.write(batch)
    answers = dict(leader.commit(batch))
    numbers = {
        connection: [wire.Answer.decode(frame).request_id for frame in Framing(1 << 20).feed(frames)]
        for connection, frames in answers.items()
    }
    assert numbers == {5: [1, 3, 5], 6: [2, 4]}


def test_time_never_falls_even_when_the_clock_does() -> None:
    leader = new_leader(now_us=500)
    first, second = (read_answer(run(leader, TICK, now_us=now_us)[0]).time_us for now_us in (900, 300))
    assert (first, second) == (900, 900)


def test_time_goes_on_from_the_last_record_of_the_leader_before() -> None:
    storage = MemoryStorage()
    run(new_leader(storage), TICK, now_us=9_000_000)
    assert new_leader(storage, now_us=1).time_us == 9_000_000


def test_a_batch_takes_so_many_commands_and_leaves_the_rest_in_line() -> None:
    leader = new_leader()
    for number in range(FULL_BATCH + 1):
        leader.submit(1, request(number, TICK))
    first, second = leader.gather(NOW_US), leader.gather(NOW_US)
    assert first is not None
    assert second is not None
    assert (first.count, second.count) == (FULL_BATCH, 1)


def test_one_batch_is_written_at_a_time_and_the_next_is_gathered_once_full() -> None:
    cycle = LeaderCycle(leader := new_leader(), free_bytes_min=0)
    cycle.receive(1, request(0, TICK))
    first = gather(cycle)
    cycle.receive(1, request(1, TICK))
    assert cycle.next_batch(NOW_US) is None
    assert leader.waiting == 1, "a batch that is not full yet gains from waiting"
    cycle.receive(1, b"".join(request(number, TICK) for number in range(FULL_BATCH)))
    assert cycle.next_batch(NOW_US) is None
    assert leader.waiting == 1, "a full one is carried out while the one before is written"
    leader.write(first)
    cycle.written(first)
    second = gather(cycle)
    assert second.count == FULL_BATCH
    leader.write(second)
    cycle.written(second)
    assert gather(cycle).count == 1
    assert not cycle.is_idle


def test_a_queue_that_is_full_refuses_and_says_so() -> None:
    leader = new_leader()
    frames = b"".join(request(number, TICK) for number in range(WAITING_MAX))
    assert leader.submit(1, frames) is None
    overloaded = wire.Refusal(99, codes.OVERLOADED.number).encode()
    assert leader.submit(1, request(99, TICK)) == (overloaded, [])
    assert leader.waiting == WAITING_MAX


AMEND = wire.AmendOrder(
    account=BUYER,
    order_id=1,
    client_order_id="",
    price=0,
    quantity=5,
    display_quantity=0,
    stop_price=0,
)
MAKES_ORDERS = {
    "an order": buy(),
    "a list of orders": wire.PlaceOrderList(wire.OrderListKind.OCO).encode(sell(price=200) + sell(price=90)),
    "an amend": AMEND.encode(),
    "a replacement": wire.ReplaceOrder(1, "", wire.ReplaceMode.STOP_ON_FAILURE).encode(buy()),
}


@pytest.mark.parametrize("command", MAKES_ORDERS.values(), ids=MAKES_ORDERS)
@pytest.mark.parametrize("from_outbox", [False, True], ids=["alone", "out of an outbox"])
def test_a_disk_nearly_full_stops_orders_and_still_takes_cancels(command: bytes, from_outbox: bool) -> None:
    storage = MemoryStorage()
    cycle = LeaderCycle(leader := new_leader(storage), free_bytes_min=1_000)
    if from_outbox:
        command = wire.FromOutbox(1, 1).encode(command)
    storage.journal.free = 999
    assert not cycle.look_at_storage()
    assert cycle.receive(1, request(1, command)) == wire.Refusal(1, codes.STORAGE_LOW.number).encode()
    assert cycle.receive(1, request(2, cancel(BUYER, 1))) == b""
    assert leader.waiting == 1
    storage.journal.free = 1_000
    assert cycle.look_at_storage()
    assert cycle.receive(1, request(3, command)) == b""


def test_the_status_is_told_on_the_same_socket() -> None:
    cycle = LeaderCycle(new_leader(), free_bytes_min=0)
    reading = queries.decode_reading(cycle.receive(1, queries.encode(4, 0, queries.Status())))
    status = readings.as_status(reading.value)
    assert (status["service"], status["epoch"], status["durable_sequence"]) == ("leader", 1, 1)


def test_the_leader_serves_no_reads() -> None:
    cycle = LeaderCycle(new_leader(), free_bytes_min=0)
    frame = cycle.receive(1, queries.encode(4, 0, queries.Balances(BUYER)))
    assert wire.Reading.decode(frame).code == queries.UNKNOWN_QUESTION


def test_a_query_that_says_more_than_it_holds_ends_the_connection() -> None:
    cycle = LeaderCycle(new_leader(), free_bytes_min=0)
    with pytest.raises(ProtocolViolated):
        cycle.receive(1, wire.Query(1, 0, 64).encode(bytes(8)))


class FailingSync(MemoryStorage):
    """Storage whose journal cannot be made durable."""

    def __init__(self) -> None:
        super().__init__()
        self.fails = False
        file_of = self.journal.open

        def open_failing(name: str, create: bool) -> object:
            file = file_of(name, create)

            def sync() -> None:
                if self.fails:
                    raise OSError("no sync")

            file.sync = sync  # type: ignore[method-assign]
            return file

        self.journal.open = open_failing  # type: ignore[method-assign, assignment]


def test_a_failed_sync_is_never_tried_again_and_nothing_is_answered() -> None:
    storage = FailingSync()
    leader = new_leader(storage)
    leader.submit(1, request(1, TICK))
    batch = leader.gather(NOW_US)
    assert batch is not None
    storage.fails = True
    with pytest.raises(OSError, match="no sync"):
        leader.write(batch)
    storage.fails = False
    with pytest.raises(OutOfOrder):
        leader.write(batch)
    with pytest.raises(OutOfOrder):
        leader.commit(batch)
    assert leader.durable_sequence == 1


def good_till(expires_at_us: int) -> bytes:
    order = wire.PlaceOrder.decode(buy(price=100))
    return order._replace(time_in_force=TimeInForce.GTD, expires_at_us=expires_at_us).encode()


def test_where_nothing_comes_the_leader_itself_lets_orders_expire() -> None:
    storage = MemoryStorage()
    leader = new_leader(storage)
    run(leader, *listing(), good_till(NOW_US + 10))
    assert leader.gather(NOW_US + 9) is None
    batch = leader.gather(NOW_US + 10)
    assert batch is not None
    leader.write(batch)
    assert leader.commit(batch) == []
    assert leader.gather(NOW_US + 10) is None
    replica = Replica(storage)
    replica.follow()
    group = replica.group(leader.sequence)
    assert group is not None
    before, expired, closed, *_ = events(group[wire.Group.WIDTH :])
    assert before == wire.BeforeCommand(len(expired.encode()) + len(closed.encode()))
    assert expired == wire.OrdersExpired(1)
    assert isinstance(closed, wire.OrderClosed)
    assert closed.reason == CloseReason.EXPIRED


def test_an_answer_has_not_what_expired_before_its_command() -> None:
    leader = new_leader()
    run(leader, *listing(), good_till(NOW_US + 10), good_till(NOW_US + 11))
    (frame,) = run(leader, cancel(BUYER, 99), now_us=NOW_US + 11)
    answered = events(read_answer(frame).events)
    assert isinstance(answered[0], wire.CommandRejected)
