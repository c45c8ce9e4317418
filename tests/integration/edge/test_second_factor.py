"""Signing in in two steps over HTTP, and what somebody who watches or forges requests gains."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pyotp
import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.test_sessions import BROWSER, is_signed_in, sign_in
from tests.people import PASSWORD, Person, problem


@pytest.fixture(scope="module")
def guarded(new_person: Callable[[], Person]) -> tuple[Person, pyotp.TOTP, list[str]]:
    """Somebody with an authenticator and ten recovery codes; tests use up the codes from the end."""
    person = new_person()
    enrolment = person.send("POST", "/api/security/totp")
    assert enrolment.status_code == 201, enrolment.text
    app = pyotp.TOTP(enrolment.json()["secret"])
    confirmed = person.send("POST", "/api/security/totp/confirm", json={"code": app.now()})
    assert confirmed.status_code == 200, confirmed.text
    return person, app, confirmed.json()["codes"]


Guarded = tuple[Person, pyotp.TOTP, list[str]]


def challenge_of(response: httpx.Response) -> str:
    assert problem(response) == (401, "second_factor_required")
    assert response.json()["methods"] == ["totp", "recovery_code"]
    challenge: str = response.json()["challenge"]
    return challenge


def enter(client: httpx.Client, challenge: str, code: str, **headers: str) -> httpx.Response:
    body = {"challenge": challenge, "code": code}
    return client.post("/api/auth/sign-in/code", json=body, headers=headers)


def test_password_and_code_sign_in_together(client: httpx.Client, guarded: Guarded) -> None:
    person, app, codes = guarded
    challenge = challenge_of(sign_in(client, person.email))
    # The challenge is no token of any kind.
    assert not is_signed_in(client, challenge)
    refreshed = client.post("/api/auth/refresh", json={"refresh_token": challenge})
    assert problem(refreshed) == (401, "refresh_token_invalid")
    assert problem(enter(client, challenge, "000000")) == (401, "wrong_code")
    signed_in = enter(client, challenge, app.at(int(time.time()) + 30)).json()
    assert signed_in["person"] == person.signed_in["person"]
    assert is_signed_in(client, signed_in["access_token"])
    assert problem(enter(client, challenge, codes.pop())) == (401, "challenge_ended")


def test_a_wrong_password_says_nothing_of_a_second_factor(client: httpx.Client, guarded: Guarded) -> None:
    person, *_ = guarded
    wrong = sign_in(client, person.email, "not the pass phrase").json()
    unknown = sign_in(client, f"unknown-{time.time_ns()}@example.com").json()
    assert {**wrong, "instance": ""} == {**unknown, "instance": ""}


def test_a_browser_gets_its_cookie_with_the_second_step_alone(
    exchange: RunningExchange, guarded: Guarded
) -> None:
    person, _, codes = guarded
    with httpx.Client(base_url=exchange.url) as browser:
        first = sign_in(browser, person.email, **BROWSER)
        assert "set-cookie" not in first.headers
        second = enter(browser, challenge_of(first), codes.pop(), **BROWSER)
        assert "HttpOnly" in second.headers["set-cookie"]
        assert second.json()["refresh_token"] is None


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
@pytest.mark.parametrize("path", ["sign-in", "sign-in/code", "refresh", "step-up"])
def test_what_a_page_of_another_site_can_post_is_refused(
    client: httpx.Client, new_person: Callable[[], Person], path: str, content_type: str
) -> None:
    """A form carries neither our header nor JSON, whatever cookies go with it."""
    person = new_person()
    body = f'{{"email": "{person.email}", "password": "{PASSWORD}"}}'
    headers = {"Content-Type": content_type, "Origin": "https://evil.example", **person.headers}
    response = client.post(f"/api/auth/{path}", content=body, headers=headers)
    assert problem(response) == (415, "unsupported_media_type")
    assert "set-cookie" not in response.headers


def test_a_stranger_changes_nothing_about_anothers_factor(
    guarded: Guarded, new_person: Callable[[], Person]
) -> None:
    person, *_ = guarded
    before = person.get("/api/security")
    stranger = new_person()
    assert problem(stranger.send("DELETE", "/api/security/totp")) == (409, "second_factor_missing")
    assert problem(stranger.send("POST", "/api/security/recovery-codes")) == (409, "second_factor_missing")
    body = {"code": "000000", "person": person.signed_in["person"]}
    assert problem(stranger.send("POST", "/api/security/totp/confirm", json=body)) == (400, "unknown_field")
    assert person.get("/api/security") == before
