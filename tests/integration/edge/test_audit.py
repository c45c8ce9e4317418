"""A person's life over HTTP: each request that changes something leaves its event, and no secret in it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg
import pyotp
import pytest

from cse.audit.acts import Act
from cse.audit.digests import text_of
from cse.audit.models import Event
from cse.audit.roles import READ_ROLE, SEAL_ROLE
from cse.audit.store import EVENT
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from tests.audited_routes import AUDITED, RouteName
from tests.exchange import RunningExchange, wait_until
from tests.integration.accounts.authenticator import SoftAuthenticator
from tests.integration.edge.mailbox import RESET, UNDO, VERIFY, await_mails, token_of
from tests.papers import APPLICATION, PNG
from tests.people import PASSWORD, Person, problem

BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"


@dataclass
class Life:
    """What a person does, and the events that came of each request."""

    exchange: RunningExchange
    client: httpx.Client
    person: Person
    id: UUID
    secrets: list[str] = field(default_factory=lambda: [PASSWORD])
    did: dict[RouteName, list[Event]] = field(default_factory=lambda: defaultdict(list))

    def events(self) -> list[Event]:
        with postgres.connect(Configuration(self.exchange.data), READ_ROLE) as connection:
            query = f"SELECT {EVENT} FROM audit.events WHERE person = %s ORDER BY id"
            return [Event(*row) for row in connection.execute(query.encode(), (self.id,))]

    def do(self, method: str, path: str, route: str = "", status: int = 0, /, **body: Any) -> Any:
        """Sends a request that must succeed; `route` is its name where the path has parameters."""
        return self._send(method, path, route or path, status, {"json": body} if body else {}, {})

    def upload(self, path: str, route: str, content: bytes, media_type: str) -> Any:
        """Sends a file."""
        return self._send("POST", path, route, 0, {"content": content}, {"Content-Type": media_type})

    def _send(
        self,
        method: str,
        path: str,
        route: str,
        status: int,
        arguments: dict[str, Any],
        more: dict[str, str],
    ) -> Any:
        known = {event.id for event in self.events()}
        headers = {"User-Agent": BROWSER, "Idempotency-Key": f"audit{path}", **more}
        signed_in = ("/api/auth/sign-out", "/api/auth/step-up", "/api/auth/verify-email")
        if path.startswith("/api/auth") and not path.startswith(signed_in):
            response = self.client.request(method, path, headers=headers, **arguments)
        else:
            response = self.person.send(method, path, headers=headers, **arguments)
        assert response.status_code == (status or response.status_code)
        assert status or response.is_success, response.text
        new = [event for event in self.events() if event.id not in known]
        self.did[method, route] += new
        answer = response.json() if response.content else {}
        self._note_secrets(answer)
        return answer

    def _note_secrets(self, answer: Any) -> None:
        for name in ("secret", "access_token", "refresh_token", "challenge"):
            if found := answer.get(name):
                self.secrets.append(found)
        self.secrets += answer.get("codes") or answer.get("recovery_codes") or []

    def sign_in(self) -> Any:
        return self.do("POST", "/api/auth/sign-in", email=self.person.email, password=PASSWORD)


@pytest.fixture(scope="module")
def life(exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]) -> Life:
    """All of it, once."""
    person = new_person()
    life = Life(exchange, client, person, UUID(person.signed_in["person"]))
    life._note_secrets(person.signed_in)
    life.did["POST", "/api/auth/sign-up"] = life.events()
    life.do("POST", "/api/faucet", asset="USDC", amount="12.5")
    use_accounts(life)
    use_keys(life)
    end_sessions(life)
    codes = set_up_authenticator(life)
    sign_in_with(life, codes.pop())
    life.do("POST", "/api/auth/step-up", code=codes.pop())
    life.do("POST", "/api/security/recovery-codes")
    use_passkey(life)
    life.do("DELETE", "/api/security/totp")
    verify_email(life)
    be_verified(life)
    choose_another_password(life)
    return life


def use_accounts(life: Life) -> None:
    sub_account = life.do("POST", "/api/accounts", name="savings")["account"]["id"]
    one, path = f"/api/accounts/{sub_account}", "/api/accounts/{account}"
    life.do("PATCH", one, path, name="other savings")
    main = life.person.signed_in["account"]
    life.do("POST", "/api/transfers", from_account=main, to_account=sub_account, asset="USDC", amount="2")
    body = {"from_account": sub_account, "to_account": main, "asset": "USDC", "amount": "2"}
    back = life.person.send("POST", "/api/transfers", json=body, headers={"Idempotency-Key": "back"})
    assert back.is_success
    life.do("POST", f"{one}/archive", f"{path}/archive")
    life.do("POST", f"{one}/restore", f"{path}/restore")


def use_keys(life: Life) -> None:
    made = life.do("POST", "/api/keys", label="my program", scopes=["read", "trade"])
    key = made["key"]["id"]
    life.do("PATCH", f"/api/keys/{key}", "/api/keys/{id}", label="my other program")
    life.do("DELETE", f"/api/keys/{key}", "/api/keys/{id}")


def end_sessions(life: Life) -> None:
    life.sign_in()
    listed = life.person.get("/api/sessions")["items"]
    (other,) = [one["id"] for one in listed if not one["current"]]
    life.do("PATCH", f"/api/sessions/{other}", "/api/sessions/{id}", name="my phone")
    life.do("DELETE", f"/api/sessions/{other}", "/api/sessions/{id}")
    life.sign_in()
    life.do("DELETE", "/api/sessions")


def set_up_authenticator(life: Life) -> list[str]:
    enrolled = life.do("POST", "/api/security/totp")
    code = pyotp.TOTP(enrolled["secret"]).now()
    life.secrets.append(code)
    codes: list[str] = life.do("POST", "/api/security/totp/confirm", code=code)["codes"]
    return codes


def sign_in_with(life: Life, code: str) -> None:
    challenged = life.do("POST", "/api/auth/sign-in", "", 401, email=life.person.email, password=PASSWORD)
    assert challenged["code"] == "second_factor_required"
    signed_in = life.do("POST", "/api/auth/sign-in/code", challenge=challenged["challenge"], code=code)
    mine = life.person.signed_in
    life.person.signed_in = signed_in
    life.do("POST", "/api/auth/sign-out")
    life.person.signed_in = mine


def use_passkey(life: Life) -> None:
    authenticator = SoftAuthenticator(f"http://localhost:{life.exchange.port}", "localhost")
    options = life.do("POST", "/api/security/passkeys/begin")["public_key"]
    added = life.do("POST", "/api/security/passkeys", credential=authenticator.make(options), name="my key")
    one, path = f"/api/security/passkeys/{added['id']}", "/api/security/passkeys/{id}"
    life.do("PATCH", one, path, name="my other key")
    options = life.do("POST", "/api/auth/passkey/begin")["public_key"]
    life.do("POST", "/api/auth/passkey", credential=authenticator.sign(options))
    life.do("DELETE", one, path)


def verify_email(life: Life) -> None:
    (mail,) = await_mails(life.client, life.person.email, VERIFY)
    token = token_of(mail)
    life.secrets.append(token)
    life.do("POST", "/api/auth/verify-email", token=token)
    life.do("PATCH", "/api/preferences", version=0, theme="dark")
    life.do("POST", "/api/account/exports")
    changed = "yet another pass phrase"
    life.secrets.append(changed)
    life.do("POST", "/api/security/password", current_password=PASSWORD, password=changed)
    life.do("POST", "/api/security/password", current_password=changed, password=PASSWORD)
    old, new = life.person.email, f"{uuid4().hex}@example.com"
    life.do("POST", "/api/security/email", email=new, password=PASSWORD)
    (mail,) = await_mails(life.client, new, VERIFY)
    life.secrets.append(token_of(mail))
    life.do("POST", "/api/auth/verify-email", "email changed", token=token_of(mail))
    (_, mail) = await_mails(life.client, old, UNDO, 2)
    life.secrets.append(token_of(mail))
    life.do("POST", "/api/auth/email-change/undo", token=token_of(mail))
    (mail,) = await_mails(life.client, old, RESET)
    life.secrets.append(token_of(mail))
    body = {"token": token_of(mail), "password": PASSWORD}
    assert life.client.post("/api/auth/password-reset/complete", json=body).status_code == 204
    life.person.signed_in = life.sign_in()
    phrase = "green tea at noon"
    life.secrets.append(phrase)
    life.do("POST", "/api/security/mail-phrase", phrase=phrase)
    life.do("DELETE", "/api/security/mail-phrase")


def be_verified(life: Life) -> None:
    application, documents = "/api/verification/application", "/api/verification/documents"
    life.secrets.append(APPLICATION["legal_name"])
    life.do("POST", application, **APPLICATION)
    life.do("DELETE", application)
    life.do("POST", application, **APPLICATION)
    for last in (False, True):
        shown = life.upload(f"{documents}?kind=identity", documents, PNG, "image/png")
        (document,) = shown["application"]["documents"]
        if not last:
            life.do("DELETE", f"{documents}/{document['id']}", f"{documents}/{{id}}")
    life.do("POST", "/api/verification/submission")


def choose_another_password(life: Life) -> None:
    life.do("POST", "/api/auth/password-reset", email=life.person.email)
    mail, _ = await_mails(life.client, life.person.email, RESET, 2)
    token, password = token_of(mail), "another long pass phrase"
    life.secrets += [token, password]
    life.do("POST", "/api/auth/password-reset/complete", token=token, password=password)
    life.person.signed_in = life.do("POST", "/api/auth/sign-in", email=life.person.email, password=password)


# What operators do is looked for where they do it: `test_people.py`, and the desk's own tests.
# What members of organisations do, in `test_organisations.py`.
# This person goes on: an account is closed in `test_closing.py`.
CLOSING = ("POST", "/api/account/closing")
ELSEWHERE = ("/api/admin", "/api/organisation")
OF_PERSONS = [route for route in AUDITED if route != CLOSING and not route[1].startswith(ELSEWHERE)]


@pytest.mark.parametrize("route", OF_PERSONS, ids=" ".join)
def test_each_request_that_changes_something_leaves_its_event(life: Life, route: RouteName) -> None:
    found = [event for event in life.did[route] if event.act == AUDITED[route] and not event.refused]
    assert found, [event.act for event in life.did[route]]
    for event in found:
        assert event.person == life.id
        assert event.address == "127.0.0.1"
        assert event.user_agent in (BROWSER, f"python-httpx/{httpx.__version__}")
        assert event.written_by in ("cse_accounts", "cse_faucet")


def test_what_stands_behind_a_step_or_a_command_can_be_found(life: Life) -> None:
    by_act = {event.act: event for event in life.events()}
    assert by_act[Act.FAUCET_GIVEN].details["amount"] == "12.5"
    assert by_act[Act.FAUCET_GIVEN].details["outbox"].startswith("3/")
    assert by_act[Act.PERSON_ADDED].details["outbox"].startswith("2/")
    assert by_act[Act.API_KEY_REVOKED].target == by_act[Act.API_KEY_CHANGED].target
    assert by_act[Act.API_KEY_CHANGED].details["label"] == "my other program"
    assert by_act[Act.SESSION_CHALLENGED].details == {"method": "password"}
    assert Act.RECOVERY_CODE_USED in by_act
    signed_in_by = [event.details["method"] for event in life.events() if event.act == Act.SESSION_BEGUN]
    assert set(signed_in_by) == {"password", "recovery_code", "passkey"}


def test_a_refused_sign_in_is_recorded_whoever_tried_it_and_whatever_was_typed(
    life: Life, client: httpx.Client
) -> None:
    known = {event.id for event in life.events()}
    for email in (life.person.email, f"unknown-{life.id}@example.com"):
        response = client.post("/api/auth/sign-in", json={"email": email, "password": "typed by mistake"})
        assert problem(response) == (401, "wrong_credentials")
    # The worker's own events, of an export or a verification, may come at the same time.
    (mine,) = [event for event in life.events() if event.id not in known and event.actor != "service"]
    assert (mine.act, mine.actor, mine.refused) == ("session.begun", "visitor", "wrong_credentials")
    with postgres.connect(Configuration(life.exchange.data), READ_ROLE) as connection:
        row = connection.execute(
            "SELECT count(*) FROM audit.events WHERE person IS NULL AND refused = 'wrong_credentials'"
            " AND occurred_at >= to_timestamp(%s)",
            (mine.time_us / 1_000_000,),
        ).fetchone()
    assert row is not None
    assert row[0] >= 1
    life.secrets += ["typed by mistake", f"unknown-{life.id}@example.com"]


def test_an_operators_line_is_recorded_with_who_typed_it_and_where_its_command_stands(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSE_OPERATOR", "grace")
    done = life.exchange.admin("credit", life.person.email, "USDC", "3")
    assert done.returncode == 0, done.stderr
    event = [event for event in life.events() if event.actor != "service"][-1]
    assert (event.act, event.actor, event.actor_name) == ("operator.command", "operator", "grace")
    assert event.details["command"] == "credit"
    assert event.details["arguments"] == f"amount=3 asset=USDC email={life.person.email}"
    assert event.details["outbox"].startswith("4/")


def test_no_secret_is_in_an_event_or_a_log(life: Life) -> None:
    """After all of the above: passwords, tokens, codes, secrets of keys, and what was typed in vain."""
    with postgres.connect(Configuration(life.exchange.data), READ_ROLE) as connection:
        rows = [Event(*row) for row in connection.execute(f"SELECT {EVENT} FROM audit.events".encode())]
    written = b"\n".join(map(text_of, rows)) + life.exchange.output.encode()
    for file in (life.exchange.data / "logs").iterdir():
        written += file.read_bytes()
    assert len(life.secrets) > 30
    # Six digits alone stand in many a time.
    found = [secret for secret in life.secrets if len(secret) > 6 and secret.encode() in written]
    assert found == []


def test_all_of_it_is_chained_and_signed(life: Life) -> None:
    def waits() -> bool:
        with postgres.connect(Configuration(life.exchange.data), SEAL_ROLE) as connection:
            return connection.execute("SELECT FROM audit.unsealed LIMIT 1").fetchone() is not None

    wait_until(lambda: not waits(), "everything is chained")
    verified = life.exchange.run("verify", "--audit")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "All agrees." in verified.stdout


def test_the_log_is_written_out_and_that_is_recorded(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSE_OPERATOR", "grace")
    done = life.exchange.admin("audit", "export", "--person", life.person.email)
    assert done.returncode == 0, done.stderr
    events = life.events()
    assert [json.loads(line)["event"]["id"] for line in done.stdout.splitlines()] == [
        str(event.id) for event in events
    ]
    assert (events[-1].act, events[-1].actor_name) == ("audit.exported", "grace")
    table = life.exchange.admin("audit", "export", "--format", "csv", "--act", "faucet.given")
    assert table.stdout.startswith("position,time,id,act,")
    checkpoint = json.loads(life.exchange.admin("audit", "checkpoint").stdout)
    assert checkpoint["format"] == "cse-audit-checkpoint-1"
    unknown = life.exchange.admin("audit", "export", "--person", "nobody@example.com")
    assert (unknown.returncode, unknown.stdout) == (1, "")


def test_a_person_sees_what_concerns_their_account_page_by_page_and_nothing_else(
    life: Life, new_person: Callable[[], Person]
) -> None:
    recorded = [str(event.id) for event in reversed(life.events())]
    seen: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = life.person.get("/api/security/events", limit=7, **cursor)
        seen += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert [event["id"] for event in seen] == recorded
    newest = life.person.get("/api/security/events", limit=1)["items"][0]
    assert newest == seen[0]
    begun = next(event for event in seen if event["act"] == "session.begun" and event["client"] == "Firefox")
    assert (begun["platform"], begun["address"], begun["actor"]) == ("Linux", "127.0.0.1", "person")
    assert {event["current"] for event in seen} == {True, False}
    for event in seen:
        assert event["actor"] != "operator" or event["details"].keys() == {"command"}
    stranger = new_person()
    theirs = stranger.get("/api/security/events")["items"]
    # The link that the sign-up sends is written by and by.
    acts = [event["act"] for event in theirs if event["act"] != "link.given"]
    assert acts == ["session.begun", "person.added"]
    refusal = life.person.send("GET", "/api/security/events", params={"cursor": "x"})
    assert problem(refusal) == (400, "invalid_cursor")


def test_one_byte_that_a_superuser_changes_is_named_by_the_command(life: Life) -> None:
    event = next(event for event in life.events() if event.act == Act.FAUCET_GIVEN)

    def give(amount: str) -> None:
        with psycopg.connect(postgres.owner_url(Configuration(life.exchange.data))) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute(
                "UPDATE audit.events SET details = jsonb_set(details, '{amount}', to_jsonb(%s::text))"
                " WHERE id = %s",
                (amount, event.id),
            )

    give("12.6")
    try:
        verified = life.exchange.run("verify", "--audit")
    finally:
        give("12.5")
    assert verified.returncode == 1
    assert f"faucet.given {event.id}" in verified.stdout
    assert "was changed" in verified.stdout
    assert verified.stdout.rstrip().splitlines()[-1].startswith("1 differences.")
    assert life.exchange.run("verify", "--audit").returncode == 0
