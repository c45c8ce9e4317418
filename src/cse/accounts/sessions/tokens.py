"""Access tokens (signed, short-lived) and refresh tokens (opaque, one generation at a time)."""

from __future__ import annotations

import base64
import binascii
import hmac
import time
from collections.abc import Callable, Mapping
from struct import Struct
from typing import Any, Final, NamedTuple
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller

ACCESS_TOKEN_LIFE_S: Final = 900
ISSUER: Final = "cse"
AUDIENCE: Final = "cse-api"
# EdDSA over Ed25519 under its own name (RFC 9864); no other algorithm is looked at.
ALGORITHM: Final = "Ed25519"
TOKEN_TYPE: Final = "at+jwt"  # noqa: S105
_SCHEME: Final = b"Bearer "
_HEADER_LENGTH_MAX: Final = 2_048
_REMEMBERED_MAX: Final = 100_000
_SWEEP_S: Final = 60


class AccessTokens:
    """Issues and verifies access tokens, and remembers the verified ones.

    A signature costs a hundred times what the look-up of a token costs, so a token is verified once
    per process and remembered until it expires, its session ends, or 100,000 later ones came.
    """

    def __init__(self, key: OKPKey, clock_s: Callable[[], float] = time.time) -> None:
        self._key = key
        self._clock_s = clock_s
        self._verified: dict[bytes, Caller] = {}
        # Sessions that ended, and until when a token of theirs may still be about.
        self._ended: dict[str, float] = {}
        self._sweep_at_s = 0.0

    def issue(self, person: UUID, session: UUID, account: int, life_s: int = ACCESS_TOKEN_LIFE_S) -> str:
        """A token for a session, good for `life_s`."""
        now_s = int(self._clock_s())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(person),
            "sid": str(session),
            "acc": account,
            "iat": now_s,
            "exp": now_s + life_s,
        }
        header = {"alg": ALGORITHM, "typ": TOKEN_TYPE}
        return jwt.encode(header, claims, self._key, algorithms=[ALGORITHM])

    def authenticate(self, headers: Mapping[bytes, bytes]) -> Caller:
        """Whose token the Authorization header carries; `CodedError` not_authenticated otherwise."""
        value = headers.get(b"authorization", b"")
        caller = self._verified.get(value) or self._verify(value)
        if caller.expires_at_s <= self._clock_s() or caller.session in self._ended:
            self._verified.pop(value, None)
            raise CodedError(codes.NOT_AUTHENTICATED)
        return caller

    def end_session(self, session: str) -> None:
        """No access token of this session is good from now on."""
        now_s = self._clock_s()
        self._ended[session] = now_s + ACCESS_TOKEN_LIFE_S
        if self._sweep_at_s <= now_s:
            self._sweep_at_s = now_s + _SWEEP_S
            self._ended = {name: until for name, until in self._ended.items() if until > now_s}

    def _verify(self, value: bytes) -> Caller:
        if not value.startswith(_SCHEME) or len(value) > _HEADER_LENGTH_MAX:
            raise CodedError(codes.NOT_AUTHENTICATED)
        try:
            token = jwt.decode(value[len(_SCHEME) :], self._key, algorithms=[ALGORITHM])
            caller = _caller(token.header, token.claims)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            raise CodedError(codes.NOT_AUTHENTICATED) from None
        if len(self._verified) >= _REMEMBERED_MAX:
            del self._verified[next(iter(self._verified))]
        self._verified[value] = caller
        return caller


def _caller(header: Mapping[str, Any], claims: Mapping[str, Any]) -> Caller:
    """Reads a token whose signature is good; `ValueError` unless it is an access token of ours."""
    if header.get("typ") != TOKEN_TYPE:
        raise ValueError("not an access token")
    if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE:
        raise ValueError("not meant for this API")
    return Caller(
        person=UUID(claims["sub"]),
        session=str(UUID(claims["sid"])),
        account=int(claims["acc"]),
        expires_at_s=float(claims["exp"]),
    )


class RefreshClaim(NamedTuple):
    """What a genuine refresh token says."""

    session: UUID
    generation: int


_CLAIM: Final = Struct("<16sI")
_MAC_BYTES: Final = 32


class RefreshTokens:
    """Makes and reads refresh tokens: session, generation, and a MAC over both.

    The token of a generation is always the same, so a lost answer can be given again without any
    token being stored.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, session: UUID, generation: int) -> str:
        """The token of one generation of a session."""
        claim = _CLAIM.pack(session.bytes, generation)
        return base64.urlsafe_b64encode(claim + self._mac(claim)).rstrip(b"=").decode("ascii")

    def read(self, token: str) -> RefreshClaim:
        """The claim of a genuine token; `CodedError` refresh_token_invalid otherwise."""
        try:
            padded = token.encode("ascii") + b"=" * (-len(token) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        except (UnicodeEncodeError, binascii.Error):
            raise CodedError(codes.REFRESH_TOKEN_INVALID) from None
        claim, mac = raw[: _CLAIM.size], raw[_CLAIM.size :]
        if len(raw) != _CLAIM.size + _MAC_BYTES or not hmac.compare_digest(mac, self._mac(claim)):
            raise CodedError(codes.REFRESH_TOKEN_INVALID)
        session, generation = _CLAIM.unpack(claim)
        return RefreshClaim(UUID(bytes=session), generation)

    def _mac(self, claim: bytes) -> bytes:
        return hmac.digest(self._key, claim, "sha256")
