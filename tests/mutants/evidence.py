"""Commands, and what the reference says to them: made once, held against every mutant.

Fixed seeds, so that what is recorded of a mutant can be found again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tests.mutants.auctions import around_auctions
from tests.mutants.bounds import beyond_bounds
from tests.mutants.edges import around_edges
from tests.mutants.exits import around_exits
from tests.mutants.risk import around_risk
from tests.property.streams import Step, Stream
from tests.reference.exchange import ReferenceExchange

SEEDS = range(1, 13)
COMMANDS = 2_500


@dataclass(frozen=True)
class Evidence:
    """Some steps, the reference's group for each, and its state at the end."""

    name: str
    steps: list[Step]
    groups: list[bytes]
    dump: str


@cache
def streams() -> list[Evidence]:
    """Streams of commands of every kind."""
    return [stream(seed) for seed in SEEDS]


@cache
def cases() -> list[Evidence]:
    """What streams seldom reach."""
    chosen = {
        "edges": around_edges(),
        "auctions": around_auctions(),
        "bounds": beyond_bounds(),
        "exits": around_exits(),
        "risk": around_risk(),
    }
    return [carried_out(name, ReferenceExchange(), steps) for name, steps in chosen.items()]


def stream(seed: int) -> Evidence:
    reference = ReferenceExchange()
    return carried_out(f"seed {seed}", reference, Stream(seed).steps(reference, COMMANDS))


def carried_out(name: str, reference: ReferenceExchange, steps: Iterator[Step]) -> Evidence:
    done: list[Step] = []
    groups: list[bytes] = []
    for sequence, step in enumerate(steps, start=1):
        groups.append(reference.apply(sequence, *step))
        done.append(step)
    return Evidence(name, done, groups, reference.dump())
