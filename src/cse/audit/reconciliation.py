"""Holds the audit log against its chain, and the chain against what was signed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from cse.audit.checkpoints import Checkpoint, CheckpointFile, CheckpointKey, CheckpointUnreadable
from cse.audit.digests import BEGINNING, event_digest, link_digest
from cse.audit.models import Event, Link
from cse.audit.store import EVENT
from cse.runtime.findings import Findings
from cse.runtime.http.times import format_time
from cse.runtime.postgres import SyncConnection

_FETCH: Final = 1_000
# Every link with its event, or nothing where that is gone.
_CHAINED: Final = f"""
    SELECT chain.position, chain.event, chain.event_digest, chain.digest, {EVENT}
    FROM audit.chain LEFT JOIN audit.events ON events.id = chain.event ORDER BY chain.position
"""  # noqa: S608
_LINK_FIELDS: Final = len(Link._fields)
_OUTSIDE: Final = f"""
    SELECT {EVENT} FROM audit.events
    WHERE NOT EXISTS (SELECT FROM audit.chain WHERE event = id)
        AND NOT EXISTS (SELECT FROM audit.unsealed WHERE event = id)
    ORDER BY id
"""  # noqa: S608
_CHECKPOINTS: Final = """
    SELECT checkpoints.position, checkpoints.digest,
        (extract(epoch FROM signed_at) * 1000000)::bigint, signature, chain.digest
    FROM audit.checkpoints LEFT JOIN audit.chain USING (position) ORDER BY checkpoints.position
"""
_LINK_AT: Final = "SELECT digest FROM audit.chain WHERE position = %s"


def reconcile_audit(
    connection: SyncConnection,
    key: CheckpointKey,
    file: CheckpointFile,
    copies: dict[str, Checkpoint],
    findings: Findings,
) -> None:
    """Names every event that was changed, every gap, whatever is gone, and what stands outside the chain.

    Args:
        connection: as a role that may read all of the schema, with no transaction open.
        copies: checkpoints that were kept elsewhere, by the name of their file.
    """
    # Before the look at PostgreSQL: what is signed meanwhile is no more than what is seen there.
    held = _file_checkpoint(file, findings)
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    end = _check_chain(connection, findings)
    _check_outside(connection, findings)
    last = _check_checkpoints(connection, key, findings)
    if last != end:
        findings.add("checkpoints", f"the chain ends at {end}, and the last checkpoint is of {last}")
    if held is None and end:
        findings.add("checkpoints", f"{file.path} is missing")
    others = copies if held is None else {str(file.path): held, **copies}
    for name, checkpoint in others.items():
        row = connection.execute(_LINK_AT, (checkpoint.position,)).fetchone()
        findings.count("checkpoints", 1)
        _check_checkpoint(name, checkpoint, None if row is None else row[0], key, findings)


def _file_checkpoint(file: CheckpointFile, findings: Findings) -> Checkpoint | None:
    try:
        return file.read()
    except CheckpointUnreadable as error:
        findings.add("checkpoints", f"{file.path} is no checkpoint: {error}")
        return None


def _check_chain(connection: SyncConnection, findings: Findings) -> int:
    """Goes through all links; the last position."""
    position, before = 0, BEGINNING
    for link, event in _chained(connection):
        findings.count("events", 1)
        findings.count("chain", 1)
        is_next = link.position == position + 1
        if not is_next:
            findings.add("chain", _gap(position + 1, link.position - 1))
        _check_event(link, event, findings)
        # Behind a gap nothing says what stood before.
        if is_next and link.digest != link_digest(link.position, before, link.event_digest):
            findings.add("chain", f"position {link.position}: the link is not the one that was made")
        position, before = link.position, link.digest
    return position


def _chained(connection: SyncConnection) -> Iterator[tuple[Link, Event | None]]:
    with connection.cursor(name="audit_chain") as cursor:
        cursor.itersize = _FETCH
        cursor.execute(_CHAINED.encode())
        for row in cursor:
            rest = row[_LINK_FIELDS:]
            yield Link(*row[:_LINK_FIELDS]), None if rest[0] is None else Event(*rest)


def _check_event(link: Link, event: Event | None, findings: Findings) -> None:
    if event is None:
        findings.add("events", f"position {link.position}: the event {link.event} was removed")
    elif event_digest(event) != link.event_digest:
        findings.add("events", f"position {link.position}: {_named(event)} was changed")


def _gap(first: int, last: int) -> str:
    if first == last:
        return f"position {first} is missing"
    return f"positions {first} to {last} are missing"


def _check_outside(connection: SyncConnection, findings: Findings) -> None:
    for row in connection.execute(_OUTSIDE.encode()):
        findings.add("events", f"{_named(Event(*row))} stands outside the chain, and is not waiting for it")
    counts = connection.execute(
        "SELECT count(*), count(*) FILTER (WHERE id IS NULL) FROM audit.unsealed"
        " LEFT JOIN audit.events ON id = event"
    ).fetchone()
    assert counts is not None
    waiting, gone = counts
    findings.count("waiting", waiting)
    if gone:
        findings.add("waiting", f"{gone} events were removed before they were chained")


def _check_checkpoints(connection: SyncConnection, key: CheckpointKey, findings: Findings) -> int:
    """Holds every checkpoint in PostgreSQL against the chain; the last one's position."""
    last = 0
    for *fields, digest in connection.execute(_CHECKPOINTS).fetchall():
        checkpoint = Checkpoint(*fields)
        findings.count("checkpoints", 1)
        _check_checkpoint("the checkpoint", checkpoint, digest, key, findings)
        last = checkpoint.position
    return last


def _check_checkpoint(
    name: str, checkpoint: Checkpoint, digest: bytes | None, key: CheckpointKey, findings: Findings
) -> None:
    said = f"{name} of {format_time(checkpoint.time_us)} at position {checkpoint.position}"
    if not key.signed(checkpoint):
        findings.add("checkpoints", f"{said} is not signed by this exchange's key")
    elif digest is None:
        findings.add("checkpoints", f"{said}: the chain has no such position, its end was cut off")
    elif digest != checkpoint.digest:
        findings.add("checkpoints", f"{said}: the chain is another one than was signed")


def _named(event: Event) -> str:
    who = f" of person {event.person}" if event.person else ""
    return f"{event.act} {event.id} at {format_time(event.time_us)}{who}"
