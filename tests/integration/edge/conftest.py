"""People who have something to trade with, and a book that is left as it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.people import Person


@pytest.fixture
def trader(new_person: Callable[[], Person]) -> Person:
    """A new person with 100,000 USDC and 100,000 LAB."""
    person = new_person()
    person.fund("USDC", "100000")
    person.fund("LAB", "100000")
    return person


@pytest.fixture
def other(new_person: Callable[[], Person]) -> Person:
    """Another one like `trader`."""
    person = new_person()
    person.fund("USDC", "100000")
    person.fund("LAB", "100000")
    return person


@pytest.fixture
def quiet(trader: Person, other: Person) -> Iterator[None]:
    """Leaves the market's book as it was found."""
    yield
    for person in (trader, other):
        assert person.send("DELETE", "/api/orders").status_code == 200
