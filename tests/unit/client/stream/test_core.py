"""The client's side of the protocol, message by message."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cse_client.stream.book import OrderBook
from cse_client.stream.core import Core, State, Status
from cse_client.stream.reader import Reader, Update
from tests.unit.client import vectors

MARKET = vectors.market_of(vectors.read("book.json")["market"], vectors.read("book.json")["assets"])
TRADES, BOOK, ORDERS = "trades.LUNA-USDC", "orderbook.LUNA-USDC", "user.orders"
EMPTY: dict[str, Any] = {"trades": []}


class Desk:
    """A core, and the server's side of it played by hand."""

    def __init__(self) -> None:
        self.core = Core()
        self.now = 100.0
        self.told: list[Update] = []
        self.refused: list[tuple[str, str]] = []
        self.states: list[str] = []
        self.core.on_refused = lambda channel, code, sentence: self.refused.append((channel, code))
        self.core.on_status = lambda status: self.states.append(status.state)

    def add(self, channel: str, book: OrderBook | None = None) -> Reader:
        reader = Reader(channel, book)
        reader.listeners.append(self.told.append)
        self.core.add(reader, self.now)
        return reader

    def connect(self, **welcome: Any) -> None:
        self.core.opened(self.now)
        self.hear(
            op="welcome", session="s-1", time="2026-11-25T14:00:00.000000Z", heartbeat_s=5.0,
            **{"limits": {"channels_per_message": 100}, **welcome},
        )  # fmt: skip

    def hear(self, **message: Any) -> None:
        self.core.received(json.dumps(message), self.now)

    def data(self, channel: str, previous: str | None, sequence: str, data: Any, epoch: str = "3") -> None:
        self.hear(
            channel=channel, type="snapshot" if previous is None else "update", epoch=epoch,
            previous=previous, sequence=sequence, journal_sequence=f"9{sequence}",
            time="2026-11-25T14:00:01.000000Z", data=data,
        )  # fmt: skip

    def said(self) -> list[dict[str, Any]]:
        """What the client has to say since the last look, without ids and without pings."""
        found = [message for message in map(json.loads, self.core.outgoing) if message["op"] != "ping"]
        self.core.outgoing.clear()
        return [{name: value for name, value in message.items() if name != "id"} for message in found]

    def state(self) -> State:
        return self.core.status.state

    def is_token_wanted(self) -> bool:
        return self.core.is_token_wanted

    def later(self, seconds: float) -> None:
        self.now += seconds
        self.core.tick(self.now)


def subscribe(*channels: object) -> dict[str, object]:
    return {"op": "subscribe", "channels": list(channels)}


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_nothing_is_said_before_the_welcome(desk: Desk) -> None:
    desk.add(TRADES)
    desk.core.opened(desk.now)
    assert desk.said() == []


def test_a_channel_is_live_once_it_has_answered_and_told(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    assert desk.said() == [subscribe(TRADES)]
    desk.hear(op="subscribed", id="1", channels=[TRADES])
    assert not desk.core.is_live(TRADES)
    desk.data(TRADES, None, "7", EMPTY)
    assert desk.core.is_live(TRADES)
    assert desk.states == ["connecting", "synchronising", "live"]
    assert desk.told[0].is_snapshot and desk.told[0].position == (3, 7)
    assert desk.core.status.journal_sequence == 97


def test_a_gap_leads_to_a_new_snapshot_and_nothing_is_told_in_between(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    desk.said()
    desk.hear(op="subscribed", id="1", channels=[TRADES])
    desk.data(TRADES, None, "7", EMPTY)
    desk.data(TRADES, "8", "9", EMPTY)
    assert desk.state() == "synchronising"
    assert desk.said() == [subscribe(TRADES)]
    # Messages of the subscription before are still on their way.
    desk.data(TRADES, "9", "10", EMPTY)
    assert desk.said() == []
    desk.hear(op="subscribed", id="2", channels=[TRADES])
    desk.data(TRADES, None, "10", EMPTY)
    assert [update.position.sequence for update in desk.told] == [7, 10]
    assert desk.state() == "live"


def test_what_goes_wrong_again_and_again_is_asked_for_less_and_less(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    asked_after_s = []
    for _ in range(4):
        waited = 0.0
        while not desk.said():
            desk.later(0.25)
            waited += 0.25
        asked_after_s.append(waited)
        desk.hear(op="subscribed", id="1", channels=[TRADES])
        desk.data(TRADES, None, "7", EMPTY)
        desk.data(TRADES, "8", "9", EMPTY)
    assert asked_after_s == [0.0, 0.0, 1.0, 2.0]


def test_one_that_has_held_meanwhile_is_asked_for_at_once(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    for sequence in (7, 17, 27):
        assert desk.said() == [subscribe(TRADES)]
        desk.hear(op="subscribed", id="1", channels=[TRADES])
        desk.data(TRADES, None, str(sequence), EMPTY)
        desk.data(TRADES, str(sequence), str(sequence + 1), EMPTY)
        desk.data(TRADES, str(sequence + 2), str(sequence + 3), EMPTY)


def test_what_changes_with_time_alone_is_told_and_what_is_known_is_not(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    desk.data(TRADES, None, "7", EMPTY)
    desk.data(TRADES, "7", "9", EMPTY)
    told = len(desk.told)
    desk.data(TRADES, "9", "9", EMPTY)
    assert len(desk.told) == told + 1
    for previous, sequence in (("7", "9"), ("7", "8"), ("8", "8"), ("6", "7")):
        desk.data(TRADES, previous, sequence, EMPTY)
    assert len(desk.told) == told + 1
    assert desk.said() == [subscribe(TRADES)]


def test_after_a_loss_channels_go_on_from_where_they_stood(desk: Desk) -> None:
    book = OrderBook(MARKET)
    desk.add(TRADES)
    desk.add(BOOK, book)
    desk.connect()
    desk.said()
    desk.hear(op="subscribed", id="1", channels=[TRADES, BOOK])
    desk.data(TRADES, None, "7", EMPTY)
    level = {"bids": [["0.04201", "1.0"]], "asks": []}
    book_checksum = OrderBook(MARKET)
    book_checksum._change(book_checksum._bids, [("0.04201", "1.0")])
    desk.data(BOOK, None, "41", level | {"checksum": book_checksum.checksum()}, epoch="4")
    desk.core.closed()
    assert desk.state() == "offline"
    assert book.bids == [(4_201, 10)]
    desk.connect()
    wishes = [
        {"channel": TRADES, "epoch": "3", "sequence": "7"}, {"channel": BOOK, "epoch": "4", "sequence": "41"},
    ]  # fmt: skip
    assert desk.said() == [subscribe(*wishes)]
    # Nothing was missed, so nothing is told.
    desk.hear(op="subscribed", id="2", channels=[TRADES, BOOK])
    assert desk.state() == "live"
    desk.data(TRADES, "7", "8", EMPTY)
    assert desk.told[-1].position == (3, 8)


def test_many_channels_are_asked_for_in_messages_of_the_servers_size(desk: Desk) -> None:
    channels = [f"trades.T{number}-USDC" for number in range(5)]
    for channel in channels:
        desk.add(channel)
    desk.connect(limits={"channels_per_message": 2})
    assert [message["channels"] for message in desk.said()] == [channels[:2], channels[2:4], channels[4:]]


def test_private_channels_wait_for_the_token(desk: Desk) -> None:
    desk.add(ORDERS)
    desk.connect()
    assert desk.said() == []
    assert desk.is_token_wanted()
    desk.core.authenticate("token-1")
    assert desk.said() == [{"op": "authenticate", "access_token": "token-1"}]
    desk.later(1)
    assert not desk.is_token_wanted()
    desk.hear(op="authenticated", id="token", account="7", expires_at="2026-11-25T14:15:01.000000Z")
    assert desk.said() == [subscribe(ORDERS)]


def test_the_token_is_renewed_before_its_end_by_the_servers_clock(desk: Desk) -> None:
    desk.add(ORDERS)
    desk.connect()
    desk.core.authenticate("token-1")
    desk.hear(op="authenticated", id="token", account="7", expires_at="2026-11-25T14:15:00.000000Z")
    desk.later(15 * 60 - 61)
    assert not desk.is_token_wanted()
    desk.later(2)
    assert desk.is_token_wanted() and desk.core.refused_token == ""


def test_a_session_that_ended_is_begun_anew_with_another_token(desk: Desk) -> None:
    desk.add(ORDERS)
    desk.connect()
    desk.core.authenticate("token-1")
    desk.hear(op="authenticated", id="token", account="7", expires_at="2026-11-25T14:15:00.000000Z")
    desk.hear(op="subscribed", id="1", channels=[ORDERS])
    desk.data(ORDERS, None, "50", {"orders": []})
    desk.said()
    desk.hear(op="unsubscribed", channels=[ORDERS], code="session_ended")
    assert desk.is_token_wanted() and desk.core.refused_token == "token-1"
    desk.core.authenticate("token-2")
    desk.hear(op="authenticated", id="token", account="7", expires_at="2026-11-25T14:30:00.000000Z")
    assert desk.said()[-1] == subscribe({"channel": ORDERS, "epoch": "3", "sequence": "50"})


def test_a_token_that_is_refused_twice_ends_private_channels_only(desk: Desk) -> None:
    desk.add(ORDERS)
    desk.add(TRADES)
    desk.connect()
    for token in ("token-1", "token-2"):
        desk.core.authenticate(token)
        desk.hear(op="error", id="token", code="not_authenticated", message="Sign in first.")
    assert desk.refused == [(ORDERS, "not_authenticated")]
    assert not desk.is_token_wanted()
    desk.hear(op="subscribed", id="1", channels=[TRADES])
    desk.data(TRADES, None, "7", EMPTY)
    assert desk.state() == "live"


def test_a_channel_that_is_not_there_is_refused_for_good(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    desk.said()
    desk.hear(op="error", id="1", channel=TRADES, code="channel_unknown", message="No such channel.")
    desk.hear(op="subscribed", id="1", channels=[])
    desk.later(60)
    assert desk.refused == [(TRADES, "channel_unknown")]
    assert desk.said() == []


def test_a_channel_that_is_left_is_told_of_no_more(desk: Desk) -> None:
    desk.add(TRADES)
    desk.connect()
    desk.said()
    desk.core.remove(TRADES, desk.now)
    assert desk.said() == [{"op": "unsubscribe", "channels": [TRADES]}]
    desk.data(TRADES, None, "7", EMPTY)
    assert desk.told == []


def test_a_listener_who_comes_later_begins_with_a_snapshot(desk: Desk) -> None:
    reader = desk.add(TRADES)
    desk.connect()
    desk.hear(op="subscribed", id="1", channels=[TRADES])
    desk.data(TRADES, None, "7", EMPTY)
    desk.said()
    desk.core.restart(reader, desk.now)
    assert desk.said() == [subscribe(TRADES)]


def test_pings_measure_how_long_answers_take(desk: Desk) -> None:
    desk.connect()
    desk.later(10)
    (ping,) = (json.loads(text) for text in desk.core.outgoing)
    desk.now += 0.04
    desk.hear(op="pong", id=ping["id"], time="2026-11-25T14:00:10.020000Z")
    assert desk.core.pulse.latency_s == pytest.approx(0.04)
    # The answer was written half way.
    assert desk.core.pulse.server_time(desk.now) % 60 == pytest.approx(10.04, abs=1e-3)


def test_silence_means_that_the_connection_is_lost(desk: Desk) -> None:
    desk.connect()
    desk.now += 15
    assert not desk.core.pulse.is_lost(desk.now)
    desk.hear(op="heartbeat", time="2026-11-25T14:00:15.000000Z", journal_sequence="99")
    desk.now += 15.1
    assert desk.core.pulse.is_lost(desk.now)


UNREADABLE = [
    "",
    "{",
    "[]",
    "null",
    '{"op": 5}',
    '{"channel": "trades.LUNA-USDC", "type": "update"}',
    "\udc80",
]


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_cannot_be_read_breaks_nothing(desk: Desk, text: str) -> None:
    desk.add(TRADES)
    desk.connect()
    desk.hear(op="subscribed", id="1", channels=[TRADES])
    desk.data(TRADES, None, "7", EMPTY)
    desk.core.received(text.encode(errors="surrogateescape"), desk.now)
    desk.data(TRADES, None, "8", EMPTY)
    assert desk.told[-1].position.sequence == 8


@pytest.mark.parametrize("data", [None, {}, {"trades": None}, {"trades": [{"price": 1}]}])
def test_data_of_another_shape_is_asked_for_anew(desk: Desk, data: Any) -> None:
    desk.add(TRADES)
    desk.connect()
    desk.said()
    desk.data(TRADES, None, "7", data)
    assert desk.told == []
    assert desk.said() == [subscribe(TRADES)]


def test_the_status_says_when_something_was_heard(desk: Desk) -> None:
    assert desk.core.status == Status()
    desk.connect()
    desk.now += 3
    desk.hear(op="heartbeat", time="2026-11-25T14:00:03.000000Z", journal_sequence="99")
    assert (desk.core.status.session, desk.core.status.heard_at) == ("s-1", desk.now)
    assert desk.core.status.journal_sequence == 99
