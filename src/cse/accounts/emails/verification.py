"""Use cases of a person's mail: showing that they read it, and the phrase by which they know ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts import attempts, links, store
from cse.accounts.emails import change_store as email_change_store
from cse.accounts.links import LIFE_S, Purpose
from cse.accounts.mail import store as mail_store
from cse.accounts.mail import texts
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.phrases import Phrases
from cse.accounts.mail.sender import Writer
from cse.accounts.models import EmailView, Person
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

PAGE: Final = "/verify-email"


class EmailVerifications:
    """Sends links and takes them. `origin` is where the pages are."""

    def __init__(self, pool: Pool, origin: str, phrases: Phrases) -> None:
        self._pool = pool
        self._origin = origin
        self._phrases = phrases

    async def email(self, caller: Caller) -> EmailView:
        """The caller's address, and what is known of it."""
        async with self._pool.connection() as connection:
            person = await _person(connection, caller)
            known = await store.email_facts(connection, caller.person)
            wanted = await email_change_store.wanted(connection, caller.person)
        since_us = known.verified_at_us
        return EmailView(
            email=person.email,
            verified_since=None if since_us is None else format_time(since_us),
            wanted=wanted,
            has_phrase=known.has_phrase,
        )

    async def set_phrase(self, caller: Caller, phrase: str) -> None:
        """Has a phrase stand in the caller's mails. Raises `CodedError` invalid_field."""
        async with self._pool.connection() as connection:
            await self._phrases.keep(connection, caller.person, phrase)
            await log.record(connection, Act.MAIL_PHRASE_SET, Actor.caller(caller))

    async def remove_phrase(self, caller: Caller) -> None:
        """Has none stand there."""
        async with self._pool.connection() as connection:
            await self._phrases.keep(connection, caller.person, None)
            await log.record(connection, Act.MAIL_PHRASE_REMOVED, Actor.caller(caller))

    async def send_again(self, caller: Caller, address: str) -> None:
        """Sends the caller another link. Raises `CodedError` too_many_attempts."""
        await attempts.count(
            self._pool, attempts.EMAIL_VERIFICATION_PER_PERSON, str(caller.person), caller.person
        )
        async with self._pool.connection() as connection:
            await ask(connection, caller.person, (await _person(connection, caller)).email, address)

    async def verify(self, caller: Caller, token: str) -> bool:
        """Takes a link that was sent for the caller's account; False for what is no such link.

        Whoever reads the mail is asked to be signed in as well: an account that a stranger has made with
        somebody's e-mail does not become that person's by a careless press.

        Raises:
            CodedError: `link_ended`; `link_of_another`, which leaves the link as it is.
        """
        async with self._pool.connection() as connection:
            person = await links.whose(connection, Purpose.EMAIL_VERIFICATION, token)
            if person is None:
                return False
            if person.id != caller.person:
                raise CodedError(codes.LINK_OF_ANOTHER)
            await store.lock_email(connection, person.email)
            if not await links.take(connection, Purpose.EMAIL_VERIFICATION, token):
                raise CodedError(codes.LINK_ENDED)
            await note_verified(connection, person)
        return True

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes the mails with links."""
        return {MailKind.EMAIL_VERIFICATION: self._write_link}

    async def _write_link(self, connection: Connected, mail: QueuedMail) -> Text | None:
        person = await store.person_by_id(connection, UUID(mail.facts["person"]))
        if person is None or person.email != mail.recipient or person.is_verified:
            return None
        if (holder := await store.holder(connection, mail.recipient)) is not None:
            if holder.closed:
                # It is nobody's for a while, and nobody is to be told of an account that is not there.
                return None
            to = await texts.reader(connection, holder.id)
            return texts.written("email_claimed", to, mail.facts, origin=self._origin)
        token = await links.give(connection, Purpose.EMAIL_VERIFICATION, person)
        await links.record(connection, Purpose.EMAIL_VERIFICATION, person)
        to, link = await texts.reader(connection, person.id), f"{self._origin}{PAGE}#{token}"
        return texts.written("email_verification", to, mail.facts, link=link)


async def ask(connection: Connected, person: UUID, email: str, address: str) -> None:
    """Queues a mail to the address that a person claims, who asks from `address`; not more than so many.

    It has a link, or tells whoever has the address that it was claimed.
    """
    here = f"{email} {address}"
    if not await attempts.admits(connection, attempts.EMAIL_VERIFICATION_PER_EMAIL_AT_ADDRESS, here):
        return
    if not await attempts.admits(connection, attempts.EMAIL_VERIFICATION_PER_EMAIL, email):
        return
    facts = {"person": str(person), "address": address, "at": format_time(wall_us())}
    worth_s = LIFE_S[Purpose.EMAIL_VERIFICATION]
    await mail_store.add(connection, MailKind.EMAIL_VERIFICATION, email, facts, worth_s=worth_s)


async def note_verified(connection: Connected, person: Person) -> None:
    """Notes that the person has followed a link that was sent to their address, which is locked.

    Links of others who claim it end.

    Raises:
        CodedError: `link_ended` where somebody else is known to read the address's mail.
    """
    if await store.verify_email(connection, person):
        await links.end_of_others(connection, person)
        await log.record(connection, Act.EMAIL_VERIFIED, Actor.person_of(person.id))
        return
    holder = await store.holder(connection, person.email)
    if holder is None or holder.id != person.id:
        raise CodedError(codes.LINK_ENDED)


async def _person(connection: Connected, caller: Caller) -> Person:
    person = await store.person_by_id(connection, caller.person)
    if person is None:
        raise CodedError(codes.NOT_AUTHENTICATED)
    return person
