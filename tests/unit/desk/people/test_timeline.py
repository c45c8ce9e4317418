"""The text that a timeline goes on from."""

from __future__ import annotations

from uuid import UUID

import pytest

from cse.desk.people.models import Place
from cse.desk.people.timeline import cursor_of, read_cursor
from cse.domain.errors import CodedError


@pytest.mark.parametrize(
    "place",
    [
        Place(),
        Place(event=UUID(int=7)),
        Place(order=(5, 6)),
        Place(UUID(int=7), (5, 6), ((1 << 63) - 1, 0)),
    ],
)
def test_a_place_is_read_as_it_was_written(place: Place) -> None:
    assert read_cursor(cursor_of(place)) == place


@pytest.mark.parametrize("text", ["", "_", "x__", "_1_", "_1.x_", "_-1.2_", f"_{1 << 63}.1_", "___"])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(CodedError):
        read_cursor(text)
