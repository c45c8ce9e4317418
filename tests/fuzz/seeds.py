"""The inputs that fuzzing begins with, made of the streams of `tests/property`, in the forms that
`crates/fuzz` takes them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from cse.engine._native import Core
from tests.fuzz import fuzzers
from tests.property import settings
from tests.property.batches import partition, record
from tests.property.chance import Chance
from tests.property.orders import OrderMaker
from tests.property.risk_limits import RiskMaker
from tests.property.streams import FIRST_TIME_US, Step, Stream
from tests.reference.exchange import ReferenceExchange

SEEDS = range(1, 25)
COMMANDS = 24
"""Behind the opening; an input is to stay short."""
RISK_OFTEN = 0.1
"""How often one sets risk limits, which streams of that length would hardly do."""
KEPT_BYTES_MAX = 32 << 10
"""Of each target."""
MICROSECOND, SECOND, HOUR = 1 << 6, 2 << 6, 3 << 6
COUNT_MAX = 63
GOOD = 3
"""The flags with which heads and sums are made good."""


def write() -> None:
    """Writes the opening, and of all inputs that can be made those that reach something."""
    opening = settings.ordinary(Chance(1)).commands
    (fuzzers.CRATE / "opening.commands").write_bytes(b"".join(opening))
    fuzzers.build.cache_clear()
    makers = {"commands": commands, "journal": journal, "events": events, "snapshot": snapshot}
    for target, make in makers.items():
        with tempfile.TemporaryDirectory() as made:
            for seed in SEEDS:
                (Path(made) / str(seed)).write_bytes(make(list(stream(seed))))
            keep(target, Path(made))


def keep(target: str, *others: Path) -> None:
    """Adds what other inputs reach to those that are kept, the shortest first, as long as there is room."""
    there = fuzzers.kept(target)
    with tempfile.TemporaryDirectory() as merged:
        fuzzers.merge(target, Path(merged), *(path for path in (there, *others) if path.is_dir()))
        chosen = sorted(Path(merged).iterdir(), key=lambda path: (path.stat().st_size, path.name))
        contents = [path.read_bytes() for path in chosen]
        names = [path.name for path in chosen]
    there.mkdir(parents=True, exist_ok=True)
    for old in there.iterdir():
        old.unlink()
    room = KEPT_BYTES_MAX
    for name, content in zip(names, contents, strict=True):
        room -= len(content)
        if room >= 0:
            (there / name).write_bytes(content)


def stream(seed: int) -> Iterator[Step]:
    """The steps of a stream, its opening included, which is the same for all seeds."""
    reference, made = ReferenceExchange(), Stream(seed)
    made.setting = settings.ordinary(Chance(1))
    made.orders = OrderMaker(made.source, made.setting)
    made.risk = RiskMaker(seed, made.setting)
    made.risk.often = max(made.risk.often, RISK_OFTEN)
    steps = made.steps(reference, len(made.setting.commands) + COMMANDS)
    for sequence, step in enumerate(steps, start=1):
        reference.apply(sequence, *step)
        yield step


def commands(steps: list[Step]) -> bytes:
    last_us, written = FIRST_TIME_US, b""
    for time_us, command in behind_opening(steps):
        written += bytes([time_byte(time_us - last_us)]) + command
        last_us = time_us
    return written


def time_byte(passed_us: int) -> int:
    """A byte that stands for about that long."""
    for unit_us, unit in ((1, MICROSECOND), (1_000_000, SECOND), (3_600_000_000, HOUR)):
        if passed_us // unit_us <= COUNT_MAX:
            return unit | passed_us // unit_us
    return HOUR | COUNT_MAX


def journal(steps: list[Step]) -> bytes:
    """The records of a first segment, with zeros behind; no watermark."""
    whole = [step for step in behind_opening(steps) if is_whole(step[1])]
    records, previous, sequence = b"", b"", 1
    for batch in partition(whole, Random(1), 4):
        previous = record(batch, sequence, 1, previous, 0)
        records += previous
        sequence += len(batch)
    return bytes([GOOD, 0]) + records + bytes(64)


def is_whole(command: bytes) -> bool:
    length = int.from_bytes(command[4:8], "little")
    return len(command) >= 8 and length == len(command) and length % 8 == 0


def events(steps: list[Step]) -> bytes:
    """The groups of a first segment, all of them in the journal, without an index."""
    core = Core()
    groups = [core.apply(sequence, *step) for sequence, step in enumerate(steps[:COMMANDS], start=1)]
    return bytes([GOOD, len(groups), 0]) + b"".join(groups)


def snapshot(steps: list[Step]) -> bytes:
    """The body of a snapshot."""
    core = Core()
    for sequence, step in enumerate(steps, start=1):
        core.apply(sequence, *step)
    return bytes([GOOD]) + core.write_state()


def behind_opening(steps: list[Step]) -> list[Step]:
    return steps[-COMMANDS:]
