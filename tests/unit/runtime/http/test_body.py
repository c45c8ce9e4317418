"""Bodies are read strictly: every fault has its code, and names the field."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.body import (
    BODY_LIMIT_BYTES,
    BodyReader,
    DecimalText,
    read_body,
    refuse_duplicates,
)


class Sample(msgspec.Struct, forbid_unknown_fields=True):
    market: str
    quantity: DecimalText | None = None
    amount: DecimalText = "0"
    post_only: bool = False


READER = BodyReader(Sample)


@pytest.mark.parametrize(
    ("raw", "code", "field"),
    [
        (b"", "malformed_json", None),
        (b"{", "malformed_json", None),
        (b"[]", "malformed_json", None),
        (b"null", "malformed_json", None),
        (b'"text"', "malformed_json", None),
        (b'{"market":"A"} {}', "malformed_json", None),
        (b"\xef\xbb\xbf{}", "malformed_json", None),
        (b'{"market":"\xff"}', "malformed_json", None),
        (b'{"market":"A","quantity":NaN}', "malformed_json", None),
        (b'{"market":"A","quantity":01}', "malformed_json", None),
        (b"{}", "missing_field", "market"),
        (b'{"market":"A","nonsense":1}', "unknown_field", "nonsense"),
        (b'{"market":1}', "invalid_field", "market"),
        (b'{"market":' + b"[" * 8_000, "invalid_field", "market"),
        (b'{"market":"A","post_only":"true"}', "invalid_field", "post_only"),
        (b'{"market":"A","quantity":0.1}', "invalid_decimal", "quantity"),
        (b'{"market":"A","quantity":1}', "invalid_decimal", "quantity"),
        (b'{"market":"A","quantity":1e999}', "invalid_decimal", "quantity"),
        (b'{"market":"A","quantity":true}', "invalid_decimal", "quantity"),
        (b'{"market":"A","quantity":[]}', "invalid_decimal", "quantity"),
        (b'{"market":"A","quantity":{}}', "invalid_decimal", "quantity"),
        (b'{"market":"A","quantity":' + b"9" * 5_000 + b"}", "invalid_decimal", "quantity"),
        (b'{"market":"A","amount":1}', "invalid_decimal", "amount"),
        (b'{"market":"A","amount":null}', "invalid_decimal", "amount"),
        (b'{"market":"A","quantity":"1","quantity":"100"}', "duplicate_field", "quantity"),
        (b'{"market":"A","quantity":"1","qu\\u0061ntity":"2"}', "duplicate_field", "quantity"),
        (b'{"market":"A","market":"A"}', "duplicate_field", "market"),
    ],
)
def test_a_fault_has_a_code_and_names_the_field(raw: bytes, code: str, field: str | None) -> None:
    with pytest.raises(CodedError) as caught:
        READER.read(raw)
    assert (caught.value.code.name, caught.value.details.get("field")) == (code, field)
    assert "{" not in caught.value.sentence


class Parts(msgspec.Struct, forbid_unknown_fields=True):
    """A body whose parts are read later, one by one."""

    parts: list[msgspec.Raw]


TWICE = b'"same":"same",'


def test_a_part_that_is_not_utf_8_is_refused_where_duplicates_are_looked_for() -> None:
    with pytest.raises(CodedError) as caught:
        BodyReader(Parts).read(b'{"parts":[{' + TWICE + b'"part":"\xff"}]}')
    assert caught.value.code.name == "malformed_json"


def test_parts_of_any_depth_are_read_or_refused() -> None:
    read = BodyReader(Parts).read
    refused = 0
    # Where it begins to be too deep depends on how deep the stack is here.
    for depth in range(700, 1_000):
        try:
            read(b'{"parts":[{' + TWICE + b'"part":' + b"[" * depth + b"]" * depth + b"}]}")
        except CodedError as error:
            assert error.code.name == "malformed_json"
            refused += 1
    assert 0 < refused < 300


@pytest.mark.parametrize("number", [b"9" * 5_000, b"-" + b"9" * 5_000, b"1e999999"])
def test_a_number_of_any_length_is_left_to_who_reads_the_part(number: bytes) -> None:
    (part,) = BodyReader(Parts).read(b'{"parts":[{' + TWICE + b'"part":' + number + b"}]}").parts
    assert number in bytes(part)


def test_values_that_are_alike_are_no_duplicates() -> None:
    read = READER.read(b'{"market":"1","quantity":"1","amount":"quantity"}')
    assert (read.market, read.quantity, read.amount) == ("1", "1", "quantity")


@given(
    st.recursive(
        st.text(max_size=4) | st.booleans(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
        max_leaves=12,
    )
)
def test_no_valid_object_is_taken_for_one_with_duplicates(value: object) -> None:
    for ascii_only in (True, False):
        body = json.dumps(value, ensure_ascii=ascii_only).encode()
        assert taken(body)
        # The same beside itself is another list of values, and under one key twice what is refused.
        assert taken(b"[%b,%b]" % (body, body))
        assert not taken(b'{"key":%b,"key":%b}' % (body, body))


def taken(body: bytes) -> bool:
    """Whether a body is one in which nothing stands twice."""
    try:
        refuse_duplicates(body)
    except CodedError as error:
        assert error.code is codes.DUPLICATE_FIELD
        return False
    return True


@given(st.text(max_size=5), st.booleans())
def test_a_key_that_stands_twice_is_found_however_it_is_written(key: str, escaped: bool) -> None:
    first, second = json.dumps(key), json.dumps(key, ensure_ascii=False)
    if escaped:
        second = '"' + "".join(f"\\u{unit:04x}" for unit in _utf16_units(key)) + '"'
    with pytest.raises(CodedError):
        refuse_duplicates(f'{{{first}: 1, "other key": [{{}}], {second}: 2}}'.encode())


def _utf16_units(text: str) -> list[int]:
    raw = text.encode("utf-16-le")
    return [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]


def receiving(*parts: bytes) -> Callable[[], Awaitable[Any]]:
    messages = [
        {"type": "http.request", "body": part, "more_body": number + 1 < len(parts)}
        for number, part in enumerate(parts)
    ]

    async def receive() -> Any:
        return messages.pop(0)

    return receive


JSON = {b"content-type": b"application/json"}


@pytest.mark.parametrize(
    "content_type",
    [b"application/json", b"Application/JSON", b'application/json; charset="UTF-8"', b"application/json;"],
)
async def test_json_is_taken(content_type: bytes) -> None:
    assert await read_body({b"content-type": content_type}, receiving(b"{", b"}")) == b"{}"


@pytest.mark.parametrize(
    "content_type",
    [b"", b"text/plain", b"application/jsonp", b"application/json; charset=latin-1", b"multipart/form-data"],
)
async def test_what_is_not_json_is_refused(content_type: bytes) -> None:
    with pytest.raises(CodedError) as caught:
        await read_body({b"content-type": content_type}, receiving(b"{}"))
    assert caught.value.code.name == "unsupported_media_type"


@pytest.mark.parametrize(
    ("headers", "parts"),
    [
        (JSON | {b"content-length": b"%d" % (BODY_LIMIT_BYTES + 1)}, [b""]),
        (JSON | {b"content-length": b"9" * 5_000}, [b""]),
        (JSON, [b"x" * (BODY_LIMIT_BYTES + 1)]),
        (JSON, [b"x" * BODY_LIMIT_BYTES, b"x", b"never read"]),
    ],
)
async def test_a_body_over_the_limit_is_refused(headers: dict[bytes, bytes], parts: list[bytes]) -> None:
    with pytest.raises(CodedError) as caught:
        await read_body(headers, receiving(*parts))
    assert caught.value.code.name == "body_too_large"
    assert str(BODY_LIMIT_BYTES) in caught.value.sentence


async def test_a_body_at_the_limit_is_taken() -> None:
    assert len(await read_body(JSON, receiving(b"x" * BODY_LIMIT_BYTES))) == BODY_LIMIT_BYTES


async def test_a_body_that_was_cut_off_is_refused_even_if_it_reads_well() -> None:
    messages = [{"type": "http.request", "body": b"{}", "more_body": True}, {"type": "http.disconnect"}]

    async def receive() -> Any:
        return messages.pop(0)

    with pytest.raises(CodedError) as caught:
        await read_body(JSON, receive)
    assert caught.value.code.name == "malformed_json"
