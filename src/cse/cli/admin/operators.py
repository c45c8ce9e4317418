"""The lines of `./cse admin operator`: who operates the exchange. They need PostgreSQL alone."""

from __future__ import annotations

import argparse
import asyncio
from typing import Final
from uuid import UUID

from cse.accounts.people.named import find_known_person, find_person
from cse.accounts.people.service import People
from cse.audit.models import Actor
from cse.cli.admin.operator import ACCOUNTS_ROLE, NotRunning, login
from cse.cli.verify import running_postgres
from cse.demo.person.kept_operator import kept_operator
from cse.desk import service as desk
from cse.domain.operators import Role
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.postgres import Pool

_ROLE_HELP: Final = ", ".join(Role)


def add_operators(parser: argparse.ArgumentParser, where: argparse.ArgumentParser) -> None:
    """Adds the actions to the command line."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", parents=[where], help="give a person roles")
    remove = actions.add_parser("remove", parents=[where], help="take roles away, all if none is named")
    for changed in (add, remove):
        changed.add_argument("email")
        changed.add_argument(
            "--role",
            dest="roles",
            action="append",
            type=Role,
            choices=list(Role),
            metavar="ROLE",
            required=changed is add,
            help=f"{_ROLE_HELP}; may be said several times",
        )
    actions.add_parser("list", parents=[where], help="everybody with a role")
    actions.add_parser("code", parents=[where], help="the demo operator's sign-in, with a code of just now")


def operators(configuration: Configuration, options: argparse.Namespace) -> str:
    """Runs one line; what to say afterwards.

    Raises:
        CodedError: there is no such person.
        NotRunning: there is no exchange, or no demo operator of its.
    """
    if options.action == "code":
        return _code(configuration)
    if not (configuration.data / "postgres").exists() and configuration.database_url is None:
        raise NotRunning(f"{configuration.data} holds no exchange")
    with running_postgres(configuration):
        return asyncio.run(_carry_out(configuration, options))


def _code(configuration: Configuration) -> str:
    kept = kept_operator(configuration)
    if kept is None:
        raise NotRunning(f"{configuration.data} has no demo operator")
    return f"{kept.email}  {kept.password}  code {kept.code()}, which is good once"


async def _carry_out(configuration: Configuration, options: argparse.Namespace) -> str:
    async with (
        postgres.pool(configuration, ACCOUNTS_ROLE, size=1) as accounts,
        postgres.pool(configuration, desk.ROLE, size=1) as pool,
    ):
        if options.action == "list":
            return await _list(accounts, pool)
        granting = options.action == "add"
        person = await _person(accounts, options.email, granting=granting)
        by = Actor.operator(login())
        if granting:
            await desk.grant(pool, person, options.roles, by)
        else:
            await desk.take(pool, person, options.roles or list(Role), by)
        left = await desk.roles(pool, person)
    return f"{options.email} is {', '.join(left)}." if left else f"{options.email} is no operator."


async def _list(accounts: Pool, pool: Pool) -> str:
    found = await desk.everybody(pool)
    emails = await People(accounts).emails([operator.person for operator in found])
    lines = [f"{emails.get(one.person, one.person)}  {', '.join(one.roles)}" for one in found]
    return "\n".join(lines) or "Nobody has a role."


async def _person(accounts: Pool, email: str, *, granting: bool) -> UUID:
    # Anybody may claim an e-mail before who is meant: nobody becomes an operator by that.
    return await (find_known_person if granting else find_person)(accounts, email)
