"""By which way an edge's mail goes out."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.mail import stuck
from cse.accounts.mail.api import is_here
from cse.accounts.mail.mailbox import LocalMailbox
from cse.accounts.mail.models import MailKind
from cse.accounts.mail.phrases import Phrases
from cse.accounts.mail.sender import MailSender, Writer
from cse.accounts.mail.smtp import SmtpPort
from cse.accounts.mail.smtp_settings import SmtpSettings
from cse.accounts.mail.stuck import MailDepth
from cse.runtime.configuration import Configuration
from cse.runtime.postgres import Pool

LOOK_S: Final = 5.0
_LOG: Final = logging.getLogger("cse.mail")


class EdgeMail(NamedTuple):
    """What sends mail, and the mailbox it goes to if it does not leave the machine."""

    sender: MailSender | None
    mailbox: LocalMailbox | None

    async def run(self) -> None:
        """Sends until cancelled; without a way mail waits where it is queued."""
        if self.sender is not None:
            await self.sender.run()


class MailWatch:
    """Looks at the queue now and then, for the metrics; what it saw stands while PostgreSQL is away."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._depth = MailDepth()

    async def run(self) -> None:
        """Looks until cancelled."""
        while True:
            with contextlib.suppress(psycopg.Error, PoolTimeout):
                await self.look()
            await asyncio.sleep(LOOK_S)

    async def look(self) -> None:
        """Looks once."""
        async with self._pool.connection() as connection:
            self._depth = await stuck.depth(connection)

    def status(self) -> dict[str, object]:
        """How many mails wait, since when, and how many have failed for good."""
        return {
            "mails_waiting": self._depth.waiting,
            "mails_oldest_s": self._depth.oldest_s or 0,
            "mails_failed": self._depth.failed,
        }


def edge_mail(
    configuration: Configuration,
    environment: Mapping[str, str],
    pool: Pool,
    writers: Mapping[MailKind, Writer],
    phrases: Phrases,
) -> EdgeMail:
    """SMTP where it is set up; else, in a demo that only its own machine reaches, the local mailbox.

    Raises:
        InvalidConfiguration: what is said about SMTP cannot be meant.
    """
    settings = SmtpSettings.from_environment(environment)
    if settings is not None:
        return EdgeMail(MailSender(pool, SmtpPort(settings), writers, phrases), None)
    if configuration.profile == "demo" and is_here(urlsplit(configuration.page_origin).hostname or ""):
        mailbox = LocalMailbox(pool)
        return EdgeMail(MailSender(pool, mailbox, writers, phrases), mailbox)
    _LOG.warning("no mail is sent: CSE_SMTP_HOST is not set")
    return EdgeMail(None, None)
