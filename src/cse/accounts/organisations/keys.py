"""Use cases of an organisation's API keys but for their making, which may take approvals."""

from __future__ import annotations

from cse.accounts.api_keys import store as key_store
from cse.accounts.api_keys.api import api_key_view
from cse.accounts.api_keys.ring import KeyRing
from cse.accounts.organisations.key_models import OrganisationKeyView
from cse.accounts.organisations.looking import lock, look
from cse.accounts.organisations.models import Looked
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_api_key_id
from cse.domain.organisations import MemberRight
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Pool


class OrganisationKeyList:
    """Looks at keys and revokes them."""

    def __init__(self, pool: Pool, ring: KeyRing) -> None:
        self._pool = pool
        self._ring = ring

    async def all(self, caller: Caller, organisation: str) -> list[OrganisationKeyView]:
        """The keys that are not revoked. Raises `CodedError` organisation_unknown."""
        async with self._pool.connection() as connection:
            looked = await look(connection, organisation, caller.person)
            keys = await key_store.keys_of_organisation(connection, looked.organisation.id)
        return [
            OrganisationKeyView(
                api_key_view(key), looked.members[key.person].name, own=key.person == caller.person
            )
            for key in keys
            if key.person in looked.members
        ]

    async def revoke(self, caller: Caller, organisation: str, key: str) -> None:
        """Revokes a key at once: one's own, or any as an owner.

        Raises:
            CodedError: `organisation_unknown`, `api_key_unknown`, `member_role_missing`.
        """
        wanted = parse_api_key_id(key)
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            there = looked.organisation.id
            keys = await key_store.keys_of_organisation(connection, there)
            found = next((one for one in keys if one.id == wanted), None)
            if found is None:
                raise CodedError(codes.API_KEY_UNKNOWN)
            if found.person != caller.person and not _is_owner(looked):
                raise CodedError(codes.MEMBER_ROLE_MISSING)
            await key_store.revoke_key(connection, found.id)
            details = Details(request=str(found.id), member=str(found.person), label=found.label)
            by = Actor.caller(caller)
            await log.record(connection, Act.ORGANISATION_KEY_REVOKED, by, target=str(there), details=details)
        self._ring.end(found.id)


def _is_owner(looked: Looked) -> bool:
    return looked.own.may(MemberRight.SET_MEMBERS)
