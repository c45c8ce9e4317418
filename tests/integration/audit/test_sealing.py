"""Events are chained and signed behind their writers' backs, and whatever is done to them is named."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cse.audit.checkpoints import CheckpointKey
from cse.audit.sealing import ChainBroken
from tests.integration.audit.conftest import Log

pytestmark = pytest.mark.slow


async def test_what_is_committed_is_chained_in_the_order_in_which_it_is_found(audit_log: Log) -> None:
    assert await audit_log.sealer.seal() == 0
    await audit_log.write("one", "two")
    assert await audit_log.sealer.seal() == 2
    await audit_log.write("three")
    assert await audit_log.sealer.seal() == 1
    chained = audit_log.database.rows(
        "SELECT position, target FROM audit.chain JOIN audit.events ON id = event ORDER BY position"
    )
    assert chained == [(1, "one"), (2, "two"), (3, "three")]
    findings = audit_log.verify()
    assert findings.agree
    assert (findings.looked_at["events"], findings.looked_at["waiting"]) == (3, 0)
    assert findings.looked_at["checkpoints"] == 3, "two in PostgreSQL and one beside it"


async def test_no_writer_waits_for_another_or_for_the_chain(audit_log: Log) -> None:
    """What was begun first and committed last comes last, and nobody had to wait for it."""
    async with audit_log.writers.connection() as slow:
        await slow.execute(
            "INSERT INTO audit.events (id, act, actor, actor_name, address, user_agent, target, refused, details)"
            " VALUES ('00000000-0000-7000-8000-000000000000', 'person.added', 'visitor', '', '', '', 'slow',"
            " '', '{}')"
        )
        await audit_log.write("quick")
        assert await audit_log.sealer.seal() == 1
    assert await audit_log.sealer.seal() == 1
    chained = audit_log.database.rows(
        "SELECT target FROM audit.chain JOIN audit.events ON id = event ORDER BY position"
    )
    assert chained == [("quick",), ("slow",)]
    assert audit_log.verify().agree


async def test_several_that_seal_at_once_make_one_chain(audit_log: Log) -> None:
    await audit_log.write(*map(str, range(30)))
    sealed = await asyncio.gather(*[audit_log.sealer.seal() for _ in range(4)])
    assert sum(sealed) == 30
    findings = audit_log.verify()
    assert findings.agree
    assert findings.looked_at["chain"] == 30


async def test_what_is_rolled_back_leaves_no_event(audit_log: Log) -> None:
    with pytest.raises(RuntimeError):
        async with audit_log.writers.connection():
            await audit_log.write("kept")
            raise RuntimeError
    await audit_log.sealer.seal()
    assert audit_log.verify().looked_at["events"] == 1


# What somebody does who may do anything in PostgreSQL, and what is said of it.
TAMPERING = [
    (["UPDATE audit.events SET target = 'twp' WHERE target = 'two'"], "position 2: api_key.made"),
    (
        ["UPDATE audit.events SET occurred_at = occurred_at + interval '1 microsecond' WHERE target = 'two'"],
        "was changed",
    ),
    (["UPDATE audit.events SET details = '{\"label\": \"twp\"}' WHERE target = 'two'"], "was changed"),
    (["UPDATE audit.events SET written_by = 'cse_faucet' WHERE target = 'two'"], "was changed"),
    (["DELETE FROM audit.events WHERE target = 'two'"], "position 2: the event"),
    (
        [
            "DELETE FROM audit.chain WHERE position = 2",
            "DELETE FROM audit.events WHERE target = 'two'",
        ],
        "position 2 is missing",
    ),
    (
        [
            "DELETE FROM audit.chain WHERE position = 2",
            "DELETE FROM audit.events WHERE target = 'two'",
            "UPDATE audit.chain SET position = position - 1 WHERE position = 3",
            "UPDATE audit.chain SET position = position - 1 WHERE position = 4",
        ],
        "position 2: the link is not the one that was made",
    ),
    (["DELETE FROM audit.chain WHERE position < 3"], "positions 1 to 2 are missing"),
    (
        [
            "UPDATE audit.chain SET event_digest = sha256('other') WHERE position = 2",
        ],
        "position 2: the link is not the one that was made",
    ),
    (
        [
            "INSERT INTO audit.events SELECT gen_random_uuid(), now(), act, actor, actor_name, person, session,"
            " address, user_agent, 'forged', refused, details, written_by FROM audit.events LIMIT 1"
        ],
        "stands outside the chain",
    ),
    (
        ["DELETE FROM audit.checkpoints WHERE position = 4"],
        "the chain ends at 4, and the last checkpoint is of 0",
    ),
    (["UPDATE audit.checkpoints SET digest = sha256('other')"], "is not signed by this exchange's key"),
    # The end of all three, so that PostgreSQL agrees with itself.
    (
        ["DELETE FROM audit.chain", "DELETE FROM audit.events", "DELETE FROM audit.checkpoints"],
        "the chain has no such position, its end was cut off",
    ),
]


@pytest.mark.parametrize(("statements", "said"), TAMPERING)
async def test_whatever_a_superuser_changes_is_named(
    audit_log: Log, statements: list[str], said: str
) -> None:
    await audit_log.write("one", "two", "three", "four")
    await audit_log.sealer.seal()
    for statement in statements:
        assert audit_log.as_superuser(statement) > 0
    assert any(said in text for text in audit_log.said()), audit_log.said()


async def test_a_change_is_named_and_what_stands_around_it_is_not(audit_log: Log) -> None:
    await audit_log.write("one", "two", "three")
    await audit_log.sealer.seal()
    audit_log.as_superuser("UPDATE audit.events SET address = '203.0.113.9' WHERE target = 'two'")
    (said,) = audit_log.said()
    assert said.startswith("position 2: ")


async def test_the_end_cut_off_is_named_by_the_checkpoint_beside_postgresql(audit_log: Log) -> None:
    await audit_log.write("one")
    await audit_log.sealer.seal()
    await audit_log.write("two")
    await audit_log.sealer.seal()
    for statement in (
        "DELETE FROM audit.chain WHERE position = 2",
        "DELETE FROM audit.events WHERE target = 'two'",
        "DELETE FROM audit.checkpoints WHERE position = 2",
    ):
        assert audit_log.as_superuser(statement) == 1
    (said,) = audit_log.said()
    assert f"{audit_log.file.path} of " in said
    assert "at position 2: the chain has no such position" in said


async def test_a_checkpoint_kept_elsewhere_outlives_one_that_is_taken_away(audit_log: Log) -> None:
    await audit_log.write("one", "two")
    await audit_log.sealer.seal()
    kept = audit_log.file.read()
    assert kept is not None
    assert audit_log.verify(elsewhere=kept).agree
    audit_log.file.path.unlink()
    for table in ("chain", "events", "checkpoints"):
        audit_log.as_superuser(f"DELETE FROM audit.{table}")
    assert audit_log.said() == []
    (said,) = audit_log.said(elsewhere=kept)
    assert said.startswith("elsewhere of ")


async def test_a_log_made_anew_with_another_key_is_not_believed(audit_log: Log) -> None:
    await audit_log.write("one")
    await audit_log.sealer.seal()
    audit_log.key = CheckpointKey(Ed25519PrivateKey.generate())
    assert len([text for text in audit_log.said() if "not signed by this exchange's key" in text]) == 2


async def test_an_event_removed_before_it_was_chained_is_named(audit_log: Log) -> None:
    await audit_log.write("one")
    audit_log.as_superuser("DELETE FROM audit.events")
    assert audit_log.said() == ["1 events were removed before they were chained"]


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM audit.chain WHERE position = 2"],
        ["DELETE FROM audit.chain WHERE position = 2", "DELETE FROM audit.checkpoints WHERE position = 2"],
        ["UPDATE audit.checkpoints SET signature = digest || digest WHERE position = 2"],
    ],
)
async def test_nothing_is_added_to_a_chain_that_does_not_end_as_signed(
    audit_log: Log, statements: list[str]
) -> None:
    for label in ("one", "two"):
        await audit_log.write(label)
        await audit_log.sealer.seal()
    for statement in statements:
        audit_log.as_superuser(statement)
    await audit_log.write("three")
    with pytest.raises(ChainBroken):
        await audit_log.sealer.seal()
    assert audit_log.database.rows("SELECT count(*) FROM audit.unsealed") == [(1,)]


async def test_a_chain_that_was_tampered_with_shows_in_the_figures_until_it_is_whole(audit_log: Log) -> None:
    async def until(broken: bool) -> None:
        async with asyncio.timeout(30):
            while audit_log.sealer.status()["audit_broken"] is not broken:
                await asyncio.sleep(0.01)

    await audit_log.write("one")
    await audit_log.sealer.seal()
    assert audit_log.sealer.status() == {"audit_position": 1, "audit_broken": False}
    kept = audit_log.file.path.read_bytes()
    audit_log.file.path.write_bytes(b"{}")
    working = asyncio.create_task(audit_log.sealer.run())
    await until(broken=True)
    audit_log.file.path.write_bytes(kept)
    await until(broken=False)
    working.cancel()


async def test_a_file_that_a_crash_left_behind_is_brought_up(audit_log: Log) -> None:
    await audit_log.write("one")
    await audit_log.sealer.seal()
    before = audit_log.file.path.read_bytes()
    await audit_log.write("two")
    await audit_log.sealer.seal()
    after = audit_log.file.path.read_bytes()
    audit_log.file.path.write_bytes(before)
    assert audit_log.verify().agree
    assert await audit_log.sealer.seal() == 0
    assert audit_log.file.path.read_bytes() == after


@pytest.mark.parametrize("table", ["events", "chain", "checkpoints"])
@pytest.mark.parametrize("statement", ["UPDATE audit.{} SET {}", "DELETE FROM audit.{}", "TRUNCATE audit.{}"])
async def test_the_owner_does_not_change_it_by_mistake(audit_log: Log, table: str, statement: str) -> None:
    await audit_log.write("one")
    await audit_log.sealer.seal()
    column = "act = act" if table == "events" else "position = position"
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="is added to and never changed"):
        audit_log.database.change(statement.format(table, column))
