"""The lines of `./cse admin incident`: what everybody is told while something is wrong.

They need PostgreSQL alone: what is wrong may be that nothing else runs.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import get_args

from cse.audit.models import Actor
from cse.cli.admin.operator import NotRunning, login
from cse.cli.verify import running_postgres
from cse.desk import service as desk
from cse.desk.incidents import Incidents
from cse.desk.models import INCIDENT_TEXT_MAX, Incident, IncidentTexts, NewIncident, Severity
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.http.times import format_time


def add_incidents(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the command line."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", parents=[where], help="the last ones, the latest first")
    begin = actions.add_parser("begin", parents=[where], help="tell everybody, in the place of one before")
    begin.add_argument("severity", choices=get_args(Severity))
    begin.add_argument("--en", type=_text, required=True, metavar="TEXT", help="what is told in English")
    begin.add_argument("--ar", type=_text, metavar="TEXT", help="and in Arabic; English where it is missing")
    actions.add_parser("end", parents=[where], help="end the one that goes on")


def incidents(configuration: Configuration, options: argparse.Namespace) -> str:
    """Runs one line; what to say afterwards. Raises `NotRunning` where there is no exchange."""
    if not (configuration.data / "postgres").exists() and configuration.database_url is None:
        raise NotRunning(f"{configuration.data} holds no exchange")
    with running_postgres(configuration):
        return asyncio.run(_carry_out(configuration, options))


async def _carry_out(configuration: Configuration, options: argparse.Namespace) -> str:
    async with postgres.pool(configuration, desk.ROLE, size=1) as pool:
        told = Incidents(pool)
        by = Actor.operator(login())
        if options.action == "begin":
            asked = NewIncident(options.severity, IncidentTexts(options.en, options.ar))
            return _line(await told.begin(asked, by))
        if options.action == "end":
            return "It is over." if await told.end(by) else "No incident goes on."
        return "\n".join(map(_line, await told.last())) or "There was no incident."


def _line(incident: Incident) -> str:
    ended_us = incident.ended_at_us
    until = "now" if ended_us is None else format_time(ended_us)
    texts = " / ".join(text for text in incident.texts.values() if text)
    return f"{format_time(incident.begun_at_us)} until {until}  {incident.severity}  {texts}"


def _text(text: str) -> str:
    if not 0 < len(text) <= INCIDENT_TEXT_MAX:
        raise argparse.ArgumentTypeError(f"expected 1 to {INCIDENT_TEXT_MAX} characters")
    return text
