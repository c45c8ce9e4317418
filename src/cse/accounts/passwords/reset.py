"""Use cases of choosing another password by mail, when the old one is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from cse.accounts import attempts, links, notices, store
from cse.accounts.api_keys import store as key_store
from cse.accounts.emails import verification as email_verification
from cse.accounts.emails.spelling import normalised
from cse.accounts.factors import factor_store
from cse.accounts.links import Purpose
from cse.accounts.mail import store as mail_store
from cse.accounts.mail import texts
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.sender import Writer
from cse.accounts.models import PasswordReset, PasswordResetRequest, Person
from cse.accounts.passwords.hashing import Passwords
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import AccessTokens
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import VISITOR, Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

PAGE: Final = "/reset-password"
REASON: Final = "the password was reset"
# Who waits for a link has given it up by then.
_REQUEST_WORTH_S: Final = 3_600
_CLAIMS_SHOWN_MAX: Final = 5


class PasswordResets:
    """Sends links and takes them. `origin` is where the pages are."""

    def __init__(self, pool: Pool, passwords: Passwords, access_tokens: AccessTokens, origin: str) -> None:
        self._pool = pool
        self._passwords = passwords
        self._access_tokens = access_tokens
        self._origin = origin

    async def request(self, request: PasswordResetRequest, address: str) -> None:
        """Queues a link for whoever has this e-mail, if anybody does.

        Nothing is looked up here: what is done, and how long that takes, is the same for an e-mail that
        nobody has. Raises `CodedError` too_many_attempts for the address, never for the e-mail.
        """
        email = normalised(request.email)
        await attempts.count(self._pool, attempts.PASSWORD_RESET_PER_ADDRESS, address)
        facts = {"address": address, "at": _now()}
        async with self._pool.connection() as connection:
            if await attempts.admits(connection, attempts.PASSWORD_RESET_PER_EMAIL, email):
                await mail_store.add(
                    connection, MailKind.PASSWORD_RESET, email, facts, worth_s=_REQUEST_WORTH_S
                )
                await log.record(connection, Act.PASSWORD_RESET_ASKED, VISITOR)

    async def complete(self, request: PasswordReset, address: str) -> None:
        """Gives the person of a link another password and ends all their sessions, here at once.

        It signs nobody in: a second factor is asked for as ever.

        Raises:
            CodedError: `link_ended`, `weak_password`, `breached_password`, `overloaded`.
        """
        async with self._pool.connection() as connection:
            person = await links.whose(connection, Purpose.PASSWORD_RESET, request.token)
        if person is None:
            raise CodedError(codes.LINK_ENDED)
        await self._passwords.check(request.password, [person.email, person.display_name])
        async with self._pool.connection() as connection:
            start = await store.keep_hash_start(connection, person.email, self._passwords.new_start())
        password_hash = await self._passwords.hash(request.password, start)
        async with self._pool.connection() as connection:
            await store.lock_email(connection, person.email)
            if not await links.take(connection, Purpose.PASSWORD_RESET, request.token):
                raise CodedError(codes.LINK_ENDED)
            await store.set_password(connection, person.id, password_hash)
            await _note_reader(connection, person)
            if not person.is_verified:
                await mail_store.set_phrase(connection, person.id, None)
                await _end_keys(connection, person.id)
            await factor_store.end_challenges(connection, person.id)
            ended = await session_store.end_other_sessions(connection, person.id, None, REASON)
            # Who has used up the tries of the old password has no say about the new one.
            await attempts.forget(connection, attempts.SIGN_IN_PER_ACCOUNT, person.email)
            here = f"{person.email} {address}"
            await attempts.forget(connection, attempts.SIGN_IN_PER_ACCOUNT_AT_ADDRESS, here)
            await _record(connection, person.id, ended)
            await notices.note_password_changed(connection, person, address, by_link=True)
        for session in ended:
            self._access_tokens.end_session(str(session))

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes the mails with links."""
        return {MailKind.PASSWORD_RESET: self._write_link}

    async def _write_link(self, connection: Connected, mail: QueuedMail) -> Text | None:
        holder = await store.holder(connection, mail.recipient)
        if holder is not None and holder.closed:
            return None
        if holder is not None:
            return await self._of_one(connection, holder, mail)
        # Nobody is known to have it: whoever reads its mail tells which of these is theirs.
        claims = await store.claimants(connection, mail.recipient, _CLAIMS_SHOWN_MAX)
        if len(claims) < 2:
            return await self._of_one(connection, claims[0].person, mail) if claims else None
        given = [
            (format_time(claim.since_us), await self._link(connection, claim.person)) for claim in claims
        ]
        to = await texts.reader(connection, claims[0].person.id)
        listed = texts.accounts_with_links(to, given)
        count = str(len(given))
        return texts.written("password_reset_of_one", to, mail.facts, accounts=listed, count=count)

    async def _of_one(self, connection: Connected, person: Person, mail: QueuedMail) -> Text:
        link = await self._link(connection, person)
        to = await texts.reader(connection, person.id)
        return texts.written("password_reset", to, mail.facts, link=link)

    async def _link(self, connection: Connected, person: Person) -> str:
        """A link; what it carries is behind the sign that no browser sends to a server or the next page."""
        token = await links.give(connection, Purpose.PASSWORD_RESET, person)
        await links.record(connection, Purpose.PASSWORD_RESET, person)
        return f"{self._origin}{PAGE}#{token}"


async def _note_reader(connection: Connected, person: Person) -> None:
    """Notes that whoever chose the password reads the mail of the address, which is locked.

    With a factor that a stranger may have set up the account is not known to be the reader's, and has the
    address only once they have signed in to it and followed a link.

    Raises:
        CodedError: `link_ended` where somebody else is known to read the address's mail.
    """
    if person.is_verified or not (await factor_store.factors(connection, person.id)).has_factor:
        await email_verification.note_verified(connection, person)
    elif await store.holder(connection, person.email) is not None:
        raise CodedError(codes.LINK_ENDED)


async def _end_keys(connection: Connected, person: UUID) -> None:
    """Ends the API keys of an account of which it was not known whose it is: a stranger may have them."""
    for key in await key_store.revoke_all(connection, person):
        by, details = Actor.person_of(person), Details(reason=REASON)
        await log.record(connection, Act.API_KEY_REVOKED, by, target=str(key), details=details)


async def _record(connection: Connected, person: UUID, ended: Sequence[UUID]) -> None:
    by, details = Actor.person_of(person), Details(reason=REASON)
    await log.record(connection, Act.PASSWORD_RESET, by)
    for session in ended:
        await log.record(connection, Act.SESSION_ENDED, by, target=str(session), details=details)


def _now() -> str:
    return format_time(wall_us())
