"""A longer search than a test's: `python -m tests.property.search --seconds 3600 --processes 2 --record`.

Compares the native core with the reference over fresh streams until it has done as many commands, or
as long, as it is told; prints what it finds and which rules it reached. `--record` adds the outcome to
`bench/results/reference-search.json`. `--compiled` first makes machine code of the reference and the
comparison, which takes a few minutes and is worth it for a search of hours.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import inf
from multiprocessing import get_context
from time import monotonic
from typing import TypeAlias

from cse.engine._native import Core
from tests.property import compiled, recorded
from tests.property.reached import listed
from tests.property.seeds import Outcome, fresh_seed, outcome

WHOLE_NAME = "tests.property.search"
STREAMS_A_ROUND = 8
WATCHED_EVERY, INVARIANTS_EVERY = 10, 10
"""Streams of which more than the bytes is looked at, and commands of theirs: a search is after differences."""
Run: TypeAlias = Callable[[Iterable[int]], Iterable[Outcome]]
"""Carries the streams of some seeds out."""


@dataclass(frozen=True)
class Budget:
    """When a search has done enough: whichever comes first."""

    commands: float = inf
    seconds: float = inf


@dataclass
class Search:
    """Streams of the seeds from `first_seed` on, without a gap, and what came of them."""

    first_seed: int
    commit: str | None = field(default_factory=recorded.commit_now)
    compiled: bool = field(default_factory=compiled.is_compiled)
    streams: int = 0
    commands: int = 0
    seconds: float = 0.0
    reached: Counter[str] = field(default_factory=Counter)
    reports: list[str] = field(default_factory=list)

    def add(self, found: Outcome) -> None:
        self.streams += 1
        self.commands += found.commands
        self.reached += found.reached
        if found.report is not None:
            self.reports.append(found.report)

    def is_over(self, budget: Budget) -> bool:
        return bool(self.reports) or self.commands >= budget.commands or self.seconds >= budget.seconds

    @property
    def last_seed(self) -> int:
        return self.first_seed + self.streams - 1

    def __str__(self) -> str:
        ending = f"{len(self.reports)} streams differ" if self.reports else "all agree"
        seeds = f"seeds {self.first_seed} to {self.last_seed}"
        return f"{self.commands:,} commands, {seeds}, in {self.seconds:.0f} s: {ending}"


def search(budget: Budget, first_seed: int | None = None, processes: int = 1) -> Search:
    """Compares streams until the budget is spent or one of them differs.

    A round is always finished; an interruption from the keyboard ends the search after the last one.
    """
    found = Search(fresh_seed() if first_seed is None else first_seed)
    started = monotonic()
    with runner(processes) as run:
        try:
            while not found.is_over(budget):
                following = found.last_seed + 1
                for each in list(run(range(following, following + STREAMS_A_ROUND * processes))):
                    found.add(each)
                found.seconds = monotonic() - started
        except KeyboardInterrupt:
            print("interrupted", file=sys.stderr)
    return found


@contextmanager
def runner(processes: int) -> Iterator[Run]:
    if processes == 1:
        yield lambda seeds: map(native_outcome, seeds)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield lambda seeds: pool.map(native_outcome, seeds)


def native_outcome(seed: int) -> Outcome:
    return outcome(seed, Core, invariants_every=INVARIANTS_EVERY, is_watched=seed % WATCHED_EVERY == 0)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=inf, help="how many at least")
    parser.add_argument("--seconds", type=float, default=inf, help="how long at least")
    parser.add_argument("--seed", type=int, help="of the first stream; the others follow on")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--record", action="store_true", help="add the outcome to the recorded ones")
    parser.add_argument("--compiled", action="store_true", help="with the reference as machine code")
    options = parser.parse_args()

    if options.compiled and not compiled.is_compiled():
        return compiled.run_compiled(WHOLE_NAME, [each for each in sys.argv[1:] if each != "--compiled"])
    found = search(Budget(options.commands, options.seconds), options.seed, options.processes)
    print(listed(found.reached))
    print("\n\n".join([*found.reports, str(found)]))
    if options.record:
        recorded.add(found)
    return 1 if found.reports else 0


if __name__ == "__main__":
    sys.exit(main())
