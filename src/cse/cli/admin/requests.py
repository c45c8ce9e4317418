"""The lines of `./cse admin request`: what one operator has asked for and another is to decide.

Who sits at the machine has asked for nothing at the desk, and may decide about all of it.
"""

from __future__ import annotations

import argparse
from typing import Final

from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login
from cse.desk.requests.models import OperatorName, RequestView


def add_requests(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the command line."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", parents=[where], help="the last requests, those first that are open")
    approve = actions.add_parser("approve", parents=[where], help="have it carried out")
    refuse = actions.add_parser("refuse", parents=[where], help="have it not carried out")
    refuse.add_argument("--reason", required=True, help="why, for operators")
    for decided in (approve, refuse):
        decided.add_argument("request", metavar="ID")


async def list_requests(operator: Operator, _: argparse.Namespace) -> str:
    """The last requests."""
    async with operator.requests() as requests:
        return "\n".join(_line(view) for view in await requests.all(None)) or "There are no requests."


async def approve_request(operator: Operator, options: argparse.Namespace) -> str:
    """Has a request carried out."""
    async with operator.requests() as requests:
        view = await requests.approve(options.request, Actor.operator(login()), None)
    return f"Approved, and carried out: {_what(view)}."


async def refuse_request(operator: Operator, options: argparse.Namespace) -> str:
    """Has a request not carried out."""
    async with operator.requests() as requests:
        view = await requests.refuse(options.request, options.reason, Actor.operator(login()), None)
    return f"Refused: {_what(view)}."


_WORDS: Final = {"open": "open, until {expires_at}", "approved": "approved by {decided_by}"}


def _line(view: RequestView) -> str:
    decided_by = "" if view.decided_by is None else _who(view.decided_by)
    state = _WORDS.get(view.state, view.state).format(expires_at=view.expires_at, decided_by=decided_by)
    return f"{view.id}  {state}  {_what(view)}; asked by {_who(view.asked_by)}: {view.reason}"


def _what(view: RequestView) -> str:
    return f"{view.act} {view.subject_email or view.subject}: {view.before or 'nothing'} -> {view.after}"


def _who(name: OperatorName) -> str:
    return name.email or name.name
