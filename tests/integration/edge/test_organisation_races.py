"""What happens in an organisation at the same moment, or between a request and its approval."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Final

import httpx
import psycopg
import pytest

from cse.runtime.configuration import Configuration
from cse.runtime.postgres import owner_url
from tests.exchange import RunningExchange
from tests.integration.edge.organisation import Fund, staffed, verified
from tests.people import Person, problem

pytestmark = pytest.mark.slow

CLOSED: Final = (409, "request_closed")
OUTDATED: Final = (409, "version_outdated")
_keys: Final = itertools.count(1)


@pytest.fixture(scope="module")
def fund(client: httpx.Client, new_person: Callable[[], Person]) -> Fund:
    """An organisation with money on its main account; a test leaves its members as they were."""
    fund = staffed(client, new_person, "treasurer", "approver", "approver2")
    given = fund.owner.send(
        "POST", "/api/faucet", params={"account": fund.main}, headers={"Idempotency-Key": fund.id},
        json={"asset": "USDC", "amount": "1000"},
    )  # fmt: skip
    assert given.status_code == 201, given.text
    assert fund.send(fund.owner, "POST", "/accounts", name="Savings").status_code == 201
    return fund


def savings(fund: Fund) -> str:
    return str(fund.owner.get(fund.path)["organisation"]["accounts"][1]["id"])


def saved(fund: Fund) -> Decimal:
    items = fund.owner.get("/api/balances", account=savings(fund))["items"]
    return sum((Decimal(item["available"]) for item in items if item["asset"] == "USDC"), Decimal(0))


def asked_move(fund: Fund, who: Person) -> dict[str, Any]:
    """One unit of money, asked for by somebody."""
    move = {"from_account": fund.main, "to_account": savings(fund), "asset": "USDC", "amount": "1"}
    return fund.ask(who, "POST", "/transfers", key=f"move-{next(_keys)}", **move)


def state(fund: Fund, asked: dict[str, Any]) -> str:
    items = fund.owner.get(f"{fund.path}/requests")["items"]
    return next(str(one["state"]) for one in items if one["id"] == asked["id"])


def set_transfers(fund: Fund, needed: int) -> None:
    assert fund.set_policy(fund.owner, transfers=needed).status_code == 202


def at_once(*acts: Callable[[], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(len(acts)) as pool:
        return [begun.result() for begun in [pool.submit(act) for act in acts]]


@pytest.mark.parametrize("names", [("approver", "approver2"), ("approver",) * 3], ids=["two", "one thrice"])
def test_the_last_approval_is_one(fund: Fund, names: tuple[str, ...]) -> None:
    set_transfers(fund, 1)
    before, asked = saved(fund), asked_move(fund, fund.members["treasurer"])
    answers = at_once(*(lambda who=fund.members[name]: fund.approve(who, asked) for name in names))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * (len(names) - 1)
    assert {problem(answer) for answer in answers if answer.status_code == 409} == {CLOSED}
    assert (state(fund, asked), saved(fund)) == ("done", before + 1)


def test_one_person_is_one_approval_however_often_at_once(fund: Fund) -> None:
    set_transfers(fund, 2)
    before, asked = saved(fund), asked_move(fund, fund.members["treasurer"])
    answers = at_once(*[lambda: fund.approve(fund.members["approver"], asked)] * 4)
    assert {answer.status_code for answer in answers} == {200}
    assert {len(answer.json()["request"]["approvals"]) for answer in answers} == {1}
    assert (state(fund, asked), saved(fund)) == ("open", before)
    assert fund.approve(fund.members["approver2"], asked).json()["request"]["state"] == "done"
    assert saved(fund) == before + 1


def test_an_approval_and_a_refusal_at_once_are_one_decision(fund: Fund) -> None:
    set_transfers(fund, 1)
    before, asked = saved(fund), asked_move(fund, fund.members["treasurer"])
    refusal = f"/requests/{asked['id']}/refuse"
    answers = at_once(
        lambda: fund.approve(fund.members["approver"], asked),
        lambda: fund.send(fund.members["approver2"], "POST", refusal, reason="no"),
        lambda: fund.send(fund.members["treasurer"], "DELETE", f"/requests/{asked['id']}"),
    )
    won = [answer for answer in answers if answer.is_success]
    assert len(won) == 1
    assert {problem(answer) for answer in answers if answer not in won} == {CLOSED}
    assert saved(fund) == before + (state(fund, asked) == "done")


def test_a_request_is_done_or_its_policy_is_another_never_both(fund: Fund) -> None:
    set_transfers(fund, 1)
    before, asked = saved(fund), asked_move(fund, fund.members["treasurer"])
    changed, approved = at_once(
        lambda: fund.set_policy(fund.owner, transfers=1),
        lambda: fund.approve(fund.members["approver"], asked),
    )
    assert changed.status_code == 202
    found = state(fund, asked)
    assert (found, approved.is_success) in (("done", True), ("outdated", False))
    assert approved.is_success or problem(approved) == OUTDATED
    # The same numbers again are another version all the same: nothing more comes of what was asked for.
    assert not fund.approve(fund.members["approver2"], asked).is_success
    assert saved(fund) == before + (found == "done")


def test_what_the_core_refused_is_known_also_where_nobody_was_left_to_note_it(
    fund: Fund, exchange: RunningExchange
) -> None:
    set_transfers(fund, 1)
    more = {"from_account": fund.main, "to_account": savings(fund), "asset": "USDC", "amount": "1000000"}
    asked = fund.ask(fund.members["treasurer"], "POST", "/transfers", key=f"move-{next(_keys)}", **more)
    approved = fund.approve(fund.members["approver"], asked)
    assert problem(approved) == (422, "insufficient_funds")
    # As it is where the edge ends between the approval and the core's answer.
    with psycopg.connect(owner_url(Configuration(exchange.data))) as connection:
        lost = connection.execute(
            "UPDATE accounts.organisation_requests SET failure = NULL WHERE id = %s", (asked["id"],)
        )
        assert lost.rowcount == 1
    items = fund.owner.get(f"{fund.path}/requests")["items"]
    assert next(one["failure"] for one in items if one["id"] == asked["id"]) == "insufficient_funds"


def test_who_asked_and_is_gone_has_nothing_done_by_an_approval(
    fund: Fund, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    set_transfers(fund, 1)
    guest = verified(client, new_person())
    fund.join(guest, "treasurer")
    path, approver = f"/members/{guest.signed_in['person']}", fund.members["approver"]
    before, asked, again = saved(fund), asked_move(fund, guest), asked_move(fund, guest)
    assert fund.ask(fund.owner, "PATCH", path, member_roles=["viewer"])["state"] == "done"
    assert problem(fund.approve(approver, asked)) == (409, "asker_role_missing")
    assert fund.ask(fund.owner, "DELETE", path)["state"] == "done"
    assert problem(fund.approve(approver, asked)) == (409, "asker_role_missing")
    assert (state(fund, asked), saved(fund)) == ("open", before)
    # It is still there to be refused, and is done once who asked is back with the role.
    refused = fund.send(approver, "POST", f"/requests/{asked['id']}/refuse", reason="gone")
    assert refused.json()["request"]["state"] == "refused"
    fund.join(guest, "treasurer")
    assert fund.approve(approver, again).json()["request"]["state"] == "done"
    assert saved(fund) == before + 1
    assert fund.ask(fund.owner, "DELETE", path)["state"] == "done"


def test_a_removal_is_of_the_member_that_was_seen(
    fund: Fund, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    guest = verified(client, new_person())
    fund.join(guest, "viewer")
    path, approver = f"/members/{guest.signed_in['person']}", fund.members["approver"]
    assert fund.set_policy(fund.owner, members=1).status_code == 202
    removal = fund.ask(fund.owner, "DELETE", path)
    promotion = fund.ask(fund.owner, "PATCH", path, member_roles=["owner"])
    assert fund.approve(approver, promotion).json()["request"]["state"] == "done"
    assert problem(fund.approve(approver, removal)) == OUTDATED
    # Of a removal and a departure at once one ends the membership, and the other finds none.
    removal = fund.ask(fund.owner, "DELETE", path)
    left, approved = at_once(
        lambda: fund.send(guest, "POST", "/leave"), lambda: fund.approve(approver, removal)
    )
    assert [left.is_success, approved.is_success].count(True) == 1
    refused = approved if left.is_success else left
    assert problem(refused) in {(404, "member_unknown"), (404, "organisation_unknown")}
    assert fund.set_policy(fund.owner, members=0).status_code == 202
