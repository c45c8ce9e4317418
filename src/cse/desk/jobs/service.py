"""What waits to be done, what has failed for good, and what operators do about it."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final
from uuid import UUID

from cse.accounts.mail import stuck
from cse.accounts.mail.stuck import StuckMail
from cse.accounts.verification import review
from cse.audit import log, reading
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk.jobs import store as job_store
from cse.desk.jobs.models import JobMail, Jobs, Queue, RefusedCommand
from cse.desk.jobs.store import Refused
from cse.desk.requests import store as request_store
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_uuid
from cse.domain.lines import parse_reason
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

_NAME_OF_EMAIL: Final = re.compile(r"([^\s<>()\[\]\"',;:@])[^\s<>()\[\]\"',;:@]*@")


class JobDesk:
    """Looks at queues. `accounts` are connections of the accounts' role, whose queue mail is; `events` as
    `cse.audit.roles.READ_ROLE`."""

    def __init__(self, pool: Pool, accounts: Pool, events: Pool) -> None:
        self._pool = pool
        self._accounts = accounts
        self._events = events

    async def queues(self) -> list[Queue]:
        """Every queue as it is now."""
        async with self._pool.connection() as connection:
            outboxes = await job_store.outboxes(connection)
            refused = await job_store.refused(connection)
            asked, asked_oldest_s = await request_store.count_open(connection)
        async with self._accounts.connection() as connection:
            mail = await stuck.depth(connection)
            unreviewed, unreviewed_oldest_s = await review.waiting(connection)
        async with self._events.connection() as connection:
            unsealed, unsealed_oldest_s = await reading.waiting(connection)
        last_failure = None if mail.last_failure is None else veiled(mail.last_failure)
        last = {one.outbox: _code(one) for one in reversed(refused)}
        return [
            *(
                Queue(f"outbox.{one.name}", one.waiting, one.oldest_s, one.refused, last.get(one.name))
                for one in outboxes
            ),
            Queue("mail", mail.waiting, mail.oldest_s, mail.failed, last_failure),
            Queue("audit", unsealed, unsealed_oldest_s, 0, None),
            Queue("requests", asked, asked_oldest_s, 0, None),
            Queue("verifications", unreviewed, unreviewed_oldest_s, 0, None),
        ]

    async def jobs(self) -> Jobs:
        """Every queue, with what has failed or is being tried again."""
        async with self._accounts.connection() as connection:
            mails = await stuck.stuck(connection)
        async with self._pool.connection() as connection:
            refused = await job_store.refused(connection)
        return Jobs(await self.queues(), [_mail(mail) for mail in mails], [_refused(one) for one in refused])

    async def retry(self, mail: str, reason: str, by: Actor) -> None:
        """Has a mail tried now. Raises `CodedError` not_found, also where its time is over."""
        await self._act(stuck.retry, Act.MAIL_RETRIED, mail, reason, by)

    async def give_up(self, mail: str, reason: str, by: Actor) -> None:
        """Has a mail tried no more. Raises `CodedError` not_found."""
        await self._act(stuck.give_up, Act.MAIL_GIVEN_UP, mail, reason, by)

    async def _act(
        self, do: Callable[[Connected, UUID], Awaitable[bool]], act: Act, mail: str, reason: str, by: Actor
    ) -> None:
        why = parse_reason(reason)
        wanted = parse_uuid(mail)
        async with self._accounts.connection() as connection:
            if not await do(connection, wanted):
                raise CodedError(codes.NOT_FOUND)
            await log.record(connection, act, by, target=str(wanted), details=Details(reason=why))


def veiled(text: str) -> str:
    """A text whose e-mails have enough left to know them again, such as `a***@example.com`.

    Servers like to repeat whom they refuse.
    """
    return _NAME_OF_EMAIL.sub(r"\1***@", text)


def _mail(mail: StuckMail) -> JobMail:
    return JobMail(
        id=str(mail.id),
        kind=mail.kind,
        recipient=veiled(mail.recipient),
        created_at=format_time(mail.created_at_us),
        tries=mail.tries,
        next_try_at=None if mail.outcome else format_time(mail.next_try_at_us),
        state=mail.outcome or "waiting",
        last_failure=None if mail.last_failure is None else veiled(mail.last_failure),
        retriable=mail.retriable,
    )


def _refused(one: Refused) -> RefusedCommand:
    return RefusedCommand(one.outbox, str(one.number), _code(one), format_time(one.at_us))


def _code(one: Refused) -> str:
    found = codes.BY_NUMBER.get(one.code)
    return str(one.code) if found is None else found.name
