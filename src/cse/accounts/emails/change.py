"""Use cases of changing to another e-mail, and of saying at the one before that this was not oneself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from cse.accounts import attempts, links, store
from cse.accounts.api_keys import store as key_store
from cse.accounts.emails import change_store as email_change_store
from cse.accounts.emails.spelling import normalised
from cse.accounts.factors import factor_store
from cse.accounts.links import LIFE_S, Purpose
from cse.accounts.mail import store as mail_store
from cse.accounts.mail import texts
from cse.accounts.mail.catalogue.words import MailName
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.sender import Writer
from cse.accounts.models import EmailChange, EmailChangeUndo
from cse.accounts.notifications.models import Kind
from cse.accounts.notifications.noting import note
from cse.accounts.passwords.credentials import Credentials
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import AccessTokens
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

VERIFY_PAGE: Final = "/verify-email"
UNDO_PAGE: Final = "/undo-email-change"
CHANGED: Final = "the e-mail was changed"
UNDONE: Final = "the change of the e-mail was undone"
_RESET_WORTH_S: Final = 3_600


class EmailChanges:
    """Asks for changes, makes and undoes them. `origin` is where the pages are."""

    def __init__(
        self,
        pool: Pool,
        credentials: Credentials,
        passwords: Passwords,
        access_tokens: AccessTokens,
        origin: str,
    ) -> None:
        self._pool = pool
        self._credentials = credentials
        self._passwords = passwords
        self._access_tokens = access_tokens
        self._origin = origin

    async def ask(self, caller: Caller, request: EmailChange, address: str) -> None:
        """Sends a link to the e-mail that the caller wants, and a notice to the one they have.

        Nothing is told of whether somebody has it: whose it is, is asked when the mail is written. The
        password is needed for its hash, which begins otherwise for another e-mail.

        Raises:
            CodedError: `invalid_field`, `wrong_credentials`, `too_many_attempts`, `overloaded`.
        """
        email = normalised(request.email)
        await attempts.count(self._pool, attempts.EMAIL_CHANGE_PER_PERSON, str(caller.person), caller.person)
        person = await self._credentials.check_own(caller, request.password, address)
        if email == person.email:
            raise CodedError(codes.INVALID_FIELD, field="email", reason="it is the one you have")
        async with self._pool.connection() as connection:
            start = await store.keep_hash_start(connection, email, self._passwords.new_start())
        password_hash = await self._passwords.hash(request.password, start)
        facts = _facts(person.id, address)
        async with self._pool.connection() as connection:
            await email_change_store.ask(connection, person, email, password_hash)
            await _queue_link(connection, email, facts, address)
            if person.is_verified:
                worth_s = LIFE_S[Purpose.EMAIL_CHANGE_UNDO]
                kind = MailKind.EMAIL_CHANGE_ASKED
                await mail_store.add(connection, kind, person.email, facts, worth_s=worth_s)
            await note(connection, person.id, Kind.EMAIL_CHANGE_ASKED, {"address": address})
            await log.record(connection, Act.EMAIL_CHANGE_ASKED, Actor.caller(caller))

    async def make(self, caller: Caller, token: str, address: str) -> None:
        """Changes the caller's e-mail by the link that was sent to it, and ends their other sessions.

        Raises:
            CodedError: `link_ended`; `link_of_another`, which leaves the link as it is.
        """
        async with self._pool.connection() as connection:
            sent = await links.sent(connection, Purpose.EMAIL_CHANGE, token)
            if sent is None:
                raise CodedError(codes.LINK_ENDED)
            if sent.person != caller.person:
                raise CodedError(codes.LINK_OF_ANOTHER)
            await store.lock_email(connection, sent.email)
            await store.lock_person(connection, sent.person)
            before = await store.person_by_id(connection, sent.person)
            taken = await links.take(connection, Purpose.EMAIL_CHANGE, token)
            if before is None or not taken:
                raise CodedError(codes.LINK_ENDED)
            if not await email_change_store.make(connection, sent.person, sent.email):
                raise CodedError(codes.LINK_ENDED)
            await links.end_of_others(connection, before._replace(email=sent.email))
            await factor_store.end_challenges(connection, sent.person)
            kept = UUID(caller.session)
            ended = await session_store.end_other_sessions(connection, sent.person, kept, CHANGED)
            await _record(connection, Actor.caller(caller), Act.EMAIL_CHANGED, ended, CHANGED)
            await note(connection, sent.person, Kind.EMAIL_CHANGED, {"address": address})
            if before.is_verified:
                facts, worth_s = _facts(sent.person, address), LIFE_S[Purpose.EMAIL_CHANGE_UNDO]
                await mail_store.add(connection, MailKind.EMAIL_CHANGED, before.email, facts, worth_s=worth_s)
        for session in ended:
            self._access_tokens.end_session(str(session))

    async def undo(self, request: EmailChangeUndo, address: str) -> None:
        """Has the e-mail be the one before, by a link that was sent there, whether it is changed yet or not.

        Whoever changed it was signed in and knew the password. So nobody is signed in any more, API keys
        end, the password is none any more, and a link by which to choose another goes to the e-mail.

        Raises:
            CodedError: `link_ended`, also where somebody else has that e-mail by now.
        """
        async with self._pool.connection() as connection:
            sent = await links.sent(connection, Purpose.EMAIL_CHANGE_UNDO, request.token)
            if sent is None:
                raise CodedError(codes.LINK_ENDED)
            await store.lock_email(connection, sent.email)
            await store.lock_person(connection, sent.person)
            if not await links.take(connection, Purpose.EMAIL_CHANGE_UNDO, request.token):
                raise CodedError(codes.LINK_ENDED)
            if not await email_change_store.undo(connection, sent.person, sent.email):
                raise CodedError(codes.LINK_ENDED)
            await links.end_all(connection, sent.person)
            # What waits to be sent to where the thief reads it would have a new link of this kind.
            await mail_store.forget_of(connection, sent.person, list(self.writers()))
            await mail_store.set_phrase(connection, sent.person, None)
            await factor_store.end_challenges(connection, sent.person)
            ended = await session_store.end_other_sessions(connection, sent.person, None, UNDONE)
            by = Actor.person_of(sent.person)
            await _record(connection, by, Act.EMAIL_CHANGE_UNDONE, ended, UNDONE)
            for key in await key_store.revoke_all(connection, sent.person):
                details = Details(reason=UNDONE)
                await log.record(connection, Act.API_KEY_REVOKED, by, target=str(key), details=details)
            facts = _facts(sent.person, address)
            await mail_store.add(
                connection, MailKind.PASSWORD_RESET, sent.email, facts, worth_s=_RESET_WORTH_S
            )
        for session in ended:
            self._access_tokens.end_session(str(session))

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes these mails."""
        return {
            MailKind.EMAIL_CHANGE: self._write_link,
            MailKind.EMAIL_CHANGE_ASKED: self._write_asked,
            MailKind.EMAIL_CHANGED: self._write_changed,
        }

    async def _write_link(self, connection: Connected, mail: QueuedMail) -> Text | None:
        person = await store.person_by_id(connection, UUID(mail.facts["person"]))
        if person is None or await email_change_store.wanted(connection, person.id) != mail.recipient:
            return None
        if (holder := await store.holder(connection, mail.recipient)) is not None:
            if holder.closed:
                return None
            return texts.written("email_wanted", await texts.reader(connection, holder.id), mail.facts)
        purpose = Purpose.EMAIL_CHANGE
        token = await links.give(connection, purpose, person._replace(email=mail.recipient))
        # Not among what the person sees: whether there is a link says whether somebody has the e-mail.
        await links.record(connection, purpose, person._replace(is_verified=False))
        to, link = await texts.reader(connection, person.id), f"{self._origin}{VERIFY_PAGE}#{token}"
        return texts.written("email_change", to, mail.facts, link=link)

    async def _write_asked(self, connection: Connected, mail: QueuedMail) -> Text | None:
        return await self._with_undo_link(connection, mail, "email_change_asked")

    async def _write_changed(self, connection: Connected, mail: QueuedMail) -> Text | None:
        return await self._with_undo_link(connection, mail, "email_changed")

    async def _with_undo_link(self, connection: Connected, mail: QueuedMail, name: MailName) -> Text | None:
        # An undoing that is under way ends, and with it this mail, or has its links ended by it.
        await store.lock_person(connection, UUID(mail.facts["person"]))
        person = await store.person_by_id(connection, UUID(mail.facts["person"]))
        if person is None or not await mail_store.is_queued(connection, mail.id):
            return None
        there = person._replace(email=mail.recipient)
        token = await links.give(connection, Purpose.EMAIL_CHANGE_UNDO, there)
        await links.record(connection, Purpose.EMAIL_CHANGE_UNDO, there)
        to, link = await texts.reader(connection, person.id), f"{self._origin}{UNDO_PAGE}#{token}"
        return texts.written(name, to, mail.facts, link=link)


async def _queue_link(connection: Connected, email: str, facts: Mapping[str, str], address: str) -> None:
    """Queues the mail to the e-mail that is wanted; not more than so many."""
    limit = attempts.EMAIL_VERIFICATION_PER_EMAIL_AT_ADDRESS
    if not await attempts.admits(connection, limit, f"{email} {address}"):
        return
    if await attempts.admits(connection, attempts.EMAIL_VERIFICATION_PER_EMAIL, email):
        worth_s = LIFE_S[Purpose.EMAIL_CHANGE]
        await mail_store.add(connection, MailKind.EMAIL_CHANGE, email, facts, worth_s=worth_s)


async def _record(connection: Connected, by: Actor, act: Act, ended: Sequence[UUID], reason: str) -> None:
    await log.record(connection, act, by)
    for session in ended:
        details = Details(reason=reason)
        await log.record(connection, Act.SESSION_ENDED, by, target=str(session), details=details)


def _facts(person: UUID, address: str) -> dict[str, str]:
    return {"person": str(person), "address": address, "at": format_time(wall_us())}
