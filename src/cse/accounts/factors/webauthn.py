"""What is asked of authenticators, and whether they have signed that: WebAuthn without any storage.

An answer is what a stranger wrote. Whatever it is that a parser falls over, the answer is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

import webauthn
from webauthn.helpers import base64url_to_bytes, options_to_json_dict, parse_client_data_json
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from cse.accounts.factors.passkey_store import Passkey
from cse.accounts.models import Person
from cse.domain import codes
from cse.domain.errors import CodedError

_NAME: Final = "CS Exchange"


class RelyingParty(NamedTuple):
    """Where the exchange is reached: the origin of its pages, and the host name that passkeys are for."""

    origin: str
    host: str

    @classmethod
    def of(cls, origin: str) -> RelyingParty:
        """The party of an origin such as `https://exchange.example`."""
        return cls(origin, urlsplit(origin).hostname or "")


class Registered(NamedTuple):
    """A new public key."""

    id: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool


class Used(NamedTuple):
    """What a use of a passkey tells."""

    sign_count: int
    backed_up: bool


def creation_options(
    party: RelyingParty, person: Person, challenge: bytes, known: Iterable[bytes]
) -> dict[str, Any]:
    """What a browser is given to make a passkey: one that is found without a name, and asks for its owner."""
    options = webauthn.generate_registration_options(
        rp_id=party.host,
        rp_name=_NAME,
        user_id=person.id.bytes,
        user_name=person.email,
        user_display_name=person.display_name,
        challenge=challenge,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(known),
    )
    return options_to_json_dict(options)


def request_options(party: RelyingParty, challenge: bytes, allowed: Iterable[bytes]) -> dict[str, Any]:
    """What a browser is given to use a passkey: one of `allowed`, or else any of this host."""
    options = webauthn.generate_authentication_options(
        rp_id=party.host,
        challenge=challenge,
        allow_credentials=_described(allowed),
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def challenge_of(credential: dict[str, Any]) -> bytes:
    """The challenge that an answer claims to have signed. Raises `CodedError` passkey_refused."""
    try:
        return parse_client_data_json(base64url_to_bytes(credential["response"]["clientDataJSON"])).challenge
    except Exception:
        raise CodedError(codes.PASSKEY_REFUSED) from None


def id_of(credential: dict[str, Any]) -> bytes:
    """The id of the passkey that an answer claims to be of. Raises `CodedError` passkey_refused."""
    try:
        return base64url_to_bytes(credential["rawId"])
    except Exception:
        raise CodedError(codes.PASSKEY_REFUSED) from None


def verify_registration(party: RelyingParty, credential: dict[str, Any], challenge: bytes) -> Registered:
    """The new public key of an answer. Raises `CodedError` passkey_refused."""
    try:
        found = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception:
        raise CodedError(codes.PASSKEY_REFUSED) from None
    return Registered(
        found.credential_id, found.credential_public_key, found.sign_count, found.credential_backed_up
    )


def verify_use(party: RelyingParty, credential: dict[str, Any], challenge: bytes, passkey: Passkey) -> Used:
    """What an answer by this passkey tells. Raises `CodedError` passkey_refused."""
    try:
        found = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        handle = credential["response"].get("userHandle")
        if handle is not None and UUID(bytes=base64url_to_bytes(handle)) != passkey.person:
            raise ValueError("the passkey is another person's")
    except Exception:
        raise CodedError(codes.PASSKEY_REFUSED) from None
    return Used(found.new_sign_count, found.credential_backed_up)


def _described(ids: Iterable[bytes]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=id_) for id_ in ids]
