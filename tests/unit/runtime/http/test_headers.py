"""A header has one meaning: one line, or the lines of a list."""

from __future__ import annotations

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.headers import read_headers


def test_headers_are_found_by_name() -> None:
    assert read_headers([(b"a", b"1"), (b"b", b"2")]) == {b"a": b"1", b"b": b"2"}


@pytest.mark.parametrize(
    ("name", "joined"),
    [(b"x-forwarded-for", b"1, 2, 3"), (b"cookie", b"1; 2; 3"), (b"accept", b"1, 2, 3")],
)
def test_lines_of_a_list_are_joined_in_their_order(name: bytes, joined: bytes) -> None:
    pairs = [(name, b"1"), (b"host", b"x"), (name, b"2"), (name, b"3")]
    assert read_headers(pairs) == {name: joined, b"host": b"x"}


@pytest.mark.parametrize(
    "name",
    [
        "authorization",
        "cse-key",
        "cse-signature",
        "idempotency-key",
        "content-type",
        "host",
        "origin",
        "x-new",
    ],
)
@pytest.mark.parametrize("second", [b"1", b"2"])
def test_any_other_that_stands_twice_is_refused(name: str, second: bytes) -> None:
    with pytest.raises(CodedError) as refused:
        read_headers([(name.encode(), b"1"), (b"b", b"2"), (name.encode(), second)])
    assert refused.value.code is codes.MALFORMED_REQUEST
    assert f"{name} stands twice" in refused.value.sentence
