"""Mail by SMTP."""

from __future__ import annotations

import asyncio
import contextlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.utils import localtime
from typing import Final

import aiosmtplib
from aiosmtplib.errors import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPResponseException

from cse.accounts.mail.models import Mail
from cse.accounts.mail.port import MailRefused, MailUnavailable
from cse.accounts.mail.smtp_settings import SmtpSettings

SENDER_NAME: Final = "CS Exchange"
SEND_TIMEOUT_S: Final = 30.0
_FAREWELL_TIMEOUT_S: Final = 2.0
_FOR_GOOD: Final = 500


class SmtpPort:
    """Hands each mail to a server over a connection of its own."""

    def __init__(self, settings: SmtpSettings, timeout_s: float = SEND_TIMEOUT_S) -> None:
        self._settings = settings
        self._timeout_s = timeout_s
        self._context = None if settings.tls == "none" else settings.context()
        self._domain = settings.sender.rpartition("@")[2]

    async def send(self, mail: Mail) -> None:
        """Hands a mail over. Raises `MailRefused`, `MailUnavailable`."""
        try:
            message = message_of(mail, self._settings.sender)
        except ValueError as error:
            raise MailRefused(str(error)) from error
        client = self._client()
        try:
            async with asyncio.timeout(self._timeout_s):
                await client.connect()
                await client.send_message(message)
        except SMTPRecipientsRefused as error:
            raise _failure(error.recipients[0], final=True) from error
        except SMTPResponseException as error:
            # The server's word on the mail itself counts; what it has against us, somebody can mend.
            raise _failure(error, final=isinstance(error, SMTPDataError)) from error
        except (SMTPException, OSError, TimeoutError) as error:
            raise MailUnavailable(f"{type(error).__name__}: {error}") from error
        finally:
            # Whatever comes now takes nothing back of what the server has said of the mail.
            await _leave(client)

    def _client(self) -> aiosmtplib.SMTP:
        settings = self._settings
        return aiosmtplib.SMTP(
            hostname=settings.host,
            port=settings.port,
            username=settings.username,
            password=settings.password,
            local_hostname=self._domain,
            timeout=self._timeout_s,
            use_tls=settings.tls == "implicit",
            start_tls=settings.tls == "starttls",
            tls_context=self._context,
        )


def message_of(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels (RFC 5322). Its Message-ID is made of its id, and the same in every try.

    Raises:
        ValueError: of the recipient no header can be made.
    """
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = Address(SENDER_NAME, addr_spec=sender)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = localtime()
    message["Message-ID"] = f"<{mail.id}@{sender.rpartition('@')[2]}>"
    # RFC 3834: nobody's machine is to answer.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.page:
        message.add_alternative(mail.page, subtype="html")
    # Last, for content that is set takes such headers away.
    message["Content-Language"] = mail.language
    return message


def _failure(error: SMTPResponseException, *, final: bool) -> MailRefused | MailUnavailable:
    said = f"{error.code} {error.message}"
    return MailRefused(said) if final and error.code >= _FOR_GOOD else MailUnavailable(said)


async def _leave(client: aiosmtplib.SMTP) -> None:
    if client.is_connected:
        with contextlib.suppress(SMTPException, OSError, TimeoutError):
            async with asyncio.timeout(_FAREWELL_TIMEOUT_S):
                await client.quit()
    client.close()
