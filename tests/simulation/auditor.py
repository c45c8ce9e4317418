"""What must hold at the end of every run, whatever happened in it."""

from __future__ import annotations

from collections import Counter

from cse.engine import _native, wire
from cse.engine.message import messages
from cse.engine.models import Group, groups
from tests.simulation.clients import Acknowledged
from tests.simulation.disk import SimulatedDirectory, SimulatedDisk
from tests.simulation.ledger_process import LedgerProcess, rows_of
from tests.simulation.replica_process import ReplicaProcess
from tests.simulation.world import Violation


class _JournalAlone:
    """The same disk without its snapshots: whoever reads it begins at the first record."""

    def __init__(self, disk: SimulatedDisk) -> None:
        self.journal = disk.journal
        self.events = disk.events
        self.run = disk.run
        self.snapshots = SimulatedDirectory(disk, "no snapshots")


def audit(
    disk: SimulatedDisk,
    replica: ReplicaProcess,
    ledger: LedgerProcess,
    acknowledged: list[Acknowledged],
    wanted: dict[int, int],
) -> int:
    """Raises `Violation` for what does not hold; returns the last sequence.

    `wanted` is how many orders each account meant to place.
    """
    _check_rot(disk)
    told = _read_all(disk)
    _check_order(told)
    accepted = _accepted(told)
    _check_effects(accepted, wanted)
    _check_acknowledged(accepted, acknowledged)
    _check_ledger(told, ledger)
    _check_state(disk, replica, told[-1])
    return told[-1].sequence


def _check_rot(disk: SimulatedDisk) -> None:
    """A bit that has flipped in the journal, and that nobody came across, is found by who reads it all."""
    while disk.rot.journal:
        try:
            _native.Replica(_JournalAlone(disk)).follow()
        except _native.JournalDamaged as error:
            disk.rot.put_right(error)
            continue
        raise Violation(f"nobody notices that a bit has flipped: {disk.rot.journal}")


def _read_all(disk: SimulatedDisk) -> list[Group]:
    feed = _native.EventReader(disk)
    found: list[Group] = []
    while data := feed.read(len(found)):
        found.extend(groups(data))
    return found


def _check_order(told: list[Group]) -> None:
    """Sequences are dense, times never fall, and the chain is unbroken."""
    chain, time_us = 0, 0
    for expected, group in enumerate(told, start=1):
        if group.sequence != expected:
            raise Violation(f"sequence {expected} is missing before {group.sequence}")
        if group.time_us < time_us:
            raise Violation(f"time falls at {group.sequence}: {time_us} to {group.time_us}")
        chain = _native.chain_group(chain, group.sequence, group.time_us, group.events)
        if chain != group.chain:
            raise Violation(f"the chain breaks at {group.sequence}")
        time_us = group.time_us


def _accepted(told: list[Group]) -> dict[tuple[int, str], list[tuple[int, int]]]:
    """Order id and sequence of what was accepted, by account and client order id."""
    accepted: dict[tuple[int, str], list[tuple[int, int]]] = {}
    for group in told:
        for kind, offset, _ in messages(group.events):
            if kind == wire.OrderAccepted.KIND:
                order = wire.OrderAccepted.decode(group.events, offset)
                accepted.setdefault((order.account, order.client_order_id), []).append(
                    (order.order_id, group.sequence)
                )
    return accepted


def _check_effects(accepted: dict[tuple[int, str], list[tuple[int, int]]], wanted: dict[int, int]) -> None:
    """No order took effect twice, under its own client order id or another."""
    effects: Counter[int] = Counter()
    for (account, client_order_id), places in accepted.items():
        effects[account] += len(places)
        if len(places) > 1:
            raise Violation(f"{client_order_id} of {account} took effect {len(places)} times")
    for account, count in effects.items():
        if count > wanted[account]:
            raise Violation(f"account {account} wanted {wanted[account]} orders and has {count}")


def _check_acknowledged(
    accepted: dict[tuple[int, str], list[tuple[int, int]]], acknowledged: list[Acknowledged]
) -> None:
    """Every acknowledged order is there, at the sequence that was told."""
    for told_of in acknowledged:
        places = accepted.get((told_of.account, told_of.client_order_id), [])
        if (told_of.order_id, told_of.sequence) not in places:
            raise Violation(f"{told_of} was acknowledged, and the journal has {places}")


def _check_ledger(told: list[Group], ledger: LedgerProcess) -> None:
    """Each row is there as often as the events say, which is once for each."""
    if ledger.position != told[-1].sequence:
        raise Violation(f"the ledger stands at {ledger.position} of {told[-1].sequence}")
    expected = Counter(row for group in told for row in rows_of(group.events))
    if ledger.rows != expected:
        raise Violation(f"ledger rows differ: {(ledger.rows - expected) or (expected - ledger.rows)}")


def _check_state(disk: SimulatedDisk, replica: ReplicaProcess, last: Group) -> None:
    """The replica, however often it died, equals one that read the journal from its start."""
    followed = replica.reading()
    if followed is None:
        raise Violation("the replica does not come back")
    replayed = _native.Replica(_JournalAlone(disk))
    replayed.follow()
    if followed.sequence != last.sequence or replayed.sequence != last.sequence:
        raise Violation(f"{followed.sequence} and {replayed.sequence} are not {last.sequence}")
    if followed.state_hash() != replayed.state_hash() or replayed.chain != last.chain:
        raise Violation("the state hash depends on what crashed")
    _check_zero_sum(replayed.dump())


def _check_zero_sum(dump: str) -> None:
    sums: Counter[str] = Counter()
    for line in dump.splitlines():
        if line.startswith("balance "):
            _, _, asset, available, locked = line.split()
            sums[asset] += int(available) + int(locked)
    if any(sums.values()):
        raise Violation(f"money was made or lost: {dict(sums)}")
