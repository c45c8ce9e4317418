"""Writes the past: genesis, the traders of that time, and all markets' flows in order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Final

from cse.demo.characters import CHARACTERS
from cse.demo.history.flow import MarketFlow
from cse.demo.history.traders import Traders
from cse.demo.prices import DAY_S
from cse.engine import wire
from cse.engine._native import Leader
from cse.engine.storage import Storage
from cse.ledger.genesis import genesis
from cse.runtime.outbox import Source

SEED: Final = 20_261_125
_REFUSALS: Final = frozenset({wire.CommandRejected.KIND, wire.OrderRejected.KIND, wire.OutboxRepeated.KIND})
# An answer holds the group of its command, and the group its events.
_EVENTS_AT: Final = wire.Answer.WIDTH + wire.Group.WIDTH
_MICROSECONDS: Final = 1_000_000
_HAPPENINGS_A_REPORT: Final = 500


class HistoryFailed(Exception):
    """The core did not do what the past says: a fault of the program."""


@dataclass(slots=True)
class Written:
    """What came of it."""

    commands: int = 0
    trades: int = 0


def write_history(
    storage: Storage,
    *,
    days: float,
    end_us: int,
    seed: int = SEED,
    progress: Callable[[float], None] = lambda _: None,
) -> Written:
    """Writes `days` days that end at `end_us`; `progress` is told which part of them is done.

    The same seed, days and end give the same bytes. Nothing rests in any book at the end.
    """
    end_s = end_us / _MICROSECONDS
    begin_us = end_us - round(days * DAY_S * _MICROSECONDS)
    writer = _Writer(Leader(storage, begin_us, 0))
    outbox = enumerate(genesis(demo=True), 1)
    writer.write(
        begin_us, [wire.FromOutbox(Source.GENESIS, number).encode(command) for number, command in outbox]
    )
    traders = Traders(Random(f"{seed} traders"))
    writer.write(begin_us, traders.commands())
    flows = [
        MarketFlow(character, traders, days, end_s, Random(f"{seed} {character.market.name}"))
        for character in CHARACTERS
    ]
    for count, happening in enumerate(heapq.merge(*(flow.happenings() for flow in flows))):
        writer.write(happening.time_us, happening.commands)
        writer.written.trades += happening.trades
        if count % _HAPPENINGS_A_REPORT == 0:
            progress((happening.time_us - begin_us) / (end_us - begin_us))
    writer.close()
    return writer.written


class _Writer:
    """One leader, and one batch for each moment."""

    def __init__(self, leader: Leader) -> None:
        self.written = Written()
        self._leader = leader

    def write(self, time_us: int, commands: Iterable[bytes]) -> None:
        frames = [wire.Request(number).encode(command) for number, command in enumerate(commands)]
        if self._leader.submit(0, b"".join(frames)) is not None:
            raise HistoryFailed("the leader refused a command")
        self.written.commands += len(frames)
        while (batch := self._leader.gather(time_us)) is not None:
            self._leader.write(batch)
            for _, answers in self._leader.commit(batch):
                _check(answers)

    def close(self) -> None:
        self._leader.close()


def _check(answers: bytes) -> None:
    """No command may have been refused; a refusal is the first event of a command."""
    for _, offset, length in wire.messages(answers):
        at, end = offset + _EVENTS_AT, offset + length
        if at < end and wire.header_of(answers, at)[0] == wire.OutboxTaken.KIND:
            at += wire.OutboxTaken.WIDTH
        if at < end and wire.header_of(answers, at)[0] in _REFUSALS:
            raise HistoryFailed(f"a command of the past came to {wire.decode_any(answers, at)}")
