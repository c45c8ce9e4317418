"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.exchange import RunningExchange

pytest_plugins = ["tests.postgres", "tests.people"]

# How long an example takes says more about the machine than about the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Their tests start servers, so `--fast` leaves them out.
SLOW_FOLDERS = frozenset({"integration", "e2e", "browser"})
OUTPUT_LINES = 40


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what starts servers by where it stands."""
    root = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(root) and item.path.relative_to(root).parts[0] in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Puts what the services of a test's exchange complained of into the report of its failure."""
    report = yield
    running = next(
        (one for one in getattr(item, "funcargs", {}).values() if isinstance(one, RunningExchange)), None
    )
    if report.failed and running is not None:
        report.sections.append(("exchange", "\n".join(running.output.splitlines()[-OUTPUT_LINES:])))
    return report


@pytest.fixture(scope="session")
def exchange() -> Iterator[RunningExchange]:
    """One exchange, two processes of what may be several, shared by all tests that leave it running and well."""
    running = RunningExchange(edges=2, up=("--streams", "2"))
    try:
        yield running.start()
    finally:
        running.remove()


@pytest.fixture
def start_exchange() -> Iterator[Callable[..., RunningExchange]]:
    """Starts exchanges for this test alone; arguments are those of `RunningExchange`."""
    started: list[RunningExchange] = []

    def start(**arguments: Any) -> RunningExchange:
        running = RunningExchange(**arguments)
        started.append(running)
        return running.start()

    yield start
    for running in started:
        running.remove()
