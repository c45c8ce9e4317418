"""Mail by SMTP: when it is encrypted, who signs in, and what a server's answers mean."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from cse.accounts.mail.models import Mail
from cse.accounts.mail.port import MailRefused, MailUnavailable
from cse.accounts.mail.smtp import SmtpPort
from cse.accounts.mail.smtp_settings import SmtpSettings
from cse.runtime.identity import new_uuid
from tests.integration.accounts.mail.smtp_server import HOST, certificate, smtp_server

SENDER = "no-reply@exchange.example"
PLAIN = SmtpSettings(HOST, SENDER, tls="none")
SIGNED_IN = SmtpSettings(HOST, SENDER, username="exchange", password="right")


def mail(recipient: str = "ada@example.com") -> Mail:
    return Mail(new_uuid(), recipient, "A subject", "Hello.\n")


async def test_nothing_is_said_before_the_connection_is_encrypted(tmp_path: Path) -> None:
    ca_file, shown = certificate(tmp_path, HOST)
    async with smtp_server(starttls=shown, login=True) as inbox:
        await SmtpPort(replace(SIGNED_IN, port=inbox.port, ca_file=ca_file)).send(mail())
    assert (inbox.logins, len(inbox.taken)) == ([("exchange", "right")], 1)


async def test_a_connection_may_be_encrypted_from_its_start(tmp_path: Path) -> None:
    ca_file, shown = certificate(tmp_path, HOST)
    async with smtp_server(implicit=shown) as inbox:
        await SmtpPort(replace(PLAIN, tls="implicit", port=inbox.port, ca_file=ca_file)).send(mail())
    assert len(inbox.taken) == 1


async def test_a_mail_travels_as_text_and_as_a_page_in_its_language() -> None:
    sent = mail()._replace(page="<p>مرحبا</p>", language="ar", text="مرحبا\n")
    async with smtp_server() as inbox:
        await SmtpPort(replace(PLAIN, port=inbox.port)).send(sent)
    ((_, message),) = inbox.taken
    assert message["Content-Language"] == "ar"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in message.iter_parts()] == ["مرحبا", "<p>مرحبا</p>"]


@pytest.mark.parametrize("settings", [SIGNED_IN, replace(PLAIN, tls="starttls")], ids=["password", "none"])
async def test_a_server_without_encryption_gets_neither_password_nor_mail(settings: SmtpSettings) -> None:
    async with smtp_server() as inbox:
        with pytest.raises(MailUnavailable):
            await SmtpPort(replace(settings, port=inbox.port)).send(mail())
    assert (inbox.logins, inbox.taken) == ([], [])


@pytest.mark.parametrize("trusted", [True, False], ids=["another's name", "nobody vouches for it"])
async def test_a_server_that_cannot_show_who_it_is_gets_nothing(tmp_path: Path, trusted: bool) -> None:
    ca_file, shown = certificate(tmp_path, "other.example" if trusted else HOST)
    settings = replace(SIGNED_IN, ca_file=ca_file if trusted else None)
    async with smtp_server(starttls=shown, login=True) as inbox:
        with pytest.raises(MailUnavailable):
            await SmtpPort(replace(settings, port=inbox.port)).send(mail())
    assert (inbox.logins, inbox.taken) == ([], [])


async def test_a_wrong_password_is_ours_to_mend_and_no_mails_end(tmp_path: Path) -> None:
    ca_file, shown = certificate(tmp_path, HOST)
    async with smtp_server(starttls=shown, login=True) as inbox:
        settings = replace(SIGNED_IN, password="wrong", port=inbox.port, ca_file=ca_file)
        with pytest.raises(MailUnavailable, match="535"):
            await SmtpPort(settings).send(mail())
    assert inbox.taken == []


@pytest.mark.parametrize(
    ("at", "answer", "meant"),
    [
        ("to_recipients", "550 no such person", MailRefused),
        ("to_recipients", "451 try again later", MailUnavailable),
        ("to_mails", "554 it looks like spam", MailRefused),
        ("to_mails", "452 the disk is full", MailUnavailable),
    ],
)
async def test_a_server_refuses_for_good_or_for_now(at: str, answer: str, meant: type[Exception]) -> None:
    async with smtp_server() as inbox:
        setattr(inbox, at, answer)
        with pytest.raises(meant, match=answer):
            await SmtpPort(replace(PLAIN, port=inbox.port)).send(mail())
    assert inbox.taken == []


async def test_a_recipient_that_no_header_can_name_is_refused() -> None:
    with pytest.raises(MailRefused):
        await SmtpPort(PLAIN).send(mail("a..b@example.com"))


async def test_a_server_that_is_not_there_or_says_nothing_is_not_waited_for_for_ever() -> None:
    hung: list[asyncio.StreamWriter] = []
    server = await asyncio.start_server(lambda _, writer: hung.append(writer), "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(MailUnavailable):
        await SmtpPort(replace(PLAIN, port=port), timeout_s=0.2).send(mail())
    for writer in hung:
        writer.close()
    server.close()
    with pytest.raises(MailUnavailable):
        await SmtpPort(replace(PLAIN, port=port)).send(mail())


async def test_machines_are_told_not_to_answer() -> None:
    async with smtp_server() as inbox:
        await SmtpPort(replace(PLAIN, port=inbox.port)).send(mail())
    (_, message), *_ = inbox.taken
    assert message["From"] == f"CS Exchange <{SENDER}>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
