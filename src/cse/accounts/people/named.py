"""Whom somebody means who operates the exchange at its machine: a person by their e-mail or id."""

from __future__ import annotations

from uuid import UUID

from cse.accounts import store
from cse.accounts.emails.spelling import normalised
from cse.accounts.models import Person
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import read_uuid
from cse.runtime.postgres import Connected, Pool


async def find_person(pool: Pool, who: str) -> UUID:
    """The id of the person with this e-mail, or this id.

    Raises:
        CodedError: `account_unknown` where there is none; `invalid_field` for what is neither, and for an
            e-mail that several claim and nobody is known to have.
    """
    async with pool.connection() as connection:
        if "@" in who:
            found = await _with_email(connection, normalised(who))
        else:
            found = await _with_id(connection, who)
    if found is None:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field=who)
    return found.id


async def find_known_person(pool: Pool, who: str) -> UUID:
    """The same for what a person is given who must be the one that is meant, and not somebody who says so.

    Raises:
        CodedError: as `find_person`, and `invalid_field` for an e-mail that nobody is known to have.
    """
    found = await find_person(pool, who)
    if "@" not in who:
        return found
    async with pool.connection() as connection:
        holder = await store.holder(connection, normalised(who))
    if holder is None:
        reason = "whoever claims it has not verified it; give the person's id"
        raise CodedError(codes.INVALID_FIELD, field="email", reason=reason)
    return holder.id


async def _with_email(connection: Connected, email: str) -> Person | None:
    if (holder := await store.holder(connection, email)) is not None:
        return holder
    claims = await store.claimants(connection, email, 2)
    if len(claims) > 1:
        raise CodedError(codes.INVALID_FIELD, field="email", reason="several claim it; give the person's id")
    return claims[0].person if claims else None


async def _with_id(connection: Connected, text: str) -> Person | None:
    wanted = read_uuid(text)
    if wanted is None:
        reason = "expected an e-mail or a person's id"
        raise CodedError(codes.INVALID_FIELD, field="email", reason=reason)
    return await store.person_by_id(connection, wanted)
