"""A connection on which somebody is signed in."""

from __future__ import annotations

import pytest

from tests.streams.orders import Exchange


@pytest.fixture
def exchange() -> Exchange:
    """Time passes there when it is told to."""
    return Exchange().sign_in()
