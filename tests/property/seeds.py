"""Seeds of a test run: fresh ones each time, or the one in `CSE_SEED`."""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from random import SystemRandom

from tests.property.comparison import MakeCore, Run, replay, run_stream
from tests.property.shrinking import shrink, simplify
from tests.property.simpler import simpler
from tests.property.streams import Step
from tests.property.tables import table

COMMANDS_PER_STREAM = 2_500
SEED_LIMIT = 1 << 32
REPLAYED_MAX = 400_000
"""Commands, for making one failing list short and plain."""


def seeds(count: int) -> Iterator[int]:
    """`count` fresh seeds; only the given one where `CSE_SEED` is set."""
    given = os.environ.get("CSE_SEED")
    if given is not None:
        yield int(given)
        return
    for _ in range(count):
        yield fresh_seed()


def fresh_seed() -> int:
    return SystemRandom().randrange(SEED_LIMIT)


@dataclass(frozen=True)
class Outcome:
    """How many commands of a seed agreed, the rules they reached, and a report where not all did."""

    seed: int
    commands: int
    reached: Counter[str]
    report: str | None


def outcome(
    seed: int,
    make_core: MakeCore,
    commands: int = COMMANDS_PER_STREAM,
    invariants_every: int = 1,
    is_watched: bool = True,
) -> Outcome:
    """Runs a stream; a failing one is made short and plain."""
    run = run_stream(seed, commands, make_core, invariants_every, is_watched)
    if run.difference is None:
        return Outcome(seed, len(run.steps), run.reached, None)
    place = f"CSE_SEED={seed} fails at command {run.difference.index}"
    print(f"{place}; a plainer table is looked for", file=sys.stderr, flush=True)
    return Outcome(seed, run.difference.index, run.reached, report(seed, run, make_core))


def report(seed: int, run: Run, make_core: MakeCore) -> str:
    """The plainest table found that still fails, and how it does.

    What cannot be made short, such as an upgrade that names a hash of all before it, is given up on.
    """
    replayed = 0

    def fails(steps: list[Step]) -> bool:
        nonlocal replayed
        replayed += len(steps)
        times = [time_us for time_us, _ in steps]
        return replayed < REPLAYED_MAX and times == sorted(times) and replay(steps, make_core) is not None

    if not fails(run.steps):
        return f"CSE_SEED={seed} fails, but not a second time:\n{run.difference}"
    shortest = shrink(run.steps, fails)
    plainest = shrink(simplify(shortest, fails, simpler), fails)
    return (
        f"CSE_SEED={seed} fails; the plainest table found:\n{table(plainest)}\n{replay(plainest, make_core)}"
    )
