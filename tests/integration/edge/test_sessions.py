"""Signing up, in, on and out, over HTTP and on two edges."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from cse.accounts.attempts import SIGN_IN_PER_ACCOUNT
from tests.exchange import RunningExchange
from tests.integration.edge.mailbox import VERIFY, await_mails, token_of
from tests.people import PASSWORD, Person, problem

BROWSER = {"CSE-Client": "web"}


def sign_in(client: httpx.Client, email: str, password: str = PASSWORD, **headers: str) -> httpx.Response:
    return client.post("/api/auth/sign-in", json={"email": email, "password": password}, headers=headers)


def refresh(client: httpx.Client, token: str) -> httpx.Response:
    return client.post("/api/auth/refresh", json={"refresh_token": token})


def is_signed_in(client: httpx.Client, access_token: str) -> bool:
    response = client.get("/api/balances", headers={"Authorization": f"Bearer {access_token}"})
    return response.status_code == 200


def on_every_edge(exchange: RunningExchange, access_token: str) -> set[bool]:
    """What new connections, which go to whichever edge takes them, say to a token."""
    found = set()
    for _ in range(12):
        with httpx.Client(base_url=exchange.url) as client:
            found.add(is_signed_in(client, access_token))
    return found


def test_a_person_signs_in_under_any_spelling_of_the_email(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    answer = sign_in(client, f" {person.email.upper()}").json()
    assert (answer["person"], answer["account"]) == (person.signed_in["person"], person.signed_in["account"])
    assert (answer["token_type"], answer["expires_in"]) == ("Bearer", 900)
    assert is_signed_in(client, answer["access_token"])


@pytest.mark.parametrize(
    ("changed", "status", "code", "field"),
    [
        ({"email": "nobody"}, 400, "invalid_field", "email"),
        ({"email": 1}, 400, "invalid_field", "email"),
        ({"password": "short"}, 400, "weak_password", "password"),
        ({"password": "password1234"}, 400, "breached_password", "password"),
        ({"display_name": "  "}, 400, "invalid_field", "display_name"),
        ({"display_name": "x" * 41}, 400, "invalid_field", "display_name"),
        ({"display_name": "a\u202eb"}, 400, "invalid_field", "display_name"),
        ({"admin": True}, 400, "unknown_field", "admin"),
    ],
)
def test_sign_ups_that_are_refused(
    client: httpx.Client, changed: dict[str, Any], status: int, code: str, field: str
) -> None:
    body = {"email": "new@example.com", "password": PASSWORD, "display_name": "New"} | changed
    response = client.post("/api/auth/sign-up", json=body)
    assert problem(response) == (status, code)
    assert response.json()["field"] == field
    assert problem(sign_in(client, "new@example.com")) == (401, "wrong_credentials")


def test_a_password_is_judged_while_it_is_chosen(client: httpx.Client) -> None:
    def judged(password: str, *known: str) -> Any:
        body = {"password": password, "known": known}
        return client.post("/api/auth/password-strength", json=body).json()

    assert judged(PASSWORD) == {"score": 4, "refused": None}
    assert judged("short") == {"score": 0, "refused": "weak_password"}
    assert judged("password1234")["refused"] == "breached_password"
    assert judged("wittgenstein1889", "Wittgenstein")["refused"] == "weak_password"
    assert judged(PASSWORD, *"abcde")["code"] == "invalid_field"
    assert judged(PASSWORD, "a." * 128)["code"] == "invalid_field"


def test_a_known_email_signs_up_like_an_unknown_one(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    """What its newcomer then sees and may do is the same as well, and the one who has it notices nothing."""
    owner = new_person()
    (mail,) = await_mails(client, owner.email, VERIFY)
    assert owner.send("POST", "/api/auth/verify-email", json={"token": token_of(mail)}).status_code == 204
    password, found = "somebody else's phrase", []
    for email in (owner.email, f"unknown-{time.time_ns()}@example.com"):
        body = {"email": email, "password": password, "display_name": "Eve"}
        answer = client.post("/api/auth/sign-up", json=body)
        eve = Person(client, email, answer.json())
        sent = eve.send("POST", "/api/security/email/verification")
        await_mails(client, email, "If it was not you", 3 if email == owner.email else 2)
        again = sign_in(client, email, password)
        assert again.json()["account"] == eve.signed_in["account"] != owner.signed_in["account"]
        acts = [event["act"] for event in eve.get("/api/security/events")["items"]]
        found.append(
            (answer.status_code, sorted(answer.json()), sent.status_code, again.status_code, acts)
            + (eve.get("/api/security/email")["verified_since"], eve.balances())
        )
    assert found[0] == found[1]
    told = await_mails(client, owner.email, "nobody was told that you have one", 2)
    assert VERIFY not in told[0]["text"]
    assert sign_in(client, owner.email).json()["account"] == owner.signed_in["account"]


def test_an_unknown_email_and_a_wrong_password_get_the_same_answer(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    wrong = sign_in(client, new_person().email, "not the pass phrase").json()
    unknown = sign_in(client, f"unknown-{time.time_ns()}@example.com").json()
    assert {**wrong, "instance": ""} == {**unknown, "instance": ""}
    assert wrong["code"] == "wrong_credentials"


def test_tokens_that_are_none_are_refused(client: httpx.Client, new_person: Callable[[], Person]) -> None:
    signed_in = new_person().signed_in
    head, body, signature = signed_in["access_token"].split(".")
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').rstrip(b"=").decode()
    tokens = [
        signed_in["refresh_token"],
        f"{none}.{body}.",
        f"{head}.{body}.",
        f"{head}.{body}.{signature[:-4]}AAAA",
        "x",
    ]
    for token in tokens:
        for method, path in (("GET", "/api/balances"), ("POST", "/api/orders"), ("DELETE", "/api/orders/1")):
            response = client.request(method, path, headers={"Authorization": f"Bearer {token}"})
            assert problem(response) == (401, "not_authenticated")
    assert problem(client.get("/api/fills")) == (401, "not_authenticated")


def test_a_refresh_token_gives_its_successor_and_no_other(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    first = new_person().signed_in["refresh_token"]
    second = refresh(client, first).json()["refresh_token"]
    assert second != first
    # A lost answer, and tabs that refresh at once: the token before still gives the same one.
    with ThreadPoolExecutor(8) as threads:
        again = list(threads.map(lambda _: refresh(client, first).json()["refresh_token"], range(8)))
    assert set(again) == {second}
    third = refresh(client, second).json()["refresh_token"]
    assert third not in (first, second)


def test_a_refresh_token_that_comes_again_late_ends_its_session(
    exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    first = new_person().signed_in["refresh_token"]
    second = refresh(client, first).json()["refresh_token"]
    latest = refresh(client, second).json()
    assert is_signed_in(client, latest["access_token"])
    # Two generations old: whoever sends it, one of two has stolen it.
    assert problem(refresh(client, first)) == (401, "refresh_token_invalid")
    assert problem(refresh(client, latest["refresh_token"])) == (401, "refresh_token_invalid")
    time.sleep(1)
    assert on_every_edge(exchange, latest["access_token"]) == {False}


def test_signing_out_is_felt_on_every_edge_within_a_second(
    exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    other_session = sign_in(client, person.email).json()
    assert on_every_edge(exchange, person.signed_in["access_token"]) == {True}
    assert person.send("POST", "/api/auth/sign-out").status_code == 204
    time.sleep(1)
    assert on_every_edge(exchange, person.signed_in["access_token"]) == {False}
    assert problem(refresh(client, person.signed_in["refresh_token"])) == (401, "refresh_token_invalid")
    assert on_every_edge(exchange, other_session["access_token"]) == {True}


def test_ending_the_others_is_felt_on_every_edge_within_a_second(
    exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    other_session = sign_in(client, person.email, **{"User-Agent": "curl/8.5.0"}).json()
    listed = person.get("/api/sessions")["items"]
    assert [(session["client"], session["current"]) for session in listed] == [
        ("curl", False),
        ("python-httpx", True),
    ]
    assert on_every_edge(exchange, other_session["access_token"]) == {True}
    assert person.send("DELETE", "/api/sessions").json() == {"ended": 1}
    time.sleep(1)
    assert on_every_edge(exchange, other_session["access_token"]) == {False}
    assert on_every_edge(exchange, person.signed_in["access_token"]) == {True}


def test_nobody_ends_or_names_anothers_session(new_person: Callable[[], Person]) -> None:
    person, stranger = new_person(), new_person()
    (session,) = person.get("/api/sessions")["items"]
    path = f"/api/sessions/{session['id']}"
    assert problem(stranger.send("DELETE", path)) == (404, "not_found")
    assert problem(stranger.send("PATCH", path, json={"name": "mine"})) == (404, "not_found")
    assert person.send("PATCH", path, json={"name": "desk"}).status_code == 204
    assert [found["name"] for found in person.get("/api/sessions")["items"]] == ["desk"]


def test_a_browser_keeps_its_refresh_token_in_a_cookie(
    exchange: RunningExchange, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    with httpx.Client(base_url=exchange.url) as browser:
        response = sign_in(browser, person.email, **BROWSER)
        assert response.json()["refresh_token"] is None
        cookie = response.headers["set-cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/api/auth"):
            assert part in cookie
        # Another site's form could send no such header, and gets nothing for the cookie alone.
        assert problem(browser.post("/api/auth/refresh", json={})) == (400, "missing_field")
        # Cookies know no ports: what another program of this host has set comes along.
        others = f'theme[main]="dark; {cookie.partition(";")[0]}'
        with_others = browser.post("/api/auth/refresh", json={}, headers=BROWSER | {"Cookie": others})
        assert with_others.status_code == 200
        refreshed = browser.post("/api/auth/refresh", json={}, headers=BROWSER)
        assert refreshed.status_code == 200
        token = refreshed.json()["access_token"]
        signed_out = browser.post(
            "/api/auth/sign-out", headers=BROWSER | {"Authorization": f"Bearer {token}"}
        )
        assert "Max-Age=0" in signed_out.headers["set-cookie"]


def test_tries_are_limited_whatever_the_address_claims_to_be(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    answers = [
        sign_in(client, person.email, "not the pass phrase", **{"X-Forwarded-For": f"198.51.100.{n}"})
        for n in range(SIGN_IN_PER_ACCOUNT.tries + 5)
    ]
    codes = [problem(answer)[1] for answer in answers]
    allowed = SIGN_IN_PER_ACCOUNT.tries
    assert codes == ["wrong_credentials"] * allowed + ["too_many_attempts"] * 5
    assert 0 < int(answers[-1].headers["retry-after"]) <= SIGN_IN_PER_ACCOUNT.window_s
    # A right password is no way around it, and the session that is there goes on.
    assert problem(sign_in(client, person.email)) == (429, "too_many_attempts")
    assert person.get("/api/balances")["items"] == []
