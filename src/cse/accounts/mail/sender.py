"""The worker that sends what is queued. Any number of processes may have one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, TypeAlias

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.mail import store
from cse.accounts.mail.models import Mail, MailKind, Outcome, QueuedMail, Text
from cse.accounts.mail.pages import page_of
from cse.accounts.mail.phrases import Phrases
from cse.accounts.mail.port import MailPort, MailRefused, MailUnavailable
from cse.runtime.postgres import Connected, Pool

LOOK_S: Final = 1.0
AT_ONCE: Final = 8
# Far longer than a try may take: while it lasts nobody else tries.
LEASE_S: Final = 300
_PAUSE_S: Final = 0.5
_LOG: Final = logging.getLogger("cse.mail")

# Writes the text of a mail at the moment at which it is sent; None where it is for nobody.
Writer: TypeAlias = Callable[[Connected, QueuedMail], Awaitable[Text | None]]


class MailSender:
    """Sends mail through a port: each until it is taken or refused, or is worth nothing any more.

    What the port has taken is noted before anything else is done, however long that takes. Where a
    process dies between the two, or an answer is lost, the mail is sent again under the same id.
    """

    def __init__(
        self, pool: Pool, port: MailPort, writers: Mapping[MailKind, Writer], phrases: Phrases
    ) -> None:
        self._pool = pool
        self._phrases = phrases
        self._port = port
        self._writers = writers

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                tried = await self.send_due()
            except (psycopg.Error, PoolTimeout) as error:
                _LOG.warning("mail waits for PostgreSQL: %s", error)
                tried = 0
            if tried == 0:
                await asyncio.sleep(LOOK_S)

    async def send_due(self) -> int:
        """Tries what is due, once each; returns how many these were."""
        async with self._pool.connection() as connection:
            due = await store.take_due(connection, AT_ONCE, LEASE_S)
        await asyncio.gather(*(self._try(mail) for mail in due))
        return len(due)

    async def _try(self, queued: QueuedMail) -> None:
        """Tries one. What nobody expects must not keep others from being sent; its lease ends."""
        try:
            await self._send(queued)
        except Exception:
            _LOG.exception("mail %s (%s) stays where it is", queued.id, queued.kind.value)

    async def _send(self, queued: QueuedMail) -> None:
        if queued.overdue:
            await self._end(queued, Outcome.GIVEN_UP, None)
            return
        # Committed before it is sent: a link that arrives is good.
        async with self._pool.connection() as connection:
            text = await self._writers[queued.kind](connection, queued)
            if text is None:
                await store.forget(connection, queued.id)
            else:
                text = await self._phrases.headed(connection, queued.recipient, text)
        if text is None:
            return
        try:
            await self._port.send(_mail(queued, text))
        except MailRefused as refusal:
            await self._end(queued, Outcome.REFUSED, str(refusal))
        except MailUnavailable as failure:
            await self._put_off(queued, str(failure))
        else:
            await self._note_sent(queued)

    async def _note_sent(self, queued: QueuedMail) -> None:
        """Sent once more because this could not be written, it would be doubled knowingly."""
        while True:
            try:
                async with self._pool.connection() as connection:
                    await store.note_end(connection, queued.id, Outcome.SENT)
            except (psycopg.OperationalError, PoolTimeout) as error:
                _LOG.warning("mail %s was sent, which cannot be noted yet: %s", queued.id, error)
                await asyncio.sleep(_PAUSE_S)
            else:
                return

    async def _end(self, queued: QueuedMail, outcome: Outcome, failure: str | None) -> None:
        why = failure or f"after {queued.tries - 1} tries"
        _LOG.warning("mail %s (%s) is %s: %s", queued.id, queued.kind.value, outcome.value, why)
        async with self._pool.connection() as connection:
            await store.note_end(connection, queued.id, outcome, failure)

    async def _put_off(self, queued: QueuedMail, failure: str) -> None:
        _LOG.warning("mail %s (%s), try %d: %s", queued.id, queued.kind.value, queued.tries, failure)
        async with self._pool.connection() as connection:
            await store.note_failure(connection, queued, failure)


def _mail(queued: QueuedMail, text: Text) -> Mail:
    return Mail(queued.id, queued.recipient, text.subject, text.body, page_of(text), text.language)
