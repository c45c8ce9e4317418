"""A person's own copy of all that is kept of them, over HTTP."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from decimal import Decimal

from tests.exchange import wait_until
from tests.people import Person, problem

PATH = "/api/account/exports"


def test_an_archive_has_what_the_person_did_as_the_books_have_it(new_person: Callable[[], Person]) -> None:
    person, other = new_person(), new_person()
    person.fund("USDC", "100")
    other.fund("LAB", "100")
    sold = other.limit("sell", "0.75", "20")["order"]
    bought = person.limit("buy", "0.75", "10")["order"]
    resting = person.limit("buy", "0.01", "100")["order"]
    other.send("DELETE", f"/api/orders/{sold['id']}")
    made = person.send("POST", PATH)
    assert made.status_code == 202
    export = made.json()["id"]
    assert problem(person.send("POST", PATH)) == (429, "too_many_attempts")
    wait_until(lambda: person.get(PATH)["items"][0]["state"] == "ready", "the archive is made")
    answer = person.send("GET", f"{PATH}/{export}/archive")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert problem(other.send("GET", f"{PATH}/{export}/archive")) == (404, "not_found")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}

    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))

    shown = {order["id"]: order for order in table("orders")}
    assert {order: shown[order]["status"] for order in shown} == {
        bought["id"]: "filled",
        resting["id"]: "open",
    }
    assert shown[bought["id"]]["price"] == "0.75"
    (fill,) = table("fills")
    assert (fill["order_id"], fill["liquidity"], fill["notional"]) == (bought["id"], "taker", "7.5")
    assert [(one["reason"], one["asset"], one["amount"]) for one in table("transfers")] == [
        ("faucet", "USDC", "100")
    ]
    assert [(one["asset"], one["amount"]) for one in table("faucet")] == [("USDC", "100")]
    sums: dict[str, Decimal] = {}
    for entry in table("ledger_entries"):
        sums[entry["asset"]] = sums.get(entry["asset"], Decimal(0)) + Decimal(entry["amount"])
    held = {one["asset"]: Decimal(one["available"]) + Decimal(one["locked"]) for one in table("balances")}
    assert sums == held
    events = [json.loads(line)["act"] for line in files["security_events.jsonl"].splitlines()]
    assert "export.asked" in events
    assert "session.begun" in events or "person.added" in events
    contents = json.loads(files["contents.json"])["files"]
    assert {one["file"] for one in contents} == files.keys() - {"contents.json"}
