"""All who are in step get the same bytes; who is not is brought up to date first."""

from __future__ import annotations

from cse.streams.channels.channel import Channel, JournalChannel, Place, Write
from cse.streams.channels.envelope import Stamp
from cse.streams.channels.epochs import Epochs


class Plain(JournalChannel):
    """Tells its sequence; what it knows reaches back to 10."""

    def _snapshot(self) -> bytes:
        return b"all at %d" % self.sequence

    def _update(self, previous: int) -> bytes | None:
        return None if previous < 10 else b"%d to %d" % (previous, self.sequence)


class Ear:
    """A subscriber that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.write: Write = self.heard.append

    def catch_up(self) -> None: ...


def channel(sequence: int = 10) -> tuple[Channel, Place]:
    place = Place(Stamp(1, 50, 0))
    return Plain("plain", place, Epochs(1), sequence), place


def test_everybody_gets_one_and_the_same_object() -> None:
    plain, place = channel()
    ears = [Ear(), Ear(), Ear()]
    for ear in ears:
        plain.join(ear)
    plain.publish(12)
    assert [ear.heard for ear in ears] == [[b"10 to 12"]] * 3
    assert ears[0].heard[0] is ears[1].heard[0] is ears[2].heard[0]
    assert place.deliveries == 3


def test_who_has_left_gets_nothing() -> None:
    plain, _ = channel()
    ear = Ear()
    plain.join(ear)
    assert plain.leave(ear)
    assert not plain.leave(ear)
    plain.publish(12)
    assert ear.heard == []


def test_one_who_leaves_while_others_are_told() -> None:
    plain, _ = channel()
    last = Ear()

    class Leaver(Ear):
        def __init__(self) -> None:
            super().__init__()
            self.write = self.hear

        def hear(self, frame: bytes) -> None:
            self.heard.append(frame)
            plain.leave(self)

    leaver = Leaver()
    plain.join(leaver)
    plain.join(last)
    plain.publish(12)
    plain.publish(13)
    assert leaver.heard == [b"10 to 12"]
    assert last.heard == [b"10 to 12", b"12 to 13"]


def test_what_was_missed() -> None:
    plain, _ = channel()
    plain.publish(20)
    assert plain.missed_since(None) == b"all at 20"
    assert plain.missed_since(15) == b"15 to 20"
    assert plain.missed_since(9) == b"all at 20"  # further back than it knows
    assert plain.missed_since(20) is None


def test_what_many_have_missed_is_made_once() -> None:
    plain, _ = channel()
    plain.publish(20)
    assert plain.missed_since(None) is plain.missed_since(None)
    assert plain.missed_since(15) is plain.missed_since(15)
    plain.publish(21)
    assert plain.missed_since(None) == b"all at 21"


def test_a_position_of_the_journal_that_is_ahead_is_gone_on_from() -> None:
    plain, _ = channel()
    ear = Ear()
    plain.join(ear)
    assert plain.resumed(1, 30) == 30
    assert (plain.sequence, ear.heard) == (30, [b"10 to 30"])
    assert plain.missed_since(30) is None
    assert plain.resumed(1, 51) is None, "beyond what has been told"
    assert plain.resumed(2, 20) is None, "of an epoch that has not begun"
