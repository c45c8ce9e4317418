"""A group as everybody hears it who looks at its events: read once, for all of them."""

from dataclasses import dataclass

from cse.engine.message import Buffer
from cse.engine.wire import BY_KIND, AnyMessage, Group, messages


@dataclass(frozen=True)
class Heard:
    """The events of a group; `tail` is their bytes, and each of `ends` the place in it behind one."""

    tail: Buffer
    events: list[AnyMessage]
    ends: list[int]


def heard(group: bytes) -> Heard:
    """Reads a group; raises `KeyError` or `Malformed` where an event is none of a known layout."""
    tail = Group.tail(group)
    places = list(messages(tail))
    events = [BY_KIND[kind].decode(tail, offset) for kind, offset, _ in places]
    return Heard(tail, events, [offset + length for _, offset, length in places])
