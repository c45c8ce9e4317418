"""What became of each request is told once, and never better than it is known."""

import pytest

from cse.engine import wire
from cse.engine.conversation import Conversation, Unsettled
from cse.engine.message import Malformed


def ask(conversation: Conversation[str], token: str, deadline_s: float = 10.0) -> None:
    conversation.ask((wire.Request(conversation.next_number).encode(),), token, deadline_s)


def reply(number: int) -> bytes:
    return wire.Refusal(number, 707).encode()


def test_requests_of_one_turn_go_out_as_one_write() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "a")
    ask(conversation, "b")
    assert conversation.outgoing() == wire.Request(1).encode() + wire.Request(2).encode()
    assert conversation.outgoing() == b""


def test_replies_find_their_requests_in_any_order() -> None:
    conversation: Conversation[str] = Conversation()
    for token in "abc":
        ask(conversation, token)
    conversation.outgoing()
    assert conversation.receive(reply(3) + reply(1)) == [("c", reply(3)), ("a", reply(1))]
    assert conversation.in_flight == 1


def test_a_reply_may_be_cut_anywhere() -> None:
    for cut in range(1, len(reply(1))):
        conversation: Conversation[str] = Conversation()
        ask(conversation, "a")
        assert conversation.receive(reply(1)[:cut]) == []
        assert conversation.receive(reply(1)[cut:]) == [("a", reply(1))]


def test_a_lost_connection_leaves_what_was_sent_unknown_and_the_rest_untouched() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "sent")
    conversation.outgoing()
    ask(conversation, "not sent")
    assert conversation.lost() == [Unsettled("sent", True), Unsettled("not sent", False)]
    assert conversation.lost() == []


def test_what_was_not_sent_is_not_sent_on_the_next_connection() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "a")
    conversation.lost()
    assert conversation.outgoing() == b""


def test_half_a_reply_is_forgotten_with_its_connection() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "a")
    conversation.receive(reply(1)[:12])
    conversation.lost()
    ask(conversation, "b")
    assert conversation.receive(reply(2)) == [("b", reply(2))]


def test_a_deadline_gives_up_what_is_late_and_nothing_else() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "early", 1.0)
    ask(conversation, "late", 2.0)
    conversation.outgoing()
    assert conversation.expired(0.5) == []
    assert conversation.expired(1.0) == [Unsettled("early", True)]
    assert conversation.in_flight == 1


def test_a_reply_that_comes_after_the_deadline_is_dropped() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "a", 1.0)
    conversation.outgoing()
    conversation.expired(1.0)
    assert conversation.receive(reply(1)) == []


def test_numbers_are_never_used_twice() -> None:
    conversation: Conversation[str] = Conversation()
    ask(conversation, "a")
    conversation.lost()
    assert conversation.next_number == 2


def test_bytes_that_are_no_frame_are_refused() -> None:
    with pytest.raises(Malformed):
        Conversation[str]().receive(b"GET / HTTP/1.1\r\n")
