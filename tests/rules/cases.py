"""A rule as a table: what stood before, the command, and all that the exchange says to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from cse.engine._native import Core as NativeCore
from tests.property.comparison import Core
from tests.reference.exchange import ReferenceExchange
from tests.rules.scenario import Scenario

MakeCore = Callable[[], Core]
both_cores = pytest.mark.parametrize("make_core", [ReferenceExchange, NativeCore])
NO_FEES = "maker 0 taker 0 creator 0"


@dataclass
class Case:
    """Commands that are taken first, the command looked at, and what the exchange says to it.

    `depth` are the levels that change; `at_us` is the command's time, where that matters.
    """

    name: str
    before: list[bytes]
    command: bytes
    said: list[str]
    depth: list[str] = field(default_factory=list)
    at_us: int | None = None

    def check(self, scenario: Scenario) -> None:
        for command in self.before:
            assert not scenario.do(command)[0].startswith("rejected")
        if self.at_us is not None:
            scenario.time_us = self.at_us
        said = scenario.say(self.command)
        assert [text for text in said if not text.startswith(("depth", "balance"))] == self.said
        assert [text for text in said if text.startswith("depth")] == self.depth


def every(cases: Sequence[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.name)
