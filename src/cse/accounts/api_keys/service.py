"""Use cases of API keys: a person makes, looks at, changes and revokes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, Protocol
from uuid import UUID

from cse.accounts import attempts
from cse.accounts.api_keys import store
from cse.accounts.api_keys.algorithms import Algorithm, new_secret, read_public_key
from cse.accounts.api_keys.allow_list import read_networks, require_narrow
from cse.accounts.api_keys.models import ApiKey, ChangedApiKey, NewApiKey
from cse.accounts.api_keys.ring import KeyRing, secret_context
from cse.accounts.notices import note_credential_changed
from cse.accounts.sub_accounts.models import OwnAccount
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_account, parse_api_key_id
from cse.domain.lines import parse_name
from cse.domain.organisations import MemberRole, scopes_of
from cse.domain.scopes import KeyScope
from cse.runtime.clock import wall_us
from cse.runtime.encryption import Encryption
from cse.runtime.http.confidential import hidden
from cse.runtime.http.route import Caller
from cse.runtime.http.times import parse_time
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected, Pool

KEYS_MAX: Final = 20
# Revoked ones are kept, so that making and revoking must have an end too.
MADE_PER_PERSON: Final = attempts.Limit("api key", 100, 86_400)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class MadeKey(NamedTuple):
    """A new key, and its secret if it has one."""

    key: ApiKey
    secret: str | None

    def __repr__(self) -> str:
        return hidden(self)


class Accounts(Protocol):
    """Whose accounts are."""

    async def own(self, caller: Caller) -> list[OwnAccount]:
        """The caller's, archived ones too."""


class ApiKeyService:
    """Keys in PostgreSQL. A change is felt here at once, and by every other process within a second."""

    def __init__(self, pool: Pool, encryption: Encryption, ring: KeyRing, accounts: Accounts) -> None:
        self._pool = pool
        self._encryption = encryption
        self._ring = ring
        self._accounts = accounts

    async def make(self, caller: Caller, request: NewApiKey) -> MadeKey:
        """Makes a key for accounts of the caller's."""
        key = new_key(caller.person, caller.account, request)
        if request.accounts is not None:
            accounts = await self._named(caller, request.accounts)
            key = key._replace(account=accounts[0], accounts=accounts)
        secret = None
        if key.algorithm is Algorithm.HMAC_SHA256:
            secret = new_secret()
            sealed = self._encryption.seal(secret.encode("ascii"), context=secret_context(key.id))
            key = key._replace(sealed_secret=sealed)
        await attempts.count(self._pool, MADE_PER_PERSON, str(caller.person), caller.person)
        async with self._pool.connection() as connection:
            await store.lock_person(connection, caller.person)
            if await store.count_keys(connection, caller.person) >= KEYS_MAX:
                raise CodedError(codes.API_KEY_LIMIT, limit=KEYS_MAX)
            await store.add_key(connection, key)
            await _record(connection, Act.API_KEY_MADE, caller, key)
            await note_credential_changed(connection, caller.person, "api_key_made")
        return MadeKey(key, secret)

    async def _named(self, caller: Caller, texts: list[str]) -> list[int]:
        """The caller's accounts with these ids, each once; `account_unknown`, `account_archived`."""
        named = list(dict.fromkeys(parse_account(text, field="accounts") for text in texts))
        if not named:
            raise _invalid("accounts", "a key is for at least one")
        own = {one.account: one for one in await self._accounts.own(caller)}
        for account in named:
            if account not in own:
                raise CodedError(codes.ACCOUNT_UNKNOWN, field="accounts")
            if own[account].archived_at_us is not None:
                raise CodedError(codes.ACCOUNT_ARCHIVED, field="accounts")
        return named

    async def keys(self, caller: Caller) -> list[ApiKey]:
        """The caller's keys that are not revoked, newest first."""
        async with self._pool.connection() as connection:
            return await store.keys_of(connection, caller.person)

    async def key(self, caller: Caller, key: str) -> ApiKey:
        """One of the caller's keys, also one that was revoked; `api_key_unknown`."""
        async with self._pool.connection() as connection:
            found = await store.find_key(connection, parse_api_key_id(key))
        is_own = found is not None and found.person == caller.person
        if found is None or not is_own or (found.organisation is not None and caller.key != found.id):
            raise CodedError(codes.API_KEY_UNKNOWN)
        return found

    async def change(self, caller: Caller, key: str, request: ChangedApiKey) -> ApiKey:
        """Changes what the request names; a key that was revoked is `api_key_ended`."""
        async with self._pool.connection() as connection:
            before = await _own(connection, caller, key)
            if before.revoked_at is not None:
                raise CodedError(codes.API_KEY_ENDED)
            after = _changed(before, request)
            await store.set_terms(connection, after.id, after.label, after.allowed_networks, after.expires_at)
            await _record(connection, Act.API_KEY_CHANGED, caller, after)
        self._ring.end(after.id)
        return after

    async def revoke(self, caller: Caller, key: str) -> None:
        """Revokes a key; one that was revoked is well revoked."""
        async with self._pool.connection() as connection:
            found = await _own(connection, caller, key)
            if found.revoked_at is None:
                await store.revoke_key(connection, found.id)
                await _record(connection, Act.API_KEY_REVOKED, caller, found)
        self._ring.end(found.id)


class StoredKeys:
    """Reads keys for a ring, and seals anew what was sealed with an earlier encryption key."""

    def __init__(self, pool: Pool, encryption: Encryption) -> None:
        self._pool = pool
        self._encryption = encryption

    async def load(self, key: UUID) -> ApiKey | None:
        """The key with this id; None also while its person is frozen.

        An organisation's has the scopes that its maker's roles allow now, and is none without a membership.
        """
        async with self._pool.connection() as connection:
            found = await store.usable_key(connection, key)
            if found is not None and found.organisation is not None:
                scopes = scopes_of(MemberRole(role) for role in found.maker_roles or ())
                found = found._replace(scopes=found.scopes & scopes) if scopes else None
            if found is not None and found.sealed_secret is not None:
                await self._seal_anew(connection, found, found.sealed_secret)
        return found

    async def _seal_anew(self, connection: Connected, key: ApiKey, sealed: bytes) -> None:
        if self._encryption.is_current(sealed):
            return
        context = secret_context(key.id)
        plain = self._encryption.open(sealed, context=context)
        await store.set_sealed_secret(connection, key.id, self._encryption.seal(plain, context=context))
        by = Actor.service("accounts")
        await log.record(connection, Act.API_KEY_SEALED_ANEW, by, person=key.person, target=str(key.id))


async def _record(connection: Connected, act: Act, caller: Caller, key: ApiKey) -> None:
    """Every act of a person upon a key passes here, within the transaction that does it."""
    details = Details(
        label=key.label,
        algorithm=key.algorithm.value,
        scopes=" ".join(sorted(key.scopes)),
        networks=" ".join(key.allowed_networks),
        accounts=" ".join(str(account) for account in key.accounts),
        expires_at="" if key.expires_at is None else key.expires_at.isoformat(),
    )
    await log.record(connection, act, Actor.caller(caller), target=str(key.id), details=details)


async def _own(connection: Connected, caller: Caller, key: str) -> ApiKey:
    """A key of the caller, locked; another's is as unknown as one that is not there."""
    found = await store.lock_key(connection, caller.person, parse_api_key_id(key))
    if found is None:
        raise CodedError(codes.API_KEY_UNKNOWN)
    return found


def new_key(person: UUID, account: int, request: NewApiKey) -> ApiKey:
    """The row that a request asks for, without a secret, for one account. Raises `CodedError`."""
    algorithm = Algorithm(request.algorithm)
    public_key = None
    if algorithm is Algorithm.ED25519:
        if request.public_key is None:
            raise CodedError(codes.MISSING_FIELD, field="public_key")
        public_key = read_public_key(request.public_key)
    elif request.public_key is not None:
        raise _invalid("public_key", "it is for ed25519")
    scopes = frozenset(KeyScope(scope) for scope in request.scopes)
    if not scopes:
        raise _invalid("scopes", "a key needs at least one")
    key = ApiKey(
        id=new_uuid(),
        person=person,
        account=account,
        accounts=[account],
        label=parse_name(request.label, field="label"),
        algorithm=algorithm,
        scopes=scopes,
        allowed_networks=read_networks(request.allowed_networks or ()),
        sealed_secret=None,
        public_key=public_key,
        created_at=datetime.now(UTC),
        expires_at=_expires_at(request.expires_at),
        last_used_at=None,
        last_used_from=None,
        revoked_at=None,
        organisation=None,
        maker_roles=None,
    )
    _require_networks(key)
    return key


def _changed(key: ApiKey, request: ChangedApiKey) -> ApiKey:
    if request.label is not None:
        key = key._replace(label=parse_name(request.label, field="label"))
    if request.allowed_networks is not None:
        key = key._replace(allowed_networks=read_networks(request.allowed_networks))
    if request.expires_at is not None:
        key = key._replace(expires_at=_expires_at(request.expires_at))
    _require_networks(key)
    return key


def _require_networks(key: ApiKey) -> None:
    """What may take money out is for known addresses alone."""
    if KeyScope.WITHDRAW in key.scopes:
        require_narrow(key.allowed_networks)


def _expires_at(text: str | None) -> datetime | None:
    if text is None:
        return None
    time_us = parse_time(text, field="expires_at")
    if time_us <= wall_us():
        raise _invalid("expires_at", "it has passed")
    return _EPOCH + timedelta(microseconds=time_us)


def _invalid(field: str, reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field=field, reason=reason)
