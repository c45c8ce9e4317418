"""An organisation as one of its members finds it: to anybody else there is none."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.organisations import store
from cse.accounts.organisations.models import Looked, Member
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import read_uuid
from cse.domain.organisations import MemberRight
from cse.runtime.postgres import Connected


async def look(connection: Connected, organisation: str, person: UUID) -> Looked:
    """An organisation. Raises `CodedError` organisation_unknown."""
    return await _looked(connection, organisation, person, lock=False)


async def lock(connection: Connected, organisation: str, person: UUID) -> Looked:
    """The same, about which nobody else decides anything until the transaction ends.

    All that changes an organisation begins with it, so that of two acts at the same moment the later one
    sees what the first has left.
    """
    return await _looked(connection, organisation, person, lock=True)


def require(looked: Looked, right: MemberRight) -> None:
    """Raises `CodedError` member_role_missing unless one of the member's roles gives the right."""
    if not looked.own.may(right):
        raise CodedError(codes.MEMBER_ROLE_MISSING)


def member_of(looked: Looked, person: str) -> Member:
    """A member by their person's id. Raises `CodedError` member_unknown."""
    wanted = read_id(person)
    found = None if wanted is None else looked.members.get(wanted)
    if found is None:
        raise CodedError(codes.MEMBER_UNKNOWN)
    return found


def read_id(text: str) -> UUID | None:
    """An id in its one spelling; None for what cannot be one."""
    found = read_uuid(text)
    return found if str(found) == text else None


async def _looked(connection: Connected, organisation: str, person: UUID, *, lock: bool) -> Looked:
    wanted = read_id(organisation)
    found = None
    if wanted is not None:
        found = await (store.locked if lock else store.find)(connection, wanted)
    if found is not None:
        members = {one.person: one for one in await store.members(connection, found.id)}
        own = members.get(person)
        if own is not None and own.acting:
            return Looked(found, members, own)
    raise CodedError(codes.ORGANISATION_UNKNOWN)
