"""What a request says outside its body is read as strictly."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.domain.errors import CodedError
from cse.runtime.http.query import (
    idempotency_key,
    min_sequence,
    read_cursor,
    read_query,
    write_cursor,
)


class Query(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    market: str | None = None
    status: Literal["open", "closed"] = "open"
    limit: Annotated[int, msgspec.Meta(ge=1, le=500)] = 100


def test_what_is_left_out_has_its_default() -> None:
    assert read_query(b"", Query) == Query()
    assert read_query(b"market=A-B&limit=5", Query) == Query("A-B", "open", 5)


@pytest.mark.parametrize(
    ("raw", "code", "field"),
    [
        (b"limit=0", "invalid_field", "limit"),
        (b"limit=501", "invalid_field", "limit"),
        (b"limit=1e2", "invalid_field", "limit"),
        (b"limit=" + b"9" * 1_500, "invalid_field", "limit"),
        (b"limit=%D9%A3", "invalid_field", "limit"),
        (b"limit=", "invalid_field", "limit"),
        (b"status=all", "invalid_field", "status"),
        (b"nonsense=1", "unknown_field", "nonsense"),
        (b"limit=1&limit=2", "duplicate_field", "limit"),
        (b"limit", "invalid_field", "query"),
        (b"market=%ff", "invalid_field", "query"),
        (b"market=A%00B", "invalid_field", "market"),
        (b"\xff", "invalid_field", "query"),
        (b"market=" + b"x" * 3_000, "invalid_field", "query"),
    ],
)
def test_a_fault_has_a_code_and_names_the_field(raw: bytes, code: str, field: str) -> None:
    with pytest.raises(CodedError) as caught:
        read_query(raw, Query)
    assert (caught.value.code.name, caught.value.details["field"]) == (code, field)


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"limit=0", "limit is not valid: expected a whole number >= 1."),
        (b"status=all", "status is not valid: it may not be 'all'."),
    ],
)
def test_a_fault_is_told_without_names_of_types(raw: bytes, sentence: str) -> None:
    with pytest.raises(CodedError) as caught:
        read_query(raw, Query)
    assert caught.value.sentence == sentence


def test_the_sequence_wanted_is_digits() -> None:
    assert min_sequence({}) == 0
    assert min_sequence({b"cse-min-sequence": b"42"}) == 42
    for raw in (b"", b"-1", b"1.0", b"x", b"9" * 19):
        with pytest.raises(CodedError):
            min_sequence({b"cse-min-sequence": raw})


@pytest.mark.parametrize("raw", [b"", b"a b", b"x" * 65, b"\xff", b"a\tb"])
def test_an_idempotency_key_is_visible_ascii(raw: bytes) -> None:
    assert idempotency_key({b"idempotency-key": b"K-1"}) == "K-1"
    with pytest.raises(CodedError):
        idempotency_key({b"idempotency-key": raw})


@given(st.lists(st.integers(0, 10**18 - 1), min_size=1, max_size=3))
def test_a_cursor_comes_back_as_it_was(numbers: list[int]) -> None:
    assert read_cursor(write_cursor(*numbers), len(numbers)) == tuple(numbers)


@given(st.text())
def test_what_is_no_cursor_is_refused(text: str) -> None:
    try:
        found = read_cursor(text, 2)
    except CodedError as error:
        assert error.code.name == "invalid_cursor"
    else:
        assert len(found) == 2
