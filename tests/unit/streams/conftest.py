"""A process of streams, its engine, and somebody who is connected."""

from __future__ import annotations

import pytest

from tests.streams.engine import Engine
from tests.streams.process import FakeProcess, Visitor


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def process(engine: Engine) -> FakeProcess:
    return FakeProcess(engine)


@pytest.fixture
def visitor(process: FakeProcess) -> Visitor:
    return process.connect()
