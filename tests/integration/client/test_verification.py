"""Applying to be verified with the Python client, and what the gateway and an edge take of documents."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

import pytest

from cse.domain.verification import DOCUMENT_BYTES_MAX
from cse_client import ApiError, CseClient, NewApplication
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp
from tests.papers import APPLICATION, PDF, PNG


def pdf_of(size_bytes: int) -> bytes:
    """A PDF of so many bytes."""
    return PDF[:9] + b" " * (size_bytes - len(PDF)) + PDF[9:]


async def refused(person: CseClient, content: bytes, media_type: str) -> tuple[int, str]:
    with pytest.raises(ApiError) as raised:
        await person.add_document("identity", content, media_type)  # type: ignore[arg-type]
    return raised.value.status, raised.value.code


async def test_a_person_applies_with_the_largest_document_and_none_that_is_larger(sign_up: SignUp) -> None:
    person = await sign_up()
    await person.apply_for_verification(NewApplication(**APPLICATION))  # type: ignore[arg-type]
    largest = pdf_of(DOCUMENT_BYTES_MAX)
    view = await person.add_document("identity", largest, "application/pdf")
    assert view.application is not None
    (document,) = view.application.documents
    assert (document.size_bytes, document.media_type) == (DOCUMENT_BYTES_MAX, "application/pdf")
    for content, media_type, expected in (
        (pdf_of(DOCUMENT_BYTES_MAX + 1), "application/pdf", (413, "body_too_large")),
        (b"GIF89a", "image/gif", (415, "unsupported_file")),
        (b"{}", "application/json", (415, "unsupported_file")),
        (PNG, "image/jpeg", (400, "document_refused")),
        (PNG[:-1], "image/png", (400, "document_refused")),
    ):
        assert await refused(person, content, media_type) == expected
    await person.remove_document(document.id)
    await person.add_document("identity", PNG, "image/png")
    view = await person.hand_in_verification()
    assert view.application is not None
    assert (view.application.state, len(view.application.documents)) == ("pending", 1)
    await person.withdraw_verification()
    view = await person.verification()
    assert (view.level, view.application) == ("none", None)


async def test_a_file_that_comes_slowly_keeps_nobody_waiting_and_half_of_it_is_none(
    exchange: RunningExchange, sign_up: SignUp
) -> None:
    person = await sign_up()
    await person.apply_for_verification(NewApplication(**APPLICATION))  # type: ignore[arg-type]
    content = pdf_of(DOCUMENT_BYTES_MAX)
    half, token = len(content) // 2, await person.access_token()

    async def begin() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        place = urlsplit(exchange.url)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        head = (
            f"POST /api/verification/documents?kind=identity HTTP/1.1\r\nHost: {place.netloc}\r\n"
            f"Authorization: Bearer {token}\r\nContent-Type: application/pdf\r\n"
            f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode() + content[:half])
        await writer.drain()
        return reader, writer

    async with asyncio.timeout(90):
        reader, slow = await begin()
        others = [await begin() for _ in range(4)]
        # With all of these under way everybody else is answered.
        for _ in range(8):
            assert (await person.verification()).application is not None
        for _, other in others:
            other.close()
        slow.write(content[half:])
        answer = await reader.read()
        slow.close()
    assert answer.startswith(b"HTTP/1.1 201 "), answer[:200]
    application = (await person.verification()).application
    assert application is not None
    assert [one.size_bytes for one in application.documents] == [len(content)]
