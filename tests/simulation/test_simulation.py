"""A thousand fresh seeds in every run of the suite, a hundred in the fast one, ten thousand in the long one."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable

import pytest

from cse.engine import _native
from tests.simulation.planted import PLANTED
from tests.simulation.run import Run
from tests.simulation.world import Violation

FAULTS = (
    "leader killed",
    "replica killed",
    "ledger killed",
    "power lost",
    "killed within a disk operation",
    "write torn",
    "unsynced write lost",
    "sync failed",
    "disk full",
    "order refused for want of storage",
    "clock set back",
    "clock set forward",
    "message delayed",
    "message doubled",
    "message dropped",
    "request repeated",
    "repeat told of the original",
    "bit flipped in the journal",
    "damage put right from a copy",
    "bit flipped in a snapshot",
    "bad snapshot passed over",
    "order amended",
    "orders expired",
    "self-trade prevented",
    "order triggered",
    "orders linked",
)
SEEDS_TO_FIND_A_BUG = 300


def fresh_seeds(count: int) -> list[int]:
    """`CSE_SEED=n` runs that seed alone."""
    given = os.environ.get("CSE_SEED")
    if given is not None:
        return [int(given)]
    first = random.SystemRandom().randrange(1 << 48)
    return list(range(first, first + count))


def run_seeds(count: int) -> Counter[str]:
    faults: Counter[str] = Counter()
    for seed in fresh_seeds(count):
        try:
            faults += Run(seed).run().faults
        except BaseException as error:
            error.add_note(f"run it again with CSE_SEED={seed}")
            raise
    return faults


def check_every_fault_occurred(faults: Counter[str]) -> None:
    print({name: faults[name] for name in FAULTS})
    if "CSE_SEED" not in os.environ:
        assert [name for name in FAULTS if not faults[name]] == []


def test_nothing_is_lost_or_doubled_on_a_hundred_bad_days() -> None:
    check_every_fault_occurred(run_seeds(100))


@pytest.mark.slow
def test_nothing_is_lost_or_doubled_on_a_thousand_bad_days() -> None:
    check_every_fault_occurred(run_seeds(1_000))


@pytest.mark.long
def test_nothing_is_lost_or_doubled_on_ten_thousand_bad_days() -> None:
    check_every_fault_occurred(run_seeds(10_000))


def test_a_seed_decides_everything() -> None:
    first, second = Run(20_150_501).run(), Run(20_150_501).run()
    assert first == second


@pytest.mark.parametrize("make", PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_bug_is_found(make: Callable[[int], Run]) -> None:
    for seed in range(SEEDS_TO_FIND_A_BUG):
        try:
            make(seed).run()
        except (Violation, _native.JournalDamaged, _native.Diverged, _native.OutOfOrder):
            return
    pytest.fail(f"not found in {SEEDS_TO_FIND_A_BUG} seeds")
