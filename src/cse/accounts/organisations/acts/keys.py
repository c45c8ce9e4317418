"""API keys of an organisation. They are Ed25519: nothing secret is kept here, or waits for an approval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from cse.accounts.api_keys import store as key_store
from cse.accounts.api_keys.algorithms import write_public_key
from cse.accounts.api_keys.models import ApiKey, NewApiKey, Scope
from cse.accounts.api_keys.service import KEYS_MAX, new_key
from cse.accounts.organisations import store
from cse.accounts.organisations.approvals.models import Asked
from cse.accounts.organisations.approvals.service import Plan, Prepare
from cse.accounts.organisations.key_models import NewOrganisationKey
from cse.accounts.organisations.models import Looked, Member
from cse.accounts.organisations.policy import GuardedAct
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_account
from cse.domain.organisations import scopes_of
from cse.domain.scopes import KeyScope
from cse.runtime.postgres import Connected


def acts() -> Mapping[GuardedAct, Prepare]:
    """What prepares each act."""
    return {GuardedAct.MAKE_KEY: _make_key}


def asked_key(request: NewOrganisationKey, person: UUID) -> Asked:
    """A key as it is asked for, in its one spelling. Raises `CodedError` for what cannot be one."""
    facts = {
        "label": request.label,
        "scopes": " ".join(request.scopes),
        "accounts": " ".join(request.accounts),
        "networks": " ".join(request.allowed_networks or ()),
        "public_key": request.public_key,
        "expires_at": request.expires_at or "",
    }
    key = _key(facts, person)
    assert key.public_key is not None
    facts |= {
        "label": key.label,
        "scopes": " ".join(sorted(key.scopes)),
        "accounts": " ".join(str(account) for account in key.accounts),
        "networks": " ".join(key.allowed_networks),
        "public_key": write_public_key(key.public_key),
    }
    return Asked(GuardedAct.MAKE_KEY, facts)


async def _make_key(connection: Connected, looked: Looked, asker: Member, asked: Asked, by: Actor) -> Plan:
    there = looked.organisation
    key = _key(asked.facts, asker.person)._replace(organisation=there.id)
    own = await store.accounts_in_use(connection, there.id)
    if not set(key.accounts) <= own:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field="accounts")
    if not key.scopes <= scopes_of(asker.roles):
        raise CodedError(codes.MEMBER_ROLE_MISSING)
    if len(await key_store.keys_of_organisation(connection, there.id)) >= KEYS_MAX:
        raise CodedError(codes.API_KEY_LIMIT, limit=KEYS_MAX)

    async def carry_out(connection: Connected) -> None:
        await key_store.add_key(connection, key)
        details = Details(
            request=str(key.id),
            member=str(key.person),
            label=key.label,
            scopes=asked.facts["scopes"],
            networks=" ".join(key.allowed_networks),
            accounts=asked.facts["accounts"],
        )
        await log.record(connection, Act.ORGANISATION_KEY_MADE, by, target=str(there.id), details=details)

    reads_alone = key.scopes <= {KeyScope.READ}
    return Plan(0 if reads_alone else there.policy.keys, carry_out)


def _key(facts: Mapping[str, str], person: UUID) -> ApiKey:
    """The row that is asked for. Raises `CodedError` for what cannot be one."""
    accounts = [parse_account(text, field="accounts") for text in dict.fromkeys(facts["accounts"].split())]
    if not accounts:
        reason = "a key is for at least one"
        raise CodedError(codes.INVALID_FIELD, field="accounts", reason=reason)
    request = NewApiKey(
        label=facts["label"],
        scopes=cast(list[Scope], facts["scopes"].split()),
        algorithm="ed25519",
        public_key=facts["public_key"],
        allowed_networks=facts["networks"].split(),
        expires_at=facts["expires_at"] or None,
    )
    return new_key(person, accounts[0], request)._replace(accounts=accounts)
