"""An engine, for what is told of it."""

from __future__ import annotations

import pytest

from tests.streams.engine import Engine


@pytest.fixture
def engine() -> Engine:
    return Engine()
