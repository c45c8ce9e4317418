"""Closing one's account: when nothing is left in it, for good, and with what is kept for nothing erased."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import httpx

from cse.audit.roles import READ_ROLE
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from tests.exchange import RunningExchange, wait_until
from tests.integration.edge.mailbox import VERIFY, await_mails, token_of
from tests.people import PASSWORD, Person, problem

PATH = "/api/account/closing"


def close(person: Person) -> httpx.Response:
    return person.send("POST", PATH)


def test_who_has_something_left_keeps_the_account_and_can_go_on(new_person: Callable[[], Person]) -> None:
    person = new_person()
    person.fund("USDC", "10")
    order = person.limit("buy", "0.01", "100")["order"]
    assert person.get(PATH)["in_the_way"] == ["balances", "open_orders"]
    assert problem(close(person)) == (409, "account_not_closable")
    person.send("DELETE", f"/api/orders/{order['id']}")
    assert person.get(PATH)["in_the_way"] == ["balances"]
    assert problem(close(person)) == (409, "account_not_closable")
    assert person.limit("buy", "0.01", "100")["order"]["status"] == "open"


def test_an_empty_account_is_closed_for_good(
    exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    (mail,) = await_mails(client, person.email, VERIFY)
    verified = person.send("POST", "/api/auth/verify-email", json={"token": token_of(mail)})
    assert verified.status_code == 204
    person.send("PATCH", "/api/preferences", json={"version": 0, "theme": "dark"})
    assert close(person).status_code == 204
    wait_until(lambda: person.send("GET", "/api/preferences").status_code == 401, "no session is good")
    entry = {"email": person.email, "password": PASSWORD}
    assert problem(client.post("/api/auth/sign-in", json=entry)) == (401, "wrong_credentials")
    await_mails(client, person.email, "was closed by somebody")
    with postgres.connect(Configuration(exchange.data), READ_ROLE) as connection:
        acts = connection.execute(
            "SELECT act, actor FROM audit.events WHERE person = %s AND act IN ('person.closed', 'session.ended')"
            " ORDER BY id",
            (person.signed_in["person"],),
        ).fetchall()
    assert acts == [("session.ended", "person"), ("person.closed", "person")]


def test_nobody_takes_the_e_mail_over_for_a_while(
    client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    person, other = new_person(), new_person()
    (mail,) = await_mails(client, person.email, VERIFY)
    person.send("POST", "/api/auth/verify-email", json={"token": token_of(mail)})
    assert close(person).status_code == 204
    again = {"email": person.email, "password": PASSWORD + " of another", "display_name": "Eve"}
    assert client.post("/api/auth/sign-up", json=again).status_code == 201
    assert client.post("/api/auth/password-reset", json={"email": person.email}).status_code == 204
    # Mail goes out in the order in which it is asked for: what comes after has come, and these have not.
    other.send("POST", "/api/security/email/verification")
    await_mails(client, other.email, VERIFY, 2)
    assert len(await_mails(client, person.email, VERIFY)) == 1


def at_once(*work: Callable[[], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(len(work)) as threads:
        return [done.result() for done in [threads.submit(one) for one in work]]


def test_who_has_money_places_orders_while_closings_are_refused(new_person: Callable[[], Person]) -> None:
    person = new_person()
    person.fund("USDC", "10")
    order = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.01", "quantity": "100"}
    answers = at_once(
        *(partial(close, person) for _ in range(2)), *(partial(person.place, **order) for _ in range(4))
    )
    assert [problem(one) for one in answers[:2]] == [(409, "account_not_closable")] * 2
    placed = {one.json()["order"]["id"] for one in answers[2:]}
    assert {one["id"] for one in person.get("/api/orders", status="open")["items"]} == placed


def test_of_closings_at_once_no_two_are_made_and_the_faucet_gives_or_refuses(
    new_person: Callable[[], Person],
) -> None:
    person = new_person()

    def give(number: int) -> httpx.Response:
        key = f"closing-{person.email}-{number}"
        given = {"asset": "USDC", "amount": "1"}
        return person.send("POST", "/api/faucet", json=given, headers={"Idempotency-Key": key})

    answers = at_once(
        *(partial(close, person) for _ in range(2)), *(partial(give, number) for number in range(2))
    )
    closed, given = [one.status_code for one in answers[:2]], answers[2:]
    assert closed.count(204) <= 1
    # A credit may come to an account that is being closed; whoever asks for one is told what became of it.
    for one in given:
        assert one.status_code in (201, 401) or problem(one) == (403, "account_frozen")
    if 204 in closed:
        wait_until(lambda: give(2).status_code == 401, "no session is good")
