"""`./cse admin audit`: the audit log searched and written out, and its seal. It needs PostgreSQL alone."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TextIO
from uuid import UUID

from cse.accounts.people.named import find_person
from cse.accounts.people.service import People
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.checkpoints import CheckpointFile
from cse.audit.export import export
from cse.audit.models import Actor, Details, Selection
from cse.audit.roles import READ_ROLE
from cse.cli.admin.operator import ACCOUNTS_ROLE, ROLE, Line, NotRunning, login
from cse.cli.verify import running_postgres
from cse.desk import service as desk
from cse.desk.audit.models import AUDIT_PAGE_MAX, AuditChain, AuditEventView, AuditQuery
from cse.desk.audit.service import ACTS, AuditDesk
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.http.times import parse_time


def add_audit(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the command line."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    written = actions.add_parser("export", parents=[where], help="write its events to standard output")
    written.add_argument("--format", choices=("jsonl", "csv"), default="jsonl", help="(%(default)s)")
    written.add_argument("--since", metavar="TIME", help="from then on, such as 2030-01-01T00:00:00Z")
    written.add_argument("--until", metavar="TIME", help="up to then")
    written.add_argument("--person", metavar="EMAIL", help="what concerns this person's account")
    written.add_argument(
        "--act", choices=[act.value for act in Act], metavar="ACT", help="such as session.begun"
    )
    _add_search(actions.add_parser("search", parents=[where], help="the latest events that fit"))
    actions.add_parser("acts", parents=[where], help="every act that it knows")
    actions.add_parser("chain", parents=[where], help="how far it is sealed and verified")
    actions.add_parser("checkpoint", parents=[where], help="print the latest checkpoint, to keep elsewhere")


def _add_search(search: argparse.ArgumentParser) -> None:
    search.add_argument("--actor", help="a person by id or e-mail, a login or a service")
    search.add_argument("--act", help="such as session.begun")
    search.add_argument(
        "--subject", dest="about", help="what it was done to: a market, or a person by id or e-mail"
    )
    search.add_argument("--since", metavar="TIME", help="from then on, such as 2030-01-01T00:00:00Z")
    search.add_argument("--until", metavar="TIME", help="up to then")
    search.add_argument(
        "--limit", type=int, choices=range(1, AUDIT_PAGE_MAX + 1), default=50, metavar="COUNT"
    )
    search.add_argument("--cursor", help="goes on where a page before has ended")


def audit(configuration: Configuration, options: argparse.Namespace, line: Line) -> None:
    """Runs one line.

    Raises:
        CodedError: a time or a person that is none.
        NotRunning: there is no log, or no checkpoint yet.
    """
    if options.action == "checkpoint":
        sys.stdout.write(_checkpoint(configuration))
        return
    if options.action == "acts":
        print("\n".join(ACTS))
        return
    if not (configuration.data / "postgres").exists() and configuration.database_url is None:
        raise NotRunning(f"{configuration.data} holds no exchange")
    with running_postgres(configuration):
        if options.action != "export":
            print(asyncio.run(_shown(configuration, options)))
            return
        selection = asyncio.run(_selected(configuration, options, line))
        _write(configuration, selection, options, sys.stdout)


def _checkpoint(configuration: Configuration) -> str:
    try:
        return CheckpointFile(configuration.data).path.read_text()
    except FileNotFoundError:
        raise NotRunning(f"{configuration.data} holds no checkpoint yet") from None


async def _shown(configuration: Configuration, options: argparse.Namespace) -> str:
    async with (
        postgres.pool(configuration, ACCOUNTS_ROLE, size=1) as accounts,
        postgres.pool(configuration, desk.ROLE, size=1) as pool,
        postgres.pool(configuration, READ_ROLE, size=1) as events,
    ):
        shown = AuditDesk(pool, events, People(accounts), configuration.data)
        if options.action == "chain":
            return _chain(await shown.chain())
        asked = AuditQuery(
            options.actor, options.act, options.about, options.since, options.until, options.cursor,
            options.limit,
        )  # fmt: skip
        page = await shown.search(Actor.operator(login()), asked)
    lines = list(map(_line, page.items))
    if page.next_cursor is not None:
        lines.append(f"There is more: --cursor {page.next_cursor}")
    return "\n".join(lines) or "Nothing fits."


def _line(event: AuditEventView) -> str:
    whom = event.person_email or event.person
    words = [
        event.at,
        event.act,
        f"by {event.actor} {event.actor_email or event.actor_name}".rstrip(),
        *([] if whom is None else [f"of {whom}"]),
        *([] if event.target is None else [f"to {event.target}"]),
        *(f"{name}={value}" for name, value in sorted(event.details.items())),
        *([] if event.refused is None else [f"refused: {event.refused}"]),
    ]
    return "  ".join([*words, event.id])


def _chain(chain: AuditChain) -> str:
    signed = "signed never" if chain.signed_at is None else f"signed at {chain.signed_at}"
    verified = "It was never verified."
    if chain.verified_at is not None:
        verified = (
            f"Verified at {chain.verified_at}: {chain.verified_events} events, {chain.findings} findings."
        )
    return f"{chain.position} events are sealed, {signed}; {chain.waiting} wait.\n{verified}"


async def _selected(configuration: Configuration, options: argparse.Namespace, line: Line) -> Selection:
    """Which events are wanted; that somebody reads them is an event itself."""
    since_us = parse_time(options.since, field="--since") if options.since else None
    until_us = parse_time(options.until, field="--until") if options.until else None
    person = await _person(configuration, options.person) if options.person else None
    async with postgres.pool(configuration, ROLE, size=1) as pool, pool.connection() as connection:
        details = Details(command=line.command, arguments=line.arguments)
        by = Actor.operator(login())
        await log.record(connection, Act.AUDIT_EXPORTED, by, person=person, details=details)
    return Selection(since_us, until_us, person, options.act)


async def _person(configuration: Configuration, email: str) -> UUID:
    async with postgres.pool(configuration, ACCOUNTS_ROLE, size=1) as accounts:
        return await find_person(accounts, email)


def _write(
    configuration: Configuration, selection: Selection, options: argparse.Namespace, out: TextIO
) -> None:
    with postgres.connect(configuration, READ_ROLE) as connection:
        count = export(connection, selection, options.format, out)
    out.flush()
    print(f"{count:,} events.", file=sys.stderr)
