"""A small data directory that is kept, so that later builds are held to what an earlier one wrote.

`CSE_RECORD=1 ./cse test tests/journal` records it anew. That is allowed only where the format of a data
directory has changed: `docs/journal.md` says why.
"""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path
from typing import NamedTuple

from cse.cli.supervisor.data_directory import FORMAT
from cse.engine import wire
from cse.engine._native import Leader, Replica
from tests.memory_storage import MemoryDirectory, MemoryStorage
from tests.property.streams import Step, Stream
from tests.reference.exchange import ReferenceExchange

ARCHIVE = Path(__file__).with_name("kept.tar.xz")
FACTS = Path(__file__).with_name("kept.json")
DIRECTORIES = ("journal", "events", "snapshots", "run")
SEED = 6
COMMANDS = 240
BATCH_MAX = 5
SEGMENT_BYTES = 1 << 14
SNAPSHOT_AT = 0.6
"""Of the commands; the leader starts anew there too."""


class Facts(NamedTuple):
    """What a build that reads the directory must come to."""

    format: str
    sequence: int
    chain: str
    state_hash: str
    snapshot_sequence: int


class FormatKept(AssertionError):
    """The format is what it was, so what was written must go on being read."""


def facts() -> Facts:
    return Facts(**json.loads(FACTS.read_text()))


def record() -> None:
    """Writes directory and facts anew.

    Raises:
        FormatKept: the one that is there is of the same format.
    """
    if FACTS.exists() and facts().format == FORMAT:
        raise FormatKept(f"format {FORMAT} was recorded already: this build must read what was written")
    storage = MemoryStorage()
    steps = list(stream())
    middle = int(len(steps) * SNAPSHOT_AT)
    lead(storage, steps[:middle])
    before = Replica(storage)
    before.follow()
    before.snapshot().write()
    lead(storage, steps[middle:])
    end = Replica(storage)
    end.follow()
    found = Facts(FORMAT, end.sequence, f"{end.chain:016x}", end.state_hash().hex(), before.sequence)
    ARCHIVE.write_bytes(archive(storage))
    FACTS.write_text(json.dumps(found._asdict(), indent=1) + "\n")


def stream() -> list[Step]:
    """The steps of a stream that a leader takes."""
    reference = ReferenceExchange()
    steps = []
    for sequence, step in enumerate(Stream(SEED).steps(reference, COMMANDS), start=1):
        reference.apply(sequence, *step)
        steps.append(step)
    return steps


def lead(storage: MemoryStorage, steps: list[Step]) -> None:
    """Starts a leader and has it write the steps down in small batches; what it refuses is left out."""
    leader = Leader(storage, steps[0][0], 0, segment_bytes=SEGMENT_BYTES)
    for place in range(0, len(steps), BATCH_MAX):
        batch_of = steps[place : place + BATCH_MAX]
        for number, (_, command) in enumerate(batch_of):
            if len(command) % 8 == 0:
                leader.submit(1, wire.Request(number).encode(command))
        batch = leader.gather(batch_of[-1][0])
        if batch is not None:
            leader.write(batch)
            leader.commit(batch)
    leader.close()


def archive(storage: MemoryStorage) -> bytes:
    """The files as a compressed archive, the same for the same files."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as tar:
        for directory in DIRECTORIES:
            for name, file in sorted(getattr(storage, directory).files.items()):
                if name == "next.segment":
                    continue
                content = bytes(file.content)
                member = tarfile.TarInfo(f"{directory}/{name}")
                member.size = len(content)
                tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def unpacked() -> MemoryStorage:
    """The kept directory, in memory."""
    storage = MemoryStorage()
    with tarfile.open(ARCHIVE) as tar:
        for member in tar.getmembers():
            directory, name = member.name.split("/")
            content = tar.extractfile(member)
            assert content is not None
            there: MemoryDirectory = getattr(storage, directory)
            there.open(name, create=True).write_at(0, content.read())
    return storage
