"""Use cases of organisations: made, looked at, named, joined and left."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts import store as person_store
from cse.accounts.mail import texts
from cse.accounts.mail.models import MailKind, QueuedMail, Text
from cse.accounts.mail.sender import Writer
from cse.accounts.organisations import invitation_store, store
from cse.accounts.organisations.accounts import OrganisationAccounts, open_account
from cse.accounts.organisations.acts.members import end
from cse.accounts.organisations.looking import lock, look, read_id, require
from cse.accounts.organisations.models import (
    MADE_MAX,
    MEMBERS_MAX,
    Invitation,
    Looked,
    Organisation,
    OrganisationView,
)
from cse.accounts.organisations.views import organisation_view
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.lines import parse_name
from cse.domain.organisations import ALL_ROLES, MemberRight
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import Source
from cse.runtime.postgres import Connected, Pool

PAGE: Final = "/organisations"
_TOKEN_BYTES: Final = 32


class Organisations:
    """Organisations in PostgreSQL and in the core. `origin` is where the pages are."""

    def __init__(self, pool: Pool, accounts: OrganisationAccounts, origin: str) -> None:
        self._pool = pool
        self._accounts = accounts
        self._origin = origin

    async def views(self, caller: Caller) -> list[OrganisationView]:
        """Those that the caller is a member of, by name."""
        async with self._pool.connection() as connection:
            found = await store.all_of(connection, caller.person)
        if not found:
            return []
        accounts = await self._accounts.of([there.id for there, _ in found])
        return [organisation_view(there, roles, accounts) for there, roles in found]

    async def one(self, caller: Caller, organisation: str) -> tuple[Looked, list[Invitation]]:
        """An organisation, and who is invited to it. Raises `CodedError` organisation_unknown."""
        async with self._pool.connection() as connection:
            looked = await look(connection, organisation, caller.person)
            return looked, await invitation_store.open_of(connection, looked.organisation.id)

    async def make(self, caller: Caller, name: str) -> str:
        """Makes an organisation, whose maker has all its roles, with a main account; its id.

        Raises:
            CodedError: `invalid_field`, `organisation_limit`, `account_frozen`.
            NotAnswered: it is made, and its account will be open soon.
        """
        text, organisation = parse_name(name), new_uuid()
        async with self._pool.connection() as connection:
            if await store.count_made(connection, caller.person) >= MADE_MAX:
                raise CodedError(
                    codes.ORGANISATION_LIMIT, limit=MADE_MAX, what="organisations of one's making"
                )
            await store.add(connection, organisation, text, caller.person)
            await store.add_member(connection, organisation, caller.person, ALL_ROLES)
            number = await open_account(connection, organisation, AccountKind.MAIN, None)
            details = Details(label=text, outbox=f"{Source.ACCOUNTS.value}/{number}")
            by = Actor.caller(caller)
            await log.record(connection, Act.ORGANISATION_MADE, by, target=str(organisation), details=details)
        await self._accounts.await_outcome(number)
        return str(organisation)

    async def rename(self, caller: Caller, organisation: str, name: str) -> None:
        """Names it anew, which one owner does at once.

        Raises:
            CodedError: `organisation_unknown`, `member_role_missing`, `invalid_field`.
        """
        text = parse_name(name)
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            require(looked, MemberRight.SET_MEMBERS)
            there = looked.organisation
            await store.set_name(connection, there.id, text)
            by, details = Actor.caller(caller), Details(before=there.name, label=text)
            await log.record(connection, Act.ORGANISATION_NAMED, by, target=str(there.id), details=details)

    async def leave(self, caller: Caller, organisation: str) -> None:
        """Ends the caller's own membership.

        Raises:
            CodedError: `organisation_unknown`, `last_owner`, `policy_out_of_reach`.
        """
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            await end(connection, looked, looked.own, Act.MEMBER_LEFT, Actor.caller(caller))

    async def invited(self, caller: Caller, token: str) -> tuple[Invitation, Organisation]:
        """What a mailed link invites the caller to. Raises `CodedError` as `accept` does."""
        async with self._pool.connection() as connection:
            invitation = await self._invitation(connection, caller, token)
            there = await store.find(connection, invitation.organisation)
        assert there is not None, "organisations stay"
        return invitation, there

    async def accept(self, caller: Caller, token: str) -> str:
        """Makes the caller a member by a mailed link; the organisation's id.

        Raises:
            CodedError: `link_ended`; `link_of_another` where it was sent to another e-mail, and
                `email_not_verified` where that is only claimed, which leave the link as it is;
                `already_member`, `organisation_limit`.
        """
        async with self._pool.connection() as connection:
            found = await self._invitation(connection, caller, token)
            there = await store.locked(connection, found.organisation)
            assert there is not None, "organisations stay"
            # Behind the lock: of two at the same moment one gets it, and none behind a withdrawal.
            if not await invitation_store.take(connection, there.id, found.id):
                raise CodedError(codes.LINK_ENDED)
            if len(await store.members(connection, there.id)) >= MEMBERS_MAX:
                raise CodedError(codes.ORGANISATION_LIMIT, limit=MEMBERS_MAX, what="members")
            if not await store.add_member(connection, there.id, caller.person, found.roles):
                raise CodedError(codes.ALREADY_MEMBER)
            details = Details(
                request=str(found.id), member=str(caller.person), roles=" ".join(sorted(found.roles))
            )
            by = Actor.caller(caller)
            await log.record(connection, Act.MEMBER_JOINED, by, target=str(there.id), details=details)
        return str(there.id)

    async def uninvite(self, caller: Caller, organisation: str, invitation: str) -> None:
        """Withdraws an invitation, which one owner does at once.

        Raises:
            CodedError: `organisation_unknown`, `member_role_missing`, `invitation_unknown`.
        """
        wanted = read_id(invitation)
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            require(looked, MemberRight.SET_MEMBERS)
            there = looked.organisation.id
            if wanted is None or not await invitation_store.take(connection, there, wanted):
                raise CodedError(codes.INVITATION_UNKNOWN)
            by, details = Actor.caller(caller), Details(request=str(wanted))
            await log.record(connection, Act.MEMBER_UNINVITED, by, target=str(there), details=details)

    def writers(self) -> Mapping[MailKind, Writer]:
        """What writes invitations."""
        return {MailKind.INVITATION: self._write_invitation}

    async def _write_invitation(self, connection: Connected, mail: QueuedMail) -> Text | None:
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        if await invitation_store.give(connection, UUID(mail.facts["invitation"]), token) is None:
            return None
        holder = await person_store.holder(connection, mail.recipient)
        to = await texts.reader(connection, None if holder is None else holder.id)
        return texts.written("invitation", to, mail.facts, link=f"{self._origin}{PAGE}#{token}")

    async def _invitation(self, connection: Connected, caller: Caller, token: str) -> Invitation:
        found = await invitation_store.by_token(connection, token)
        if found is None:
            raise CodedError(codes.LINK_ENDED)
        person = await person_store.person_by_id(connection, caller.person)
        if person is None or person.email != found.email:
            raise CodedError(codes.LINK_OF_ANOTHER)
        if not person.is_verified:
            raise CodedError(codes.EMAIL_NOT_VERIFIED)
        return found
