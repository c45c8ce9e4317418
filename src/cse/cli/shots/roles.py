"""The role of whoever is pictured at the operators' desk."""

from __future__ import annotations

import argparse
import asyncio
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout

from cse.audit.models import Actor
from cse.cli.admin.operator import login
from cse.cli.options import configuration_of
from cse.cli.shots.people import NotTaken
from cse.desk import service as desk
from cse.domain.operators import Role
from cse.runtime import postgres
from cse.runtime.configuration import Configuration


def grant_every_role(options: argparse.Namespace, person: str) -> None:
    """Gives a person every role, as somebody at the machine.

    Raises:
        NotTaken: the exchange does not run on the data directory.
    """
    # The browser has a loop in this thread.
    with ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(asyncio.run, _grant(configuration_of(options), UUID(person))).result()
        except (psycopg.Error, PoolTimeout, OSError) as error:
            raise NotTaken(f"nobody can be given a role: {error}") from error


async def _grant(configuration: Configuration, person: UUID) -> None:
    async with postgres.pool(configuration, desk.ROLE, size=1) as pool:
        await desk.grant(pool, person, list(Role), Actor.operator(login()))
