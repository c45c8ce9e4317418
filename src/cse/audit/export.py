"""The audit log as lines: JSON, from which digests can be computed, or CSV for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal, TextIO, TypeAlias
from uuid import UUID

import msgspec
from psycopg import Connection

from cse.audit.digests import plain
from cse.audit.models import Event
from cse.audit.store import EVENT
from cse.runtime.http.times import format_time

Format: TypeAlias = Literal["jsonl", "csv"]
_FETCH: Final = 1_000
_JSON: Final = msgspec.json.Encoder(order="sorted")
# Where a spreadsheet takes a text for a formula. People choose what some of these texts are.
_FORMULA: Final = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events; None is all. Times in microseconds since 1970, `until_us` excluded."""

    since_us: int | None = None
    until_us: int | None = None
    person: UUID | None = None
    act: str | None = None


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


def _chosen(connection: Connection[tuple[Any, ...]], selection: Selection) -> Iterator[tuple[Event, Place]]:
    query = f"""
        SELECT {EVENT}, chain.position, chain.digest
        FROM audit.events LEFT JOIN audit.chain ON chain.event = events.id
        WHERE (%(since_us)s::bigint IS NULL OR occurred_at >= to_timestamp(%(since_us)s / 1000000.0))
            AND (%(until_us)s::bigint IS NULL OR occurred_at < to_timestamp(%(until_us)s / 1000000.0))
            AND (%(person)s::uuid IS NULL OR person = %(person)s)
            AND (%(act)s::text IS NULL OR act = %(act)s)
        ORDER BY chain.position NULLS LAST, id
    """  # noqa: S608
    wanted = {
        "since_us": selection.since_us, "until_us": selection.until_us,
        "person": selection.person, "act": selection.act,
    }  # fmt: skip
    with connection.cursor(name="audit_export") as cursor:
        cursor.itersize = _FETCH
        cursor.execute(query.encode(), wanted)
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


def cell(value: str | None) -> str:
    """A text that is no formula to a spreadsheet: what would be one stands behind an apostrophe."""
    text = value or ""
    return f"'{text}" if text.startswith(_FORMULA) else text
