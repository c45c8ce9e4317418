"""Showing over HTTP that one reads the mail of one's address, the mail read in the demo's mailbox."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from tests.integration.edge.mailbox import VERIFY, await_mails, token_of
from tests.people import Person, problem


def verify(person: Person, token: str) -> httpx.Response:
    return person.send("POST", "/api/auth/verify-email", json={"token": token})


def test_a_sign_up_sends_a_link_that_verifies_the_e_mail(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    assert person.get("/api/security/email") == {
        "email": person.email,
        "verified_since": None,
        "wanted": None,
        "has_phrase": False,
    }
    (mail,) = await_mails(client, person.email, VERIFY)
    assert verify(person, token_of(mail)).status_code == 204
    assert person.get("/api/security/email")["verified_since"] is not None
    assert problem(verify(person, token_of(mail))) == (401, "link_ended")


def test_a_link_is_for_whose_account_it_was_sent(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person, other = new_person(), new_person()
    (mail,) = await_mails(client, person.email, VERIFY)
    assert problem(verify(other, token_of(mail))) == (403, "link_of_another")
    visitor = client.post("/api/auth/verify-email", json={"token": token_of(mail)})
    assert problem(visitor) == (401, "not_authenticated")
    assert other.get("/api/security/email")["verified_since"] is None
    assert verify(person, token_of(mail)).status_code == 204


def test_a_link_is_sent_again_to_who_asks_and_each_is_good_until_one_is_used(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    assert person.send("POST", "/api/security/email/verification").status_code == 204
    second, first = await_mails(client, person.email, VERIFY, 2)
    assert verify(person, token_of(first)).status_code == 204
    assert problem(verify(person, token_of(second))) == (401, "link_ended")


def test_a_link_for_one_purpose_is_good_for_no_other(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    (mail,) = await_mails(client, new_person().email, VERIFY)
    body = {"token": token_of(mail), "password": "another long pass phrase"}
    assert problem(client.post("/api/auth/password-reset/complete", json=body)) == (401, "link_ended")


def test_who_asks_too_often_is_told_to_wait(new_person: Callable[[], Person]) -> None:
    person = new_person()
    answers = [person.send("POST", "/api/security/email/verification") for _ in range(6)]
    assert [answer.status_code for answer in answers[:5]] == [204] * 5
    assert problem(answers[5]) == (429, "too_many_attempts")
