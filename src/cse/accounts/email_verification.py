"""Use cases of showing that a person reads the mail of their address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cse.accounts import attempts, links, store
from cse.accounts.links import LIFE_S, Purpose
from cse.accounts.mail import store as mail_store
from cse.accounts.mail import texts
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.sender import Writer
from cse.accounts.models import EmailVerification, EmailView, Person
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

PAGE: Final = "/verify-email"


class EmailVerifications:
    """Sends links and takes them. `origin` is where the pages are."""

    def __init__(self, pool: Pool, origin: str) -> None:
        self._pool = pool
        self._origin = origin

    async def email(self, caller: Caller) -> EmailView:
        """The caller's address, and what is known of it."""
        async with self._pool.connection() as connection:
            person = await _person(connection, caller)
            verified_at_us = await store.email_verified_at_us(connection, caller.person)
        return EmailView(person.email, None if verified_at_us is None else format_time(verified_at_us))

    async def send_again(self, caller: Caller) -> None:
        """Sends the caller another link. Raises `CodedError` too_many_attempts."""
        await attempts.count(
            self._pool, attempts.EMAIL_VERIFICATION_PER_PERSON, str(caller.person), caller.person
        )
        async with self._pool.connection() as connection:
            await ask(connection, (await _person(connection, caller)).email)

    async def verify(self, request: EmailVerification) -> None:
        """Takes a link, whoever is signed in where it is opened. Raises `CodedError` link_ended."""
        async with self._pool.connection() as connection:
            person = await links.whose(connection, Purpose.EMAIL_VERIFICATION, request.token)
            if person is None or not await links.take(connection, Purpose.EMAIL_VERIFICATION, request.token):
                raise CodedError(codes.LINK_ENDED)
            await note_verified(connection, person)

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes the mails with links."""
        return {MailKind.EMAIL_VERIFICATION: self._write_link}

    async def _write_link(self, connection: Connected, mail: QueuedMail) -> Text | None:
        person = await store.person_by_email(connection, mail.recipient)
        if person is None or await store.email_verified_at_us(connection, person.id) is not None:
            return None
        token = await links.give(connection, Purpose.EMAIL_VERIFICATION, person)
        by, details = Actor.service("mail"), Details(reason=Purpose.EMAIL_VERIFICATION.value)
        await log.record(connection, Act.LINK_GIVEN, by, person=person.id, details=details)
        return texts.email_verification(f"{self._origin}{PAGE}#{token}")


async def ask(connection: Connected, email: str) -> None:
    """Queues a link for somebody's address."""
    worth_s = LIFE_S[Purpose.EMAIL_VERIFICATION]
    await mail_store.add(connection, MailKind.EMAIL_VERIFICATION, email, {}, worth_s=worth_s)


async def note_verified(connection: Connected, person: Person) -> None:
    """Notes that the person has followed a link that was sent to their address."""
    if await store.verify_email(connection, person):
        await log.record(connection, Act.EMAIL_VERIFIED, Actor.person_of(person.id))


async def _person(connection: Connected, caller: Caller) -> Person:
    person = await store.person_by_id(connection, caller.person)
    if person is None:
        raise CodedError(codes.NOT_AUTHENTICATED)
    return person
