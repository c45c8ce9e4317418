"""Choosing another password over HTTP, the mail read in the demo's mailbox."""

from __future__ import annotations

import time
from collections.abc import Callable

import httpx
import pytest

from tests.exchange import RunningExchange, wait_until
from tests.integration.edge.mailbox import RESET, await_mails, token_of
from tests.integration.edge.test_sessions import is_signed_in, sign_in
from tests.people import PASSWORD, Person, problem

NEW = "another long pass phrase"


def ask(client: httpx.Client, email: str) -> httpx.Response:
    return client.post("/api/auth/password-reset", json={"email": email})


def test_a_password_is_lost_and_another_chosen(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    assert ask(client, person.email).status_code == 204
    (mail,) = await_mails(client, person.email, RESET)
    assert mail["recipient"] == person.email
    body = {"token": token_of(mail), "password": NEW}
    answer = client.post("/api/auth/password-reset/complete", json=body)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "set-cookie" not in answer.headers
    assert problem(client.post("/api/auth/password-reset/complete", json=body)) == (401, "link_ended")

    # On the other edge too.
    wait_until(lambda: not is_signed_in(client, person.signed_in["access_token"]), "the end of the session")
    assert problem(sign_in(client, person.email, PASSWORD)) == (401, "wrong_credentials")
    assert sign_in(client, person.email, NEW).status_code == 200
    await_mails(client, person.email, "password of your account was changed")


def test_no_answer_tells_whether_an_e_mail_is_known(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    known, unknown = ask(client, new_person().email), ask(client, f"unknown-{time.time_ns()}@example.com")
    # Of each request its own, whatever it asks for.
    varying = {"date", "cse-request-id", "cse-sequence", "ratelimit"}
    shown = [
        (
            answer.status_code,
            answer.content,
            [(name, name in varying or value) for name, value in answer.headers.items()],
        )
        for answer in (known, unknown)
    ]
    assert shown[0] == shown[1]


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a@b.example\r\nBcc: c@d.example"])
def test_what_is_no_address_is_refused(client: httpx.Client, email: str) -> None:
    assert problem(ask(client, email)) == (400, "invalid_field")


def test_the_mailbox_opens_to_nobody_who_comes_by_another_name(client: httpx.Client) -> None:
    response = client.get("/api/demo/mailbox", headers={"Host": "rebound.example"})
    assert problem(response) == (404, "not_found")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("path", ["password-reset", "password-reset/complete"])
def test_a_page_of_another_site_can_post_neither(
    exchange: RunningExchange, client: httpx.Client, path: str, content_type: str
) -> None:
    headers = {"Content-Type": content_type, "Origin": "https://evil.example"}
    response = client.post(f"/api/auth/{path}", content="{}", headers=headers)
    assert problem(response) == (415, "unsupported_media_type")
