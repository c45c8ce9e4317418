"""The audit log as lines: JSON, from which digests can be computed, or CSV for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator, Callable, Iterator
from io import StringIO
from typing import Any, Final, Literal, TextIO, TypeAlias
from uuid import UUID

import msgspec
from psycopg import Connection

from cse.audit import store
from cse.audit.digests import plain
from cse.audit.models import Event, Selection
from cse.audit.store import EVENT, SELECTED
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool
from cse.runtime.spreadsheets import cell

Format: TypeAlias = Literal["jsonl", "csv"]
_FETCH: Final = 1_000
_JSON: Final = msgspec.json.Encoder(order="sorted")


class Place:
    """An event's place in the chain; no position yet where it is still to be sealed."""

    __slots__ = ("digest", "position")

    def __init__(self, position: int | None, digest: bytes | None) -> None:
        self.position = position
        self.digest = None if digest is None else digest.hex()


Write: TypeAlias = Callable[[Event, Place], None]


def export(connection: Connection[tuple[Any, ...]], selection: Selection, form: Format, out: TextIO) -> int:
    """Writes the chosen events in the order of the chain, the unsealed ones last; how many these were."""
    write = _csv(out) if form == "csv" else _jsonl(out)
    count = 0
    for event, place in _chosen(connection, selection):
        write(event, place)
        count += 1
    return count


async def pages(pool: Pool, selection: Selection, form: Format) -> AsyncIterator[bytes]:
    """The same in the order of the events' ids, page by page: who reads slowly holds no connection."""
    out = StringIO()
    write = _csv(out) if form == "csv" else _jsonl(out)
    last: UUID | None = None
    while True:
        async with pool.connection() as connection:
            rows = await store.selected_behind(connection, selection, last, _FETCH)
        for event, position, digest in rows:
            write(event, Place(position, digest))
        # The first page of CSV has a head, also where there is no event.
        if out.tell():
            yield out.getvalue().encode()
        if len(rows) < _FETCH:
            return
        last = rows[-1][0].id
        out.seek(0)
        out.truncate()


def _chosen(connection: Connection[tuple[Any, ...]], selection: Selection) -> Iterator[tuple[Event, Place]]:
    query = f"""
        SELECT {EVENT}, chain.position, chain.digest
        FROM audit.events LEFT JOIN audit.chain ON chain.event = events.id
        WHERE {SELECTED} ORDER BY chain.position NULLS LAST, id
    """  # noqa: S608
    with connection.cursor(name="audit_export") as cursor:
        cursor.itersize = _FETCH
        cursor.execute(query.encode(), selection.parameters())
        for *fields, position, digest in cursor:
            yield Event(*fields), Place(position, digest)


def _jsonl(out: TextIO) -> Write:
    def write(event: Event, place: Place) -> None:
        line = {"event": plain(event), "position": place.position, "digest": place.digest}
        out.write(_JSON.encode(line).decode() + "\n")

    return write


def _csv(out: TextIO) -> Write:
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(["position", "time", *[name for name in Event._fields if name != "time_us"], "digest"])

    def write(event: Event, place: Place) -> None:
        found = plain(event)
        time = format_time(found.pop("time_us"))
        found["details"] = _JSON.encode(found["details"]).decode()
        rows.writerow([place.position, time, *map(cell, found.values()), place.digest])

    return write
