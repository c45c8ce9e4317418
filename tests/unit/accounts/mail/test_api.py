"""Who may look into the demo's mailbox: whoever is at its machine, and asks by that machine's name."""

from __future__ import annotations

from typing import Any, cast

import pytest

from cse.accounts.mail.api import MailboxApi
from cse.accounts.mail.models import MailboxQuery, MailView
from cse.domain.errors import CodedError
from cse.runtime.http.address import grouped
from cse.runtime.http.route import Call, Nothing

MAIL = MailView("1", "ada@example.com", "A subject", "Hello.\n", "2026-01-31T12:00:00.000000Z")


class OneMail:
    async def mails(self, recipient: str | None) -> list[MailView]:
        return [MAIL] if recipient in (None, MAIL.recipient) else []


def call(address: str, host: str | None, recipient: str | None = None) -> Call[Nothing, MailboxQuery]:
    headers = {} if host is None else {b"host": host.encode()}
    return Call(Nothing(), MailboxQuery(recipient), {}, headers, None, grouped(address), 0)


API = MailboxApi(cast(Any, OneMail()))


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("127.0.0.1", "localhost:8000"),
        ("127.0.0.1", "127.0.0.1"),
        ("127.8.0.1", "localhost"),
        ("::1", "[::1]:8000"),
    ],
)
async def test_it_opens_on_its_machine(address: str, host: str) -> None:
    assert MAIL.subject.encode() in (await API.mails(call(address, host))).body
    assert (await API.mails(call(address, host, "eve@example.com"))).body == b'{"items":[]}'


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("203.0.113.7", "localhost:8000"),
        ("2001:db8::1", "localhost:8000"),
        ("", "localhost:8000"),
        ("127.0.0.1", "rebound.example:8000"),
        ("127.0.0.1", "localhost.evil.example"),
        ("127.0.0.1", "127.0.0.1@evil.example"),
        ("127.0.0.1", "[::1"),
        ("127.0.0.1", None),
    ],
)
async def test_for_everybody_else_it_is_not_there(address: str, host: str | None) -> None:
    with pytest.raises(CodedError) as caught:
        await API.mails(call(address, host))
    assert caught.value.code.name == "not_found"
