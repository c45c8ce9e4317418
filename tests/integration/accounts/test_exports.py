"""Making an archive of a person's data, whoever dies meanwhile; and that no table is forgotten."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import AsyncIterator, Sequence
from typing import Any, cast

import pytest

from cse.accounts.exports import store
from cse.accounts.exports.service import PersonExports
from cse.accounts.exports.subjects import OWN
from cse.accounts.exports.worker import PIECE_BYTES, ExportWorker
from cse.accounts.notifications.service import NotificationCentre
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.encryption import Encryption
from cse.runtime.exporting import Row, Source, Subject, Whose
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Connected
from cse.services.edge_exports import LEFT_OUT, sources_of
from tests.integration.accounts.conftest import EMAIL, KEYS, Room
from tests.postgres import Database

READY = "Your data is ready - CS Exchange"


def worker(room: Room, *subjects: Subject) -> ExportWorker:
    return ExportWorker(room.pool, Encryption(KEYS), [Source(room.pool, subjects)])


def exports(room: Room) -> PersonExports:
    return PersonExports(room.pool, Encryption(KEYS))


def subject(*pages: Sequence[Row] | Exception, columns: tuple[str, ...] = ("a",)) -> Subject:
    async def found(_: Connected, __: Whose) -> AsyncIterator[Sequence[Row]]:
        for page in pages:
            if isinstance(page, Exception):
                raise page
            yield page

    return Subject("found", (), found, columns)


async def asked(room: Room) -> tuple[Caller, str]:
    caller = room.caller(await room.sign_in())
    return caller, (await exports(room).ask(caller)).id


async def fetched(room: Room, caller: Caller, export: str) -> dict[str, str]:
    """The files of an archive."""
    pieces = [piece async for piece in await exports(room).archive(caller, export)]
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_table_is_in_the_archive_or_left_out_for_a_reason(database: Database) -> None:
    nobody = cast(Any, None)
    named = {
        table
        for source in sources_of(nobody, nobody, nobody, nobody, nobody, nobody)
        for subject in source.subjects
        for table in subject.tables
    }
    there = {
        name
        for (name,) in database.rows(
            "SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
            " AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'public')"
        )
    }
    assert there - named - LEFT_OUT.keys() == set(), "say of these what becomes of them in an export"
    assert (named | LEFT_OUT.keys()) - there == set(), "these are no tables any more"
    assert named & LEFT_OUT.keys() == set()


async def test_it_is_made_once_told_once_and_opens_for_nobody_else(room: Room, database: Database) -> None:
    caller, export = await asked(room)
    with pytest.raises(CodedError) as refused:
        await exports(room).ask(caller)
    assert refused.value.code is codes.TOO_MANY_ATTEMPTS
    with pytest.raises(CodedError) as refused:
        await exports(room).archive(caller, export)
    assert refused.value.code is codes.NOT_FOUND, "it is not ready yet"
    one = worker(room, *OWN)
    assert await one.make_next()
    assert not await one.make_next()
    files = await fetched(room, caller, export)
    assert json.loads(files["profile.jsonl"])["email"] == EMAIL
    assert [json.loads(line)["address"] for line in files["sessions.jsonl"].splitlines()] == ["203.0.113.1"]
    assert "$argon2" not in "".join(files.values())
    assert [one.subject for one in await room.mails()] == [READY]
    assert await NotificationCentre(room.pool).unread(caller) == 1
    acts = database.rows("SELECT act FROM audit.events WHERE act LIKE 'export.%%' ORDER BY id")
    assert acts == [("export.asked",), ("export.made",), ("export.fetched",)]
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    for other in (export, "none"):
        with pytest.raises(CodedError) as refused:
            await exports(room).archive(eve, other)
        assert refused.value.code is codes.NOT_FOUND
    kept = b"".join(bytes(row[0]) for row in database.rows("SELECT sealed FROM accounts.export_pieces"))
    assert b"PK\x03\x04" not in kept


async def test_who_takes_it_over_makes_it_anew_and_the_first_comes_to_nothing(
    room: Room, database: Database
) -> None:
    caller, export = await asked(room)

    async def slow(_: Connected, __: Whose) -> AsyncIterator[Sequence[Row]]:
        yield [{"a": "first"}]
        database.change("UPDATE accounts.exports SET leased_until = now() - interval '1 second'")
        assert await worker(room, subject([{"a": "second"}])).make_next()
        yield [{"a": "first"}]

    assert await worker(room, Subject("found", (), slow, ("a",))).make_next()
    assert (await fetched(room, caller, export))["found.csv"] == "a\r\nsecond\r\n"
    assert len(await room.mails()) == 1
    assert database.rows("SELECT tries, pieces FROM accounts.exports") == [(2, 1)]


async def test_what_cannot_be_made_is_tried_again_and_given_up_and_may_be_asked_for_anew(
    room: Room, database: Database
) -> None:
    caller, _ = await asked(room)
    broken = worker(room, subject(ValueError("it is broken")))
    for _try in range(store.TRIES_MAX):
        with pytest.raises(ValueError, match="broken"):
            await broken.make_next()
        assert not await broken.make_next(), "nobody takes it at once"
        database.change("UPDATE accounts.exports SET leased_until = now() - interval '1 second'")
    assert await broken.make_next()
    assert [one.state for one in (await exports(room).look(caller)).items] == ["failed"]
    assert await room.mails() == []
    again = await exports(room).ask(caller)
    assert again.state == "waiting"


async def test_a_large_one_is_kept_in_pieces_and_forgotten_in_the_end(room: Room, database: Database) -> None:
    caller, export = await asked(room)
    # Digests do not get shorter.
    rows = [
        {"a": bytes((number * 7919 + k * k * 31) % 251 for k in range(600)).hex()} for number in range(900)
    ]
    assert await worker(room, subject(rows, rows, columns=())).make_next()
    ((pieces, size, longest),) = database.rows(
        "SELECT pieces, bytes, (SELECT max(length(sealed)) FROM accounts.export_pieces) FROM accounts.exports"
    )
    assert pieces == -(-size // PIECE_BYTES)
    assert longest < PIECE_BYTES + 100
    found = (await fetched(room, caller, export))["found.jsonl"].splitlines()
    assert [json.loads(line) for line in found] == rows * 2
    database.change("UPDATE accounts.exports SET expires_at = now()")
    async with room.pool.connection() as connection:
        await store.sweep(connection)
    assert database.rows("SELECT count(*) FROM accounts.export_pieces") == [(0,)]
    assert [one.state for one in (await exports(room).look(caller)).items] == ["expired"]


async def test_of_who_has_closed_the_account_nothing_is_made(room: Room, database: Database) -> None:
    await asked(room)

    async def meanwhile(_: Connected, __: Whose) -> AsyncIterator[Sequence[Row]]:
        database.change("DELETE FROM accounts.exports")
        yield []

    assert await worker(room, Subject("found", (), meanwhile, ("a",))).make_next()
    assert await room.mails() == []
