"""`./cse admin organisation`: whose there are, freezing one, letting one go."""

from __future__ import annotations

import argparse
from uuid import UUID

from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login


def add_organisations(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the parser of the subject."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listed = actions.add_parser("list", parents=[where], help="those that a person is a member of")
    listed.add_argument("email")
    freeze = actions.add_parser("freeze", parents=[where], help="no orders and no transfers, by no member")
    unfreeze = actions.add_parser("unfreeze", parents=[where], help="as before")
    for changed in (freeze, unfreeze):
        changed.add_argument("organisation", type=UUID, help="its id")
        changed.add_argument("--reason", required=True, help="why, for operators")
    freeze.add_argument("--keep-orders", action="store_true", help="open orders are not cancelled")


async def list_organisations(operator: Operator, options: argparse.Namespace) -> str:
    """Those that a person is a member of."""
    person = await operator.person(options.email)
    async with operator.organisation_freezes() as freezes:
        found = await freezes.of_person(person, Actor.operator(login()))
    lines = [f"{one.id}  {'frozen  ' if one.frozen else ''}{one.name}" for one in found]
    return "\n".join(lines) or f"{options.email} is a member of none."


async def freeze_organisation(operator: Operator, options: argparse.Namespace) -> str:
    """Freezes an organisation: nothing is placed or moved for it."""
    by, cancels = Actor.operator(login()), not options.keep_orders
    async with operator.organisation_freezes() as freezes:
        sequence = await freezes.freeze(options.organisation, options.reason, by, cancels_orders=cancels)
    orders = "are cancelled" if cancels else "stay and may trade"
    return f"{options.organisation} is frozen: open orders {orders} (sequence {sequence})."


async def unfreeze_organisation(operator: Operator, options: argparse.Namespace) -> str:
    """Lets an organisation go."""
    async with operator.organisation_freezes() as freezes:
        sequence = await freezes.unfreeze(options.organisation, options.reason, Actor.operator(login()))
    return f"{options.organisation} is free again (sequence {sequence})."
