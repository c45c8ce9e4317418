"""The audit log as operators search it and write it out over HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.exchange import RunningExchange
from tests.people import Person, problem

PATH = "/api/admin/audit"


@pytest.fixture(scope="module")
def operator(new_operator: Callable[..., Person]) -> Person:
    return new_operator("security")


def test_it_is_searched_by_who_by_act_and_by_subject(
    operator: Person, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    frozen = f"/api/admin/people/{person.signed_in['person']}/freeze"
    assert operator.send("POST", frozen, json={"reason": "=cmd"}).status_code == 200
    for query in (
        {"subject": person.email, "act": "person.frozen"},
        {
            "subject": person.signed_in["person"],
            "actor": operator.signed_in["person"],
            "act": "person.frozen",
        },
        {"actor": operator.email, "act": "person.frozen", "since": "2020-01-01T00:00:00Z"},
    ):
        (event,) = operator.get(PATH, **query)["items"]
        assert (event["act"], event["person_email"]) == ("person.frozen", person.email)
        assert (event["actor_email"], event["details"]["reason"]) == (operator.email, "=cmd")
    assert operator.get(PATH, subject=person.email, until="2020-01-01T00:00:00Z")["items"] == []
    # Page by page it is the same, and each once.
    whole = operator.get(PATH, subject=person.email)["items"]
    paged: list[dict[str, Any]] = []
    page: dict[str, Any] = {"next_cursor": None}
    while not paged or page["next_cursor"]:
        more = {"cursor": page["next_cursor"]} if page["next_cursor"] else {}
        page = operator.get(PATH, subject=person.email, limit=1, **more)
        paged += page["items"]
    assert paged == whole
    assert "person.frozen" in operator.get(f"{PATH}/acts")["items"]
    # That it was searched is recorded too, with what was sought.
    (searched, *_) = operator.get(PATH, actor=operator.email, act="audit.searched")["items"]
    assert f"actor={operator.signed_in['person']}" in searched["details"]["arguments"]


def test_it_is_written_out_as_lines_and_as_a_table_without_formulas(operator: Person) -> None:
    query = {"actor": operator.signed_in["person"], "act": "person.frozen"}
    lines = operator.send("GET", f"{PATH}/export", params=query)
    assert lines.headers["content-type"] == "application/x-ndjson"
    assert "content-length" not in lines.headers
    (event,) = [json.loads(line)["event"] for line in lines.text.splitlines()]
    assert event["details"]["reason"] == "=cmd"
    table = operator.send("GET", f"{PATH}/export", params={**query, "format": "csv"})
    assert table.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    (row,) = csv.DictReader(io.StringIO(table.text))
    assert json.loads(row["details"])["reason"] == "=cmd"
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
    assert operator.get(PATH, actor=operator.email, act="audit.exported")["items"]


def test_how_far_it_is_sealed_and_verified(exchange: RunningExchange, operator: Person) -> None:
    done = exchange.run("verify", "--audit")
    assert done.returncode == 0, done.stdout
    chain = operator.get(f"{PATH}/chain")
    assert int(chain["position"]) > 0
    assert (chain["findings"], chain["verified_events"] > 0) == (0, True)
    assert chain["verified_at"] is not None


@pytest.mark.parametrize(
    ("query", "code"),
    [({"since": "yesterday"}, "invalid_field"), ({"cursor": "x"}, "invalid_cursor"), ({"limit": 0}, None)],
)
def test_what_is_no_search_is_refused(operator: Person, query: dict[str, Any], code: str | None) -> None:
    status, found = problem(operator.send("GET", PATH, params=query))
    assert status == 400
    assert code in (None, found)


def test_a_lower_role_sees_none_of_it(new_operator: Callable[..., Person]) -> None:
    support = new_operator("support", "market")
    for path in (PATH, f"{PATH}/export", f"{PATH}/chain", f"{PATH}/acts"):
        assert problem(support.send("GET", path)) == (403, "role_missing")


def test_the_machine_searches_it_too(exchange: RunningExchange, operator: Person) -> None:
    line = ("admin", "audit", "search", "--act", "role.granted", "--subject", operator.email)
    found = exchange.run(*line, "--limit", "1")
    assert f"  of {operator.email}  role=security" in found.stdout, found.stderr
    searched = operator.get(PATH, act="audit.searched")["items"]
    of_others = [one for one in searched if one["actor_name"] != operator.signed_in["person"]]
    assert any("act=role.granted" in one["details"]["arguments"] for one in of_others)
    assert " events are sealed, signed at " in exchange.admin("audit", "chain").stdout
    assert exchange.run(*line, "--since", "yesterday").returncode == 1
