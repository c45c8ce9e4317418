"""Carries the whole journal out again, beside the event log and the snapshots, which must agree."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import xxhash

from cse.engine import wire
from cse.engine._native import Core, Diverged, EventReader, JournalDamaged, Malformed, OutOfOrder
from cse.ledger.journal import Found, JournalBroken, records
from cse.runtime.findings import Findings

JOURNAL: Final = "journal"
EVENT_LOG: Final = "event log"
SNAPSHOTS: Final = "snapshots"
_GROUPS_A_READ: Final = 65_536
_BYTES_A_READ: Final = 64 << 20
# What of a snapshot its checksum does not cover: header, magic and the checksum itself.
_NOT_SUMMED: Final = 24
_MAGIC: Final = b"CSESNAP0"


class Replay:
    """A core that goes through the journal of a data directory up to the watermark."""

    def __init__(self, data: Path, findings: Findings) -> None:
        self._data = data
        self._findings = findings
        self._reader = EventReader(str(data))
        self._events_good = True
        self.core = Core()
        self.watermark = self._reader.watermark

    def run(self, stop_at: int) -> Iterator[bytes]:
        """Groups in order, cut so that one call ends exactly at `stop_at`, where `core` then stands.

        It ends at the watermark, or where the journal is broken, which is noted.
        """
        snapshots = self._snapshot_sequences()
        try:
            for found in records(self._data / "journal", self.watermark):
                yield from self._carry_out(found, stop_at)
                self._findings.count(JOURNAL, found.head.count)
                if self.core.sequence in snapshots:
                    snapshots.remove(self.core.sequence)
                    self._check_snapshot(self.core.sequence)
        except JournalBroken as error:
            self._findings.add(JOURNAL, str(error))
        else:
            self._note_strangers(snapshots)

    def _carry_out(self, found: Found, stop_at: int) -> Iterator[bytes]:
        head = found.head
        try:
            if head.first_sequence <= stop_at < head.first_sequence + head.count - 1:
                # A record that goes beyond: its checksum is tried on a copy, its commands one by one.
                Core.read_state(self.core.write_state()).apply_record(found.message)
                groups = self._one_by_one(found)
            else:
                groups = iter((self.core.apply_record(found.message),))
            for part in groups:
                self._check_events(part)
                yield part
        except (Malformed, OutOfOrder, Diverged) as error:
            raise JournalBroken(f"{found.place}: {error}") from error

    def _one_by_one(self, found: Found) -> Iterator[bytes]:
        commands = wire.Record.tail(found.message)
        sequence = found.head.first_sequence
        for _, offset, length in wire.messages(commands):
            yield self.core.apply(sequence, found.head.time_us, bytes(commands[offset : offset + length]))
            sequence += 1

    def _check_events(self, groups: bytes) -> None:
        """The event log must hold these very groups; after one difference it is left alone."""
        if not self._events_good:
            return
        last = self.core.sequence
        first = wire.Group.decode(groups).sequence
        try:
            logged = b""
            while len(logged) < len(groups):
                after = first - 1 if not logged else _last_sequence(logged)
                part = self._reader.read(after, min(last - after, _GROUPS_A_READ), _BYTES_A_READ)
                if not part:
                    break
                logged += part
        except (JournalDamaged, OutOfOrder) as error:
            self._note_events(str(error))
            return
        if logged != groups:
            self._note_events(f"sequence {first} to {last}: other events than the journal gives")
            return
        self._findings.count(EVENT_LOG, last - first + 1)

    def _note_events(self, text: str) -> None:
        self._events_good = False
        self._findings.add(EVENT_LOG, text)

    def _snapshot_sequences(self) -> set[int]:
        found = set()
        for path in (self._data / "snapshots").glob("*.snapshot"):
            with contextlib.suppress(ValueError):
                found.add(int(path.stem))
        return found

    def _note_strangers(self, sequences: set[int]) -> None:
        """Snapshots of no moment of the journal, but for one taken while it was gone through."""
        written_since = range(self.watermark + 1, EventReader(str(self._data)).watermark + 1)
        for sequence in sorted(sequences.difference(written_since)):
            name = f"{sequence:020}.snapshot"
            if (self._data / "snapshots" / name).exists():
                self._findings.add(SNAPSHOTS, f"{name}: no record of the journal ends there")

    def _check_snapshot(self, sequence: int) -> None:
        """A snapshot must be whole, and hold the very state that the journal leads to."""
        name = f"{sequence:020}.snapshot"
        try:
            content = (self._data / "snapshots" / name).read_bytes()
            head = wire.Snapshot.decode(content)
        except FileNotFoundError:
            return
        except wire.Malformed as error:
            self._findings.add(SNAPSHOTS, f"{name}: {error}")
            return
        body = content[wire.Snapshot.WIDTH :]
        if head.magic != _MAGIC or head.checksum != xxhash.xxh3_64_intdigest(content[_NOT_SUMMED:]):
            self._findings.add(SNAPSHOTS, f"{name}: it is damaged")
        elif head.chain != self.core.chain or body[: head.body_length] != self.core.write_state():
            self._findings.add(SNAPSHOTS, f"{name}: another state than the journal leads to")
        elif head.state_hash != self.core.state_hash():
            self._findings.add(SNAPSHOTS, f"{name}: another state hash than the journal leads to")
        else:
            self._findings.count(SNAPSHOTS, 1)


def _last_sequence(groups: bytes) -> int:
    last = 0
    for _, offset, _ in wire.messages(groups):
        last = wire.Group.decode(groups, offset).sequence
    return last
