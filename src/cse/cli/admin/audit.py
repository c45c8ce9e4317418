"""`./cse admin audit`: the audit log written out, and its latest checkpoint. It needs PostgreSQL alone."""

from __future__ import annotations

import argparse
import asyncio
import sys
from typing import TextIO
from uuid import UUID

from cse.accounts.service import find_person
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.checkpoints import CheckpointFile
from cse.audit.export import export
from cse.audit.models import Actor, Details, Selection
from cse.audit.roles import READ_ROLE
from cse.cli.admin.operator import ACCOUNTS_ROLE, ROLE, Line, NotRunning, login
from cse.cli.verify import running_postgres
from cse.domain import codes
from cse.domain.errors import CodedError
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
    actions.add_parser("checkpoint", parents=[where], help="print the latest checkpoint, to keep elsewhere")


def audit(configuration: Configuration, options: argparse.Namespace, line: Line) -> None:
    """Runs one line.

    Raises:
        CodedError: a time or a person that is none.
        NotRunning: there is no log, or no checkpoint yet.
    """
    if options.action == "checkpoint":
        sys.stdout.write(_checkpoint(configuration))
        return
    if not (configuration.data / "postgres").exists() and configuration.database_url is None:
        raise NotRunning(f"{configuration.data} holds no exchange")
    with running_postgres(configuration):
        selection = asyncio.run(_selected(configuration, options, line))
        _write(configuration, selection, options, sys.stdout)


def _checkpoint(configuration: Configuration) -> str:
    try:
        return CheckpointFile(configuration.data).path.read_text()
    except FileNotFoundError:
        raise NotRunning(f"{configuration.data} holds no checkpoint yet") from None


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
        person = await find_person(accounts, email)
    if person is None:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field=email)
    return person


def _write(
    configuration: Configuration, selection: Selection, options: argparse.Namespace, out: TextIO
) -> None:
    with postgres.connect(configuration, READ_ROLE) as connection:
        count = export(connection, selection, options.format, out)
    out.flush()
    print(f"{count:,} events.", file=sys.stderr)
