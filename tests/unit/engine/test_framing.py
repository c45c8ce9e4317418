"""Frames come out whole wherever the stream of bytes is cut, on both sides of the socket."""

import pytest

from cse.domain import codes
from cse.engine import queries, wire
from cse.engine._native import Leader, ProtocolViolated
from cse.engine.framing import Framing
from cse.engine.message import Malformed
from tests.memory_storage import MemoryStorage
from tests.small_market import buy, request

FRAMES = [
    request(1, wire.Tick().encode()),
    request(2, buy()),
    queries.encode(3, 0, queries.Status()),
    request(4, wire.CreateAsset("USDC", 6).encode()),
]
STREAM = b"".join(FRAMES)


def new_leader() -> Leader:
    return Leader(MemoryStorage(), 1, 0, segment_bytes=1 << 16)


@pytest.mark.parametrize("cut", range(len(STREAM) + 1))
def test_one_cut_anywhere_changes_no_frame(cut: int) -> None:
    framing = Framing(4_096)
    assert framing.feed(STREAM[:cut]) + framing.feed(STREAM[cut:]) == FRAMES


def test_a_byte_at_a_time_gives_the_same_frames() -> None:
    framing = Framing(4_096)
    assert [frame for at in range(len(STREAM)) for frame in framing.feed(STREAM[at : at + 1])] == FRAMES


class Part(bytes):
    """Bytes that tell how many others they were put behind."""

    copied = 0

    def __radd__(self, before: bytes) -> bytes:
        Part.copied += len(before)
        return before.__add__(self)


def test_a_long_frame_is_not_copied_for_each_of_its_parts() -> None:
    framing = Framing(1 << 20)
    frame = wire.Group(1, 2, 3).encode(bytes(8_000))
    Part.copied = 0
    fed = [framing.feed(Part(frame[at : at + 8])) for at in range(0, len(frame), 8)]
    assert fed == [[]] * (len(fed) - 1) + [[frame]]
    assert Part.copied <= len(frame)


def test_the_leader_takes_the_same_commands_wherever_the_stream_is_cut() -> None:
    whole = new_leader()
    whole.submit(1, STREAM)
    expected = whole.gather(2)
    assert expected is not None
    whole.write(expected)
    answers = whole.commit(expected)
    for cut in range(1, len(STREAM)):
        leader = new_leader()
        asked = [aside for part in (STREAM[:cut], STREAM[cut:]) if (aside := leader.submit(1, part))]
        assert asked == [(b"", [FRAMES[2]])]
        batch = leader.gather(2)
        assert batch is not None
        leader.write(batch)
        assert leader.commit(batch) == answers


def test_the_leader_takes_a_byte_at_a_time() -> None:
    leader = new_leader()
    for at in range(len(STREAM)):
        leader.submit(1, STREAM[at : at + 1])
    assert leader.waiting == 3


def test_partial_frames_of_connections_do_not_mix() -> None:
    leader = new_leader()
    frame = FRAMES[1]
    leader.submit(1, frame[:20])
    leader.submit(2, frame)
    assert leader.waiting == 1
    leader.submit(1, frame[20:])
    assert leader.waiting == 2


def test_a_connection_that_is_gone_leaves_no_partial_frame_behind() -> None:
    leader = new_leader()
    leader.submit(1, FRAMES[1][:20])
    leader.disconnect(1)
    leader.submit(1, FRAMES[1])
    assert leader.waiting == 1


@pytest.mark.parametrize(
    ("why", "head"),
    [
        ("an unknown kind", wire.Group(1, 1, 1).encode()),
        ("a kind that only the leader sends", wire.Refusal(1, 2).encode()),
        ("an unknown version", b"\x01\0\x01\0\x10\0\0\0"),
        ("a length below the layout's", b"\x01\0\0\0\x08\0\0\0"),
        ("a length that is no multiple of 8", b"\x01\0\0\0\x11\0\0\0"),
        ("a length beyond all frames", b"\x01\0\0\0\0\0\0\x40"),
    ],
)
def test_what_is_no_frame_ends_the_connection(why: str, head: bytes) -> None:
    leader = new_leader()
    with pytest.raises(ProtocolViolated):
        leader.submit(1, FRAMES[0] + head)
    assert leader.waiting == 1, "the frame before it was taken"


@pytest.mark.parametrize("length", [0, 8, 17, 4_104])
def test_a_reader_refuses_impossible_lengths(length: int) -> None:
    with pytest.raises(Malformed):
        Framing(4_096).feed(b"\x05\0\0\0" + length.to_bytes(4, "little"))


@pytest.mark.parametrize(
    ("why", "command"),
    [
        ("nothing", b""),
        ("less than a header", b"\x02\x01\0\0\0\0\0\0"),
        ("two commands", wire.Tick().encode() * 2),
        ("a command cut short", buy()[:-8]),
        ("a command longer than any", wire.Transfer(bytes(16), 1).encode(bytes(1_024))),
        ("an epoch, which only the leader starts", wire.StartEpoch(2, 1, 1).encode()),
        ("an upgrade, which only the leader makes", wire.Upgrade(0, bytes(32)).encode()),
    ],
)
def test_a_frame_without_one_fit_command_is_refused_and_not_journalled(why: str, command: bytes) -> None:
    leader = new_leader()
    assert leader.submit(1, request(7, command)) == (
        wire.Refusal(7, codes.MALFORMED_COMMAND.number).encode(),
        [],
    )
    assert leader.gather(2) is None
