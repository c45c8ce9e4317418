"""What the engine's clients and feeds return, and how they fail. All immutable.

Money is in units, prices in ticks, quantities in lots, times in microseconds UTC.
"""

from __future__ import annotations

from struct import Struct
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from cse.engine.message import Buffer, messages
from cse.engine.wire import (
    BeforeCommand,
    ClientOrderState,
    OrderAccepted,
    OrderClosed,
    OrderState,
    RiskCountsState,
    RiskLimitsState,
    Traded,
    TriggerState,
)
from cse.engine.wire import Group as GroupMessage

Value = TypeVar("Value")


class EngineError(Exception):
    """Why the engine gave no answer."""


class Unavailable(EngineError):
    """The engine is away, and the request was surely not taken: nothing happened."""


class OutcomeUnknown(EngineError):
    """The request was sent and no answer came: whether it took effect is not known."""


class NotYetVisible(EngineError):
    """The replica has not reached the sequence asked for."""


class EngineRefused(EngineError):
    """The engine refused a request without journalling it: nothing happened.

    `code` is a number of the catalogue.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"refused with code {code}")
        self.code = code


class PositionLost(EngineError):
    """A follower's position is not on the journal that is there."""


class Answer(NamedTuple):
    """What came of a command: its place in the journal, and its own events one behind another.

    What expired before it is not among them.
    """

    epoch: int
    sequence: int
    time_us: int
    events: bytes


class Group(NamedTuple):
    """All events of one command, one behind another, and the chain after them."""

    sequence: int
    time_us: int
    chain: int
    events: bytes


class JournalPosition(msgspec.Struct, frozen=True):
    """Where a reader of the journal stands; `time_us` is that of the command at `sequence`."""

    epoch: int
    sequence: int
    time_us: int


class Reading(NamedTuple, Generic[Value]):
    """A value, and the sequence that it reflects."""

    sequence: int
    value: Value


class RecentReading(NamedTuple, Generic[Value]):
    """A value of what closed or traded lately, complete from the sequence `recent_from` on.

    What is older is in PostgreSQL, once its position has reached `recent_from - 1`.
    """

    sequence: int
    value: Value
    recent_from: int


class Depth(NamedTuple):
    """One market's book by price level, best first: (price, quantity)."""

    market: int
    book_sequence: int
    last_price: int
    bids: list[tuple[int, int]]
    asks: list[tuple[int, int]]


class RiskNow(NamedTuple):
    """The limits that hold for an account in a market, and what its owner has done there within a minute.

    `counts` are of all accounts of the owner and ascend by stretch; stretches in which nothing was counted
    are left out.
    """

    limits: RiskLimitsState | None
    counts: list[RiskCountsState]


class DatedTrade(NamedTuple):
    """A trade with its place in the journal."""

    sequence: int
    time_us: int
    traded: Traded


class Past(NamedTuple):
    """What has become of an order since it was taken in, where that is to be told; else 0.

    Of an order that was fired `stop_price` is where that was; else that and `display_quantity` are what
    it was amended to. Where `ledger_knows`, what is 0 here may have happened before what the replica
    has seen, and PostgreSQL has it.
    """

    list_id: int = 0
    triggered_at_us: int = 0
    stop_price: int = 0
    display_quantity: int = 0
    ledger_knows: bool = False

    def completed(self, before: Past) -> Past:
        """With what had become of it before."""
        return Past(
            self.list_id or before.list_id,
            self.triggered_at_us or before.triggered_at_us,
            self.stop_price or before.stop_price,
            self.display_quantity or before.display_quantity,
        )


class ClosedOrder(NamedTuple):
    """A closed order: how it was taken in, how it ended, and what became of it in between."""

    accepted_sequence: int
    accepted_at_us: int
    accepted: OrderAccepted
    closed_sequence: int
    closed_at_us: int
    closed: OrderClosed
    past: Past = Past()


# It rests in the book, or is a trigger order that has not matched yet.
OpenState: TypeAlias = OrderState | TriggerState


class OpenOrder(NamedTuple):
    """An open order as it is, and what had become of it before."""

    state: OpenState
    past: Past = Past()


# What is found under a client order id; the last form is an order that closed before what the
# replica keeps, and is found in PostgreSQL by its order id.
FoundOrder: TypeAlias = OpenOrder | ClosedOrder | ClientOrderState

_BEFORE: Final = BeforeCommand.KIND.to_bytes(2, "little")
_GROUP_HEAD: Final = Struct("<8xQqQ")


def own_events(events: bytes) -> bytes:
    """The events of a group behind those that stand for what happened before its command."""
    if not events.startswith(_BEFORE):
        return events
    return events[BeforeCommand.WIDTH + BeforeCommand.decode(events).length :]


def groups(buffer: Buffer) -> list[Group]:
    """Reads Group messages one behind another; `Malformed` when they are none."""
    found = []
    for kind, offset, length in messages(buffer):
        if kind != GroupMessage.KIND:
            GroupMessage.decode(buffer, offset)
        sequence, time_us, chain = _GROUP_HEAD.unpack_from(buffer, offset)
        events = bytes(buffer[offset + GroupMessage.WIDTH : offset + length])
        found.append(Group(sequence, time_us, chain, events))
    return found
