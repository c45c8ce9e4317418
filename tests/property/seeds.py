"""Seeds of a test run: fresh ones each time, or the one in `CSE_SEED`."""

import os
from collections.abc import Iterator
from random import SystemRandom

from tests.property.comparison import MakeCore, literal, replay, run_stream
from tests.property.shrinking import shrink

COMMANDS_PER_STREAM = 2_500


def seeds(count: int) -> Iterator[int]:
    """`count` fresh seeds; only the given one where `CSE_SEED` is set."""
    given = os.environ.get("CSE_SEED")
    if given is not None:
        yield int(given)
        return
    for _ in range(count):
        yield SystemRandom().randrange(1 << 32)


def failure(seed: int, make_core: MakeCore, commands: int = COMMANDS_PER_STREAM) -> tuple[int, str | None]:
    """Runs a stream: how many commands agreed, and a report of the shortest failing list if not all."""
    run = run_stream(seed, commands, make_core)
    if run.difference is None:
        return len(run.steps), None
    shortest = shrink(run.steps, lambda steps: replay(steps, make_core) is not None)
    difference = replay(shortest, make_core)
    report = f"CSE_SEED={seed} fails; the shortest list found:\n{literal(shortest)}\n{difference}"
    return run.difference.index, report
