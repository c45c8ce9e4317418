"""What every way of sending mail keeps to: SMTP to a real server, and the demo's mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import NamedTuple

import pytest

from cse.accounts.mail.mailbox import LocalMailbox
from cse.accounts.mail.models import Mail
from cse.accounts.mail.port import MailPort, MailUnavailable
from cse.accounts.mail.smtp import SmtpPort
from cse.accounts.mail.smtp_settings import SmtpSettings
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import pool
from tests.integration.accounts.mail.smtp_server import HOST, smtp_server
from tests.postgres import Database

SENDER = "no-reply@exchange.example"


class Received(NamedTuple):
    """A mail as its recipient has it."""

    id: str
    recipient: str
    subject: str
    text: str


class Way(NamedTuple):
    """A port, what came out of it, and what takes away that which it needs."""

    port: MailPort
    received: Callable[[], Awaitable[list[Received]]]
    lose: Callable[[], Awaitable[None]]


@pytest.fixture(params=["smtp", "mailbox"])
async def way(request: pytest.FixtureRequest) -> AsyncIterator[Way]:
    if request.param == "smtp":
        async with smtp_server() as inbox:
            settings = SmtpSettings(HOST, SENDER, tls="none", port=inbox.port)

            async def arrived() -> list[Received]:
                return [
                    Received(
                        message["Message-ID"].strip("<>").partition("@")[0],
                        envelope.rcpt_tos[0],
                        message["Subject"],
                        message.get_content().replace("\r\n", "\n"),
                    )
                    for envelope, message in inbox.taken
                ]

            async def refuse_all() -> None:
                inbox.to_mails = "451 try again later"

            yield Way(SmtpPort(settings), arrived, refuse_all)
        return
    database: Database = request.getfixturevalue("database")
    async with pool(database.configuration, "cse_accounts") as connections:
        mailbox = LocalMailbox(connections)

        async def kept() -> list[Received]:
            return [
                Received(mail.id, mail.recipient, mail.subject, mail.text)
                for mail in reversed(await mailbox.mails(None))
            ]

        yield Way(mailbox, kept, connections.close)


def mail(text: str = "Hello.\n", subject: str = "A subject", recipient: str = "ada@example.com") -> Mail:
    return Mail(new_uuid(), recipient, subject, text)


@pytest.mark.parametrize(
    "text",
    [
        "Hello.\n",
        "a line\n.\n..\n.a\nFrom here on\n\nthe end\n",
        "\u0645\u0631\u062d\u0628\u0627 \u00fc \U0001f511\n",
        "https://exchange.example/" + "x" * 2_000 + "\n",
    ],
    ids=["plain", "dots", "other letters", "a long line"],
)
async def test_what_is_written_is_what_arrives(way: Way, text: str) -> None:
    sent = mail(text, "A subject \u2013 \u0645\u0648\u0636\u0648\u0639", "o'neil+x@example.com")
    await way.port.send(sent)
    assert await way.received() == [Received(str(sent.id), sent.recipient, sent.subject, text)]


async def test_mails_to_several_arrive_each_at_its_recipient(way: Way) -> None:
    sent = [mail(recipient=f"{name}@example.com") for name in ("ada", "eve", "ada")]
    for one in sent:
        await way.port.send(one)
    received = await way.received()
    assert [(one.id, one.recipient) for one in received] == [(str(one.id), one.recipient) for one in sent]


async def test_a_mail_that_is_sent_again_is_known_by_its_id(way: Way) -> None:
    sent = mail()
    await way.port.send(sent)
    await way.port.send(sent._replace(text="Hello again.\n"))
    assert {one.id for one in await way.received()} == {str(sent.id)}


async def test_what_is_not_taken_is_not_said_to_be(way: Way) -> None:
    await way.lose()
    with pytest.raises(MailUnavailable):
        await way.port.send(mail())
