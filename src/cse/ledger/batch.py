"""Rows of some groups of events, gathered until they are written in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from cse.ledger.models import Outcome, Position
from cse.ledger.tables import ORDER_HEAD

_HEAD_COLUMNS: Final = ORDER_HEAD.split()
_OPEN_LINE: Final = "%s%d\t%d\t%d\t%d\t%s\n"


@dataclass(slots=True)
class Resting:
    """An order taken in by the batch at hand: what it asks for, as its line begins, and how it stands."""

    head: str
    filled_quantity: int
    filled_notional: int
    fee: int
    sequence: int
    time: str

    @property
    def line(self) -> str:
        """Its row among the open orders, or what there is of it yet."""
        return _OPEN_LINE % (
            self.head,
            self.filled_quantity,
            self.filled_notional,
            self.fee,
            self.sequence,
            self.time,
        )

    def amend(self, column: str, value: int) -> None:
        """Gives it another value in a column of `ORDER_HEAD`."""
        fields = self.head.split("\t")
        fields[_HEAD_COLUMNS.index(column)] = str(value)
        self.head = "\t".join(fields)


@dataclass(slots=True)
class Filled:
    """What the batch at hand adds to an order that was open before it."""

    quantity: int
    notional: int
    fee: int
    sequence: int
    time: str


@dataclass(slots=True)
class Batch:
    """Rows of some groups, to be written in one transaction that moves the position."""

    before: Position
    after: Position
    # Of the group at hand, which is the last one when the batch is written; entries so far.
    sequence: int = 0
    time: str = "1970-01-01 00:00:00+00"
    time_us: int = 0
    entry: int = 0
    rows: int = 0
    months: set[str] = field(default_factory=set)
    registry: list[tuple[str, tuple[Any, ...]]] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    opened: dict[int, Resting] = field(default_factory=dict)
    filled: dict[int, Filled] = field(default_factory=dict)
    # Of orders that were open before: what they are for now, less what they had filled before, and
    # price, display quantity and stop price, 0 where they stay.
    amended: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)
    # Of orders that were open before: where their stop price was when they fired, and when.
    triggered: dict[int, tuple[int, int]] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    # Of orders that were open before: order, filled quantity, notional, fee, remaining, reason,
    # sequence, time.
    closings: list[tuple[int, int, int, int, int, int, int, str]] = field(default_factory=list)
    trades: list[str] = field(default_factory=list)
    transfers: list[str] = field(default_factory=list)
    entries: list[str] = field(default_factory=list)
    balances: dict[tuple[int, int], tuple[int, int, int]] = field(default_factory=dict)

    @property
    def groups(self) -> int:
        """How many commands are in it."""
        return self.after.sequence - self.before.sequence


Handler: TypeAlias = Callable[[Batch, bytes, int], None]
"""Adds the rows of the event at an offset of a buffer to a batch."""
