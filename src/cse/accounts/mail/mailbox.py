"""The demo's mailbox: what would be sent is kept in PostgreSQL, to be read on this machine."""

from __future__ import annotations

from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.mail import store
from cse.accounts.mail.models import Mail, MailView
from cse.accounts.mail.port import MailUnavailable
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool

SHOWN_MAX: Final = 50


class LocalMailbox:
    """Takes mail for every address."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def send(self, mail: Mail) -> None:
        """Keeps the mail. Raises `MailUnavailable`."""
        try:
            async with self._pool.connection() as connection:
                await store.keep(connection, mail)
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise MailUnavailable(str(error)) from error

    async def mails(self, recipient: str | None) -> list[MailView]:
        """What was kept, of one recipient or all, the newest first and at most `SHOWN_MAX`."""
        async with self._pool.connection() as connection:
            found = await store.kept(connection, recipient, SHOWN_MAX)
        return [
            MailView(str(mail.id), mail.recipient, mail.subject, mail.text, format_time(received_at_us))
            for mail, received_at_us in found
        ]
