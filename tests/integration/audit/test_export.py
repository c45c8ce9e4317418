"""The audit log written out: every event in the order of the chain, so that it can be checked elsewhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from uuid import UUID

import pytest

from cse.audit import export as export_module
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.export import Format, export, pages
from cse.audit.models import VISITOR, Actor, Selection
from cse.audit.roles import READ_ROLE
from cse.runtime import postgres
from tests.integration.audit.conftest import ADA, Log

pytestmark = pytest.mark.slow


def exported(audit_log: Log, form: Format, selection: Selection | None = None) -> str:
    out = io.StringIO()
    with audit_log.database.connect(READ_ROLE) as connection:
        export(connection, selection or Selection(), form, out)
    return out.getvalue()


def targets(audit_log: Log, selection: Selection) -> list[str]:
    return [
        json.loads(line)["event"]["target"] for line in exported(audit_log, "jsonl", selection).splitlines()
    ]


async def test_digests_can_be_computed_of_the_lines_alone(audit_log: Log) -> None:
    await audit_log.write("one", "two")
    await audit_log.sealer.seal()
    await audit_log.write("three")
    lines = [json.loads(line) for line in exported(audit_log, "jsonl").splitlines()]
    assert [line["position"] for line in lines] == [1, 2, None]
    before = bytes(32)
    for line in lines[:2]:
        text = json.dumps(line["event"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        of_event = hashlib.sha256(text.encode()).digest()
        link = b"cse-audit-1" + line["position"].to_bytes(8, "big") + before + of_event
        before = hashlib.sha256(link).digest()
        assert line["digest"] == before.hex()
    told = audit_log.file.read()
    assert told is not None
    assert told.digest == before


async def test_a_table_has_the_same_and_no_formulas(audit_log: Log) -> None:
    await audit_log.write("=1+1", "-2+1", "@x", 'a "name", with commas', "plain")
    await audit_log.sealer.seal()
    rows = list(csv.DictReader(io.StringIO(exported(audit_log, "csv"))))
    assert [row["position"] for row in rows] == ["1", "2", "3", "4", "5"]
    assert [row["target"] for row in rows] == ["'=1+1", "'-2+1", "'@x", 'a "name", with commas', "plain"]
    assert json.loads(rows[4]["details"]) == {"label": "plain"}
    assert rows[4]["time"].endswith("Z")
    assert rows[4]["written_by"] == "cse_accounts"


async def test_events_are_chosen_by_person_act_and_time(audit_log: Log) -> None:
    await audit_log.write("hers")
    async with audit_log.writers.connection() as connection:
        await log.record(connection, Act.SESSION_BEGUN, VISITOR, person=UUID(int=2), target="his")
    await audit_log.sealer.seal()
    (time_us,) = audit_log.database.rows(
        "SELECT (extract(epoch FROM occurred_at) * 1000000)::bigint FROM audit.events WHERE target = 'his'"
    )[0]
    assert targets(audit_log, Selection()) == ["hers", "his"]
    assert targets(audit_log, Selection(person=ADA.person)) == ["hers"]
    assert targets(audit_log, Selection(act="session.begun")) == ["his"]
    assert targets(audit_log, Selection(since_us=time_us)) == ["his"]
    assert targets(audit_log, Selection(until_us=time_us)) == ["hers"]


async def paged(audit_log: Log, form: Format, selection: Selection) -> str:
    async with postgres.pool(audit_log.database.configuration, READ_ROLE, size=1) as pool:
        return "".join([page.decode() async for page in pages(pool, selection, form)])


async def test_page_by_page_it_is_the_same(audit_log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    async with audit_log.writers.connection() as connection:
        for number in range(5):
            await log.record(connection, Act.SESSION_NAMED, VISITOR, target=f"={number}")
    monkeypatch.setattr(export_module, "_FETCH", 2)
    for form in ("jsonl", "csv"):
        whole = exported(audit_log, form).splitlines()
        assert sorted((await paged(audit_log, form, Selection())).splitlines()) == sorted(whole)
    assert (await paged(audit_log, "csv", Selection(act="no.such"))).count("\r\n") == 1
    assert await paged(audit_log, "jsonl", Selection(act="no.such")) == ""


async def test_it_is_chosen_by_who_and_by_what_it_was_done_to(audit_log: Log) -> None:
    other = UUID(int=7)
    async with audit_log.writers.connection() as connection:
        await log.record(connection, Act.SESSION_NAMED, Actor.operator("root"), target="LAB-USDC")
        await log.record(connection, Act.SESSION_NAMED, VISITOR, person=other, target="hers")
    assert targets(audit_log, Selection(actor="root")) == ["LAB-USDC"]
    assert targets(audit_log, Selection(subject="LAB-USDC")) == ["LAB-USDC"]
    assert targets(audit_log, Selection(subject=str(other))) == ["hers"]
    assert targets(audit_log, Selection(subject="' OR true --")) == []
