"""The demo's operator: a person with every role, whose authenticator is a file in the data directory.

They sign in like everybody, in two steps. Whoever may read the data directory has their password and the
secret of their codes, and could grant roles as well.
"""

from __future__ import annotations

from typing import Final

import msgspec

from cse.accounts.people.named import find_person
from cse.audit.models import Actor
from cse.demo.credentials import Credentials, new_credentials
from cse.demo.people import enter
from cse.demo.person.kept_operator import DemoOperator, keep_operator, read_operator
from cse.desk import service as desk
from cse.domain.operators import Role
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse_client import ApiError, CseClient, codes

EMAIL: Final = "operator@cse.example"
DISPLAY_NAME: Final = "Demo Operator"


async def make_operator(configuration: Configuration, client: CseClient) -> None:
    """Signs the operator up, with an authenticator, and grants the role: once.

    Roles that are taken away later are not given again.
    """
    kept = read_operator(configuration)
    if kept is None:
        fresh = new_credentials(EMAIL, DISPLAY_NAME)
        kept = DemoOperator(fresh.email, fresh.password)
        keep_operator(configuration, kept)
    if kept.ready:
        return
    try:
        await enter(client, Credentials(kept.email, kept.password, DISPLAY_NAME))
        kept = await _enrol(configuration, client, kept)
        await client.sign_out()
    except ApiError as error:
        # Cut off before, behind the first code.
        if error.code != codes.SECOND_FACTOR_REQUIRED:
            raise
    await _grant(configuration, kept.person or kept.email)
    keep_operator(configuration, msgspec.structs.replace(kept, ready=True))


async def _enrol(configuration: Configuration, client: CseClient, kept: DemoOperator) -> DemoOperator:
    enrolment = await client.begin_totp()
    # Before it counts: once it does, nobody signs in without.
    person = None if client.session is None else client.session.person
    kept = msgspec.structs.replace(kept, person=person, totp_secret=enrolment.secret)
    keep_operator(configuration, kept)
    await client.confirm_totp(kept.code())
    return kept


async def _grant(configuration: Configuration, who: str) -> None:
    async with (
        postgres.pool(configuration, "cse_accounts", size=1) as accounts,
        postgres.pool(configuration, desk.ROLE, size=1) as pool,
    ):
        person = await find_person(accounts, who)
        await desk.grant(pool, person, [Role.HEAD, Role.REVIEWER], Actor.service("demo"))
