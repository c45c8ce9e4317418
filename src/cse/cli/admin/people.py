"""The lines of `./cse admin account` that look at people. Each look is recorded, as one at the desk is."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from cse.audit.models import Actor
from cse.cli.admin.operator import Operator, login
from cse.desk.people.models import TIMELINE_MAX, PersonDetail, PersonView, TimelineEntry

# What `add_subparsers` gives; the module has no other name for it.
Actions: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_looks(actions: Actions, where: argparse.ArgumentParser) -> None:
    """Adds the actions beside those that change something."""
    find = actions.add_parser("find", parents=[where], help="find people")
    find.add_argument("sought", help="the beginning of an e-mail, an account's number, or a person's id")
    show = actions.add_parser("show", parents=[where], help="a person and what they have")
    timeline = actions.add_parser(
        "timeline", parents=[where], help="what was done to a person and by them, the latest first"
    )
    for one in (show, timeline):
        one.add_argument("email", help="or the person's id")
    timeline.add_argument(
        "--limit", type=int, choices=range(1, TIMELINE_MAX + 1), default=50, metavar="COUNT"
    )
    timeline.add_argument("--cursor", help="goes on where a page before has ended")


async def find_people(operator: Operator, options: argparse.Namespace) -> str:
    """Who is found."""
    async with operator.people() as looks:
        found = await looks.search(Actor.operator(login()), options.sought)
    return "\n".join(map(_found, found)) or "Nobody is found."


async def show_person(operator: Operator, options: argparse.Namespace) -> str:
    """A person and what they have."""
    person = str(await operator.person(options.email))
    async with operator.people() as looks:
        return _words(await looks.one(Actor.operator(login()), person))


async def show_timeline(operator: Operator, options: argparse.Namespace) -> str:
    """A page of a person's past."""
    person = str(await operator.person(options.email))
    async with operator.people() as looks:
        by = Actor.operator(login())
        page = await looks.timeline(by, person, options.cursor, options.limit)
    lines = [f"{one.at}  {_entry(one)}  {one.reference}" for one in page.items]
    if page.next_cursor is not None:
        lines.append(f"There is more: --cursor {page.next_cursor}")
    return "\n".join(lines) or "There is nothing."


def _found(person: PersonView) -> str:
    account = "no account yet" if person.account is None else f"account {person.account}"
    state = " closed" if person.closed_since else " frozen" if person.frozen_since else ""
    return f"{person.person}  {person.email}  {account}{state}"


def _words(detail: PersonDetail) -> str:
    person = detail.person
    known = person.email_verified_since
    said = [
        _found(person),
        f"{person.display_name!r}, here since {person.created_at}",
        "e-mail not verified" if known is None else f"e-mail verified at {known}",
        *([] if person.frozen_since is None else [f"frozen since {person.frozen_since}"]),
        *([] if detail.frozen_reason is None else [f"frozen because: {detail.frozen_reason}"]),
        *([] if person.closed_since is None else [f"closed since {person.closed_since}"]),
        f"fee tier {detail.fee_tier}; signs in by {', '.join(detail.methods)}",
        f"{detail.sessions} sessions, {detail.api_keys} API keys, {detail.open_orders} open orders",
        *(f"{one.asset}  {one.available} available, {one.locked} locked" for one in detail.balances),
        *([f"operator: {', '.join(detail.roles)}"] if detail.roles else []),
    ]
    return "\n".join(said)


def _entry(entry: TimelineEntry) -> str:
    if entry.order is not None:
        order = entry.order
        return f"order {order.market} {order.side} {order.quantity}: {order.status}"
    if entry.transfer is not None:
        return f"transfer {entry.transfer.amount} {entry.transfer.asset}: {entry.transfer.reason}"
    event = entry.event
    assert event is not None, "an entry is one of three"
    refused = f", refused: {event.refused}" if event.refused else ""
    details = "".join(f", {name}={value}" for name, value in sorted(event.details.items()))
    return f"{event.act} by {event.actor} {event.actor_name}{details}{refused}"
