"""The native core gives the reference's events, byte for byte, whatever the commands.

Each run takes fresh seeds. A failure names its seed, with which `CSE_SEED` repeats it, and prints the
plainest table of commands that still fails, to be pasted into a test. The long search goes on for
`CSE_SEARCH_SECONDS`, five minutes where that is not set, and is recorded.
"""

import os

import pytest

from cse.engine._native import Core
from tests.property import recorded
from tests.property.search import Budget, search
from tests.property.seeds import COMMANDS_PER_STREAM, outcome, seeds

LONG_SECONDS = 300.0


def compare_streams(commands: int) -> None:
    for seed in seeds(commands // COMMANDS_PER_STREAM):
        report = outcome(seed, Core).report
        assert report is None, report


def test_some_thousand_commands_agree() -> None:
    compare_streams(10_000)


@pytest.mark.slow
def test_a_hundred_thousand_commands_agree() -> None:
    compare_streams(100_000)


@pytest.mark.long
def test_all_commands_of_a_long_search_agree() -> None:
    budget = Budget(seconds=float(os.environ.get("CSE_SEARCH_SECONDS", LONG_SECONDS)))
    found = search(budget, processes=os.cpu_count() or 1)
    recorded.add(found)
    assert not found.reports, "\n\n".join(found.reports)
