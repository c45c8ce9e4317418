"""Use cases of passkeys: making and removing them, signing in by one, and showing one in a step up.

A passkey asks its owner for a finger, a face or a PIN, so that it is two factors by itself.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from typing import Any, Final
from uuid import UUID

from cse.accounts import attempts, store
from cse.accounts.factors import factor_store, passkey_store, recovery_codes, webauthn
from cse.accounts.factors.passkey_store import Passkey, Purpose
from cse.accounts.factors.webauthn import RelyingParty
from cse.accounts.models import PasskeyAdded, PasskeyView
from cse.accounts.notices import note_credential_changed
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.lines import parse_name
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

_CHALLENGE_BYTES: Final = 32


class Passkeys:
    """Passkeys for the one host name under which the exchange is reached."""

    def __init__(self, pool: Pool, party: RelyingParty) -> None:
        self._pool = pool
        self._party = party

    async def all(self, caller: Caller) -> list[PasskeyView]:
        """The caller's passkeys, the first one first."""
        async with self._pool.connection() as connection:
            found = await passkey_store.passkeys(connection, caller.person)
        return [_view(passkey) for passkey in found]

    async def begin_registration(self, caller: Caller) -> dict[str, Any]:
        """What the caller's browser is given to make a passkey. `too_many_attempts`."""
        await attempts.count(self._pool, attempts.PASSKEY_PER_PERSON, str(caller.person), caller.person)
        challenge = secrets.token_bytes(_CHALLENGE_BYTES)
        session = UUID(caller.session)
        async with self._pool.connection() as connection:
            person = await store.person_by_id(connection, caller.person)
            if person is None:
                raise CodedError(codes.NOT_AUTHENTICATED)
            known = await passkey_store.passkeys(connection, caller.person)
            await passkey_store.add_challenge(connection, _digest(challenge), "register", session)
        return webauthn.creation_options(self._party, person, challenge, [one.id for one in known])

    async def register(self, caller: Caller, credential: dict[str, Any], name: str) -> PasskeyAdded:
        """Adds a passkey; with the first factor of a person come recovery codes, shown this once.

        Raises:
            CodedError: `passkey_refused`, `passkey_limit`, `invalid_field`.
        """
        kept_name, session = parse_name(name), UUID(caller.session)
        async with self._pool.connection() as connection:
            challenge = await _use_challenge(connection, credential, "register", session)
            new = webauthn.verify_registration(self._party, credential, challenge)
            # Of several at once each waits here for the others, so that none is counted too late, and only
            # the first of all brings recovery codes.
            await store.lock_person(connection, caller.person)
            before = await factor_store.factors(connection, caller.person)
            passkey = Passkey(
                new.id, caller.person, new.public_key, new.sign_count, self._party.host, kept_name,
                new.backed_up, 0, None,
            )  # fmt: skip
            if await passkey_store.lock_passkey(connection, new.id) is not None:
                raise CodedError(codes.PASSKEY_REFUSED)
            if not await passkey_store.add_passkey(connection, passkey):
                raise CodedError(codes.PASSKEY_LIMIT, limit=passkey_store.PASSKEYS_MAX)
            await store.note_credentials_changed(connection, caller.person)
            await _record(connection, Act.PASSKEY_ADDED, caller, _text(new.id), kept_name)
            await note_credential_changed(connection, caller.person, "passkey_added")
            shown: list[str] = []
            if not before.has_factor:
                shown = await recovery_codes.give(connection, Actor.caller(caller), caller.person)
            await factor_store.note_verified(connection, session, "passkey")
        return PasskeyAdded(id=_text(new.id), recovery_codes=shown)

    async def rename(self, caller: Caller, passkey: str, name: str) -> None:
        """Names a passkey. Raises `CodedError` not_found, invalid_field."""
        kept_name = parse_name(name)
        async with self._pool.connection() as connection:
            if not await passkey_store.name_passkey(connection, caller.person, _id(passkey), kept_name):
                raise CodedError(codes.NOT_FOUND)
            await _record(connection, Act.PASSKEY_NAMED, caller, passkey, kept_name)

    async def remove(self, caller: Caller, passkey: str) -> None:
        """Removes a passkey, and with the last factor the recovery codes. Raises `CodedError` not_found."""
        async with self._pool.connection() as connection:
            if not await passkey_store.remove_passkey(connection, caller.person, _id(passkey)):
                raise CodedError(codes.NOT_FOUND)
            await factor_store.remove_codes_without_factor(connection, caller.person)
            await store.note_credentials_changed(connection, caller.person)
            await _record(connection, Act.PASSKEY_REMOVED, caller, passkey)
            await note_credential_changed(connection, caller.person, "passkey_removed")

    async def begin_sign_in(self, address: str) -> dict[str, Any]:
        """What any browser is given to sign in; it is the same for everybody. `too_many_attempts`."""
        await attempts.count(self._pool, attempts.PASSKEY_PER_ADDRESS, address)
        challenge = secrets.token_bytes(_CHALLENGE_BYTES)
        async with self._pool.connection() as connection:
            await passkey_store.add_challenge(connection, _digest(challenge), "sign in", None)
        return webauthn.request_options(self._party, challenge, [])

    async def sign_in(self, connection: Connected, credential: dict[str, Any]) -> UUID:
        """Whose passkey has signed what `begin_sign_in` gave. Raises `CodedError` passkey_refused."""
        return (await self._used(connection, credential, "sign in", None)).person

    async def begin_step_up(self, caller: Caller) -> dict[str, Any]:
        """What the caller's browser is given to show one of the caller's passkeys. `too_many_attempts`."""
        await attempts.count(self._pool, attempts.PASSKEY_PER_PERSON, str(caller.person), caller.person)
        challenge, session = secrets.token_bytes(_CHALLENGE_BYTES), UUID(caller.session)
        async with self._pool.connection() as connection:
            own = await passkey_store.passkeys(connection, caller.person)
            await passkey_store.add_challenge(connection, _digest(challenge), "step up", session)
        return webauthn.request_options(self._party, challenge, [passkey.id for passkey in own])

    async def step_up(self, connection: Connected, caller: Caller, credential: dict[str, Any]) -> None:
        """Takes a passkey of the caller's. Raises `CodedError` passkey_refused."""
        used = await self._used(connection, credential, "step up", UUID(caller.session))
        if used.person != caller.person:
            raise CodedError(codes.PASSKEY_REFUSED)

    async def _used(
        self, connection: Connected, credential: dict[str, Any], purpose: Purpose, session: UUID | None
    ) -> Passkey:
        challenge = await _use_challenge(connection, credential, purpose, session)
        passkey = await passkey_store.lock_passkey(connection, webauthn.id_of(credential))
        if passkey is None or passkey.relying_party != self._party.host:
            raise CodedError(codes.PASSKEY_REFUSED)
        used = webauthn.verify_use(self._party, credential, challenge, passkey)
        await passkey_store.note_used(connection, passkey.id, used.sign_count, used.backed_up)
        return passkey


async def _record(connection: Connected, act: Act, caller: Caller, passkey: str, name: str = "") -> None:
    details = Details(label=name) if name else None
    await log.record(connection, act, Actor.caller(caller), target=passkey, details=details)


async def _use_challenge(
    connection: Connected, credential: dict[str, Any], purpose: Purpose, session: UUID | None
) -> bytes:
    challenge = webauthn.challenge_of(credential)
    if not await passkey_store.use_challenge(connection, _digest(challenge), purpose, session):
        raise CodedError(codes.PASSKEY_REFUSED)
    return challenge


def _view(passkey: Passkey) -> PasskeyView:
    used_us = passkey.last_used_at_us
    return PasskeyView(
        id=_text(passkey.id),
        name=passkey.name,
        backed_up=passkey.backed_up,
        created_at=format_time(passkey.created_at_us),
        last_used_at=None if used_us is None else format_time(used_us),
    )


def _digest(challenge: bytes) -> bytes:
    return hashlib.blake2b(challenge, digest_size=32).digest()


def _text(passkey: bytes) -> str:
    return base64.urlsafe_b64encode(passkey).rstrip(b"=").decode("ascii")


def _id(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CodedError(codes.NOT_FOUND) from None
