"""The native core gives the reference's events, byte for byte, whatever the commands.

Each run takes fresh seeds. A failure names its seed, with which `CSE_SEED` repeats it, and prints the
shortest list of commands that still fails, as a Python literal.
"""

import pytest

from cse.engine._native import Core
from tests.property.seeds import COMMANDS_PER_STREAM, failure, seeds


def compare_streams(commands: int) -> None:
    for seed in seeds(commands // COMMANDS_PER_STREAM):
        _, report = failure(seed, Core)
        assert report is None, report


def test_some_thousand_commands_agree() -> None:
    compare_streams(10_000)


@pytest.mark.slow
def test_a_hundred_thousand_commands_agree() -> None:
    compare_streams(100_000)


@pytest.mark.long
def test_two_million_commands_agree() -> None:
    compare_streams(2_000_000)
