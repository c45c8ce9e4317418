"""Tokens: only what this exchange signed, for this API, of a session that goes on, is taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jwt
from joserfc.jwk import OctKey, OKPKey

from cse.accounts.sessions import tokens as token_module
from cse.accounts.sessions.tokens import (
    ACCESS_TOKEN_LIFE_S,
    ALGORITHM,
    AUDIENCE,
    ISSUER,
    TOKEN_TYPE,
    AccessTokens,
    RefreshTokens,
)
from cse.domain.errors import CodedError

PERSON, SESSION = UUID(int=1), UUID(int=2)
KEY = OKPKey.generate_key("Ed25519")
OTHER_KEY = OKPKey.generate_key("Ed25519")
NOW_S = 1_800_000_000
CLAIMS = {
    "iss": ISSUER,
    "aud": AUDIENCE,
    "sub": str(PERSON),
    "sid": str(SESSION),
    "acc": 7,
    "iat": NOW_S,
    "exp": NOW_S + 60,
}
HEADER = {"alg": ALGORITHM, "typ": TOKEN_TYPE}


class Clock:
    def __init__(self) -> None:
        self.now_s = float(NOW_S)

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tokens(clock: Clock) -> AccessTokens:
    return AccessTokens(KEY, clock)


def bearer(token: str | bytes) -> dict[bytes, bytes]:
    raw = token.encode() if isinstance(token, str) else token
    return {b"authorization": b"Bearer " + raw}


def part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def signed(claims: dict[str, Any], header: dict[str, Any] | None = None, key: OKPKey = KEY) -> str:
    return jwt.encode(HEADER | (header or {}), claims, key, algorithms=[ALGORITHM])


def with_hmac(secret: bytes) -> str:
    """What a verifier that lets the token choose the algorithm would take: HS256 by the public key."""
    text = f"{part({'alg': 'HS256', 'typ': TOKEN_TYPE})}.{part(CLAIMS)}"
    mac = hmac.digest(secret, text.encode(), hashlib.sha256)
    return f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def forgeries() -> dict[str, str]:
    good = signed(CLAIMS)
    head, body, signature = good.split(".")
    public = OTHER_KEY.as_dict(private=False)
    return {
        "alg none": f"{part({'alg': 'none', 'typ': TOKEN_TYPE})}.{body}.",
        "alg nOnE": f"{part({'alg': 'nOnE', 'typ': TOKEN_TYPE})}.{body}.",
        "alg none, signed": f"{part({'alg': 'none', 'typ': TOKEN_TYPE})}.{body}.{signature}",
        "no alg": f"{part({'typ': TOKEN_TYPE})}.{body}.{signature}",
        "HS256 by the public key's PEM": with_hmac(KEY.as_pem(private=False)),
        "HS256 by the public key's bytes": with_hmac(base64.urlsafe_b64decode(str(KEY.as_dict()["x"]) + "=")),
        "another key": signed(CLAIMS, key=OTHER_KEY),
        "another key, embedded": signed(CLAIMS, {"jwk": public}, OTHER_KEY),
        "another key, named": signed(CLAIMS, {"kid": OTHER_KEY.thumbprint()}, OTHER_KEY),
        "no signature": f"{head}.{body}.",
        "two parts": f"{head}.{body}",
        "signature of another body": f"{head}.{part(CLAIMS | {'acc': 8})}.{signature}",
        "expired by a second": signed(CLAIMS | {"exp": NOW_S - 1}),
        "expires now": signed(CLAIMS | {"exp": NOW_S}),
        "never expires": signed({name: value for name, value in CLAIMS.items() if name != "exp"}),
        "wrong audience": signed(CLAIMS | {"aud": "another-api"}),
        "several audiences": signed(CLAIMS | {"aud": [AUDIENCE, "another-api"]}),
        "wrong issuer": signed(CLAIMS | {"iss": "someone"}),
        "another kind of token": signed(CLAIMS, {"typ": "JWT"}),
        "no person": signed(CLAIMS | {"sub": "nobody"}),
        "refresh token": RefreshTokens(b"k" * 32).make(SESSION, 1),
        "empty": "",
        "letters": "x.y.z",
        "key as HMAC secret": jwt.encode(
            {"alg": "HS256", "typ": TOKEN_TYPE}, CLAIMS, OctKey.import_key("k" * 32), algorithms=["HS256"]
        ),
    }


@pytest.mark.parametrize("kind", forgeries())
def test_what_is_no_good_token_is_refused(tokens: AccessTokens, kind: str) -> None:
    assert tokens.authenticate(bearer(signed(CLAIMS))).account == 7
    with pytest.raises(CodedError) as caught:
        tokens.authenticate(bearer(forgeries()[kind]))
    assert caught.value.code.name == "not_authenticated"
    assert caught.value.code.status == 401


@given(st.binary(max_size=200))
def test_no_header_makes_it_fail_otherwise(raw: bytes) -> None:
    tokens = AccessTokens(KEY, Clock())
    for headers in ({b"authorization": raw}, bearer(raw), bearer(raw + b"." + raw + b"." + raw)):
        with pytest.raises(CodedError):
            tokens.authenticate(headers)


def test_a_token_is_good_until_it_expires(tokens: AccessTokens, clock: Clock) -> None:
    headers = bearer(tokens.issue(PERSON, SESSION, 7))
    caller = tokens.authenticate(headers)
    assert (caller.person, caller.session, caller.account) == (PERSON, str(SESSION), 7)
    clock.now_s += ACCESS_TOKEN_LIFE_S - 1
    assert tokens.authenticate(headers) == caller
    clock.now_s += 1
    with pytest.raises(CodedError):
        tokens.authenticate(headers)


def test_a_remembered_token_ends_with_its_session(tokens: AccessTokens) -> None:
    ended, other = bearer(tokens.issue(PERSON, SESSION, 7)), bearer(tokens.issue(PERSON, UUID(int=3), 7))
    tokens.authenticate(ended)
    tokens.end_session(str(SESSION))
    with pytest.raises(CodedError):
        tokens.authenticate(ended)
    assert tokens.authenticate(other)


def test_a_session_that_ended_before_its_token_was_seen_stays_ended(tokens: AccessTokens) -> None:
    headers = bearer(tokens.issue(PERSON, SESSION, 7))
    tokens.end_session(str(SESSION))
    with pytest.raises(CodedError):
        tokens.authenticate(headers)


def test_a_session_stays_ended_for_as_long_as_a_token_of_it_may_be_about(
    tokens: AccessTokens, clock: Clock
) -> None:
    seen, unseen = (bearer(tokens.issue(PERSON, SESSION, account)) for account in (7, 8))
    tokens.authenticate(seen)
    tokens.end_session(str(SESSION))
    clock.now_s += ACCESS_TOKEN_LIFE_S - 1
    # Others that end have what is over forgotten.
    tokens.end_session(str(UUID(int=3)))
    for headers in (seen, unseen):
        with pytest.raises(CodedError):
            tokens.authenticate(headers)


def test_what_is_remembered_is_bounded_and_what_is_forgotten_is_verified_again(
    tokens: AccessTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_module, "_REMEMBERED_MAX", 2)
    issued = [bearer(tokens.issue(PERSON, SESSION, account)) for account in range(5)]
    for account, headers in enumerate([*issued, *issued]):
        assert tokens.authenticate(headers).account == account % 5
        assert len(tokens._verified) <= 2


def test_refresh_tokens_come_back_as_what_they_were_made_of() -> None:
    tokens = RefreshTokens(b"k" * 32)
    claim = tokens.read(tokens.make(SESSION, 3))
    assert (claim.session, claim.generation) == (SESSION, 3)
    assert tokens.make(SESSION, 3) == tokens.make(SESSION, 3)
    assert tokens.make(SESSION, 3) != tokens.make(SESSION, 4)


def test_refresh_tokens_of_others_are_refused() -> None:
    tokens = RefreshTokens(b"k" * 32)
    good = tokens.make(SESSION, 3)
    changed = ("A" if good[0] != "A" else "B") + good[1:]
    access = AccessTokens(KEY, Clock()).issue(PERSON, SESSION, 7)
    for token in (
        "",
        "x",
        "é",
        good[:-2],
        good + "AAAA",
        changed,
        access,
        RefreshTokens(b"j" * 32).make(SESSION, 3),
    ):
        with pytest.raises(CodedError) as caught:
            tokens.read(token)
        assert caught.value.code.name == "refresh_token_invalid"
