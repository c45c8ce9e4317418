"""The service `demo`: introduces the creators, and makes the demo's person and operator, once."""

from __future__ import annotations

import asyncio
import contextlib
from decimal import Decimal
from pathlib import Path
from typing import Final

import msgspec
import psycopg
from psycopg_pool import PoolTimeout
from structlog.typing import FilteringBoundLogger

from cse.audit.models import Actor
from cse.creators.models import Profile
from cse.creators.service import ROLE, Creators
from cse.demo.credentials import Credentials, new_credentials, write
from cse.demo.funds import fill_up
from cse.demo.people import enter
from cse.demo.person.operator import make_operator
from cse.domain.demo import CREATORS
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.telemetry import start_logging
from cse_client import ApiError, ClientError, CseClient, NewOrder

EMAIL: Final = "demo@cse.example"
DISPLAY_NAME: Final = "Demo Fan"
# What the person begins with, in whole ones: of what has a price, or nobody could say what all is worth.
FUNDS: Final = {
    "USDC": Decimal(10_000),
    "LUNA": Decimal(18_240),
    "NOVA": Decimal(350),
    "TIDE": Decimal(1_200),
    "BTC": Decimal("0.05"),
}
# What the person trades then, so that a portfolio has gains, costs and fees to show. Robots who ask and
# bid are there from the demo's past on; where nobody is, an order is let go.
FIRST_TRADES: Final = (
    NewOrder(market="LUNA-USDC", side="buy", type="market", quote_amount="400"),
    NewOrder(market="NOVA-USDC", side="buy", type="market", quote_amount="600"),
    NewOrder(market="LOWO-USDC", side="buy", type="market", quote_amount="250"),
    NewOrder(market="LUNA-USDC", side="sell", type="market", quantity="6000"),
    NewOrder(market="TIDE-USDC", side="sell", type="market", quantity="200"),
)


class Kept(msgspec.Struct, frozen=True):
    """What of the person stays on disk. `funded` says that the first money has been given."""

    email: str
    password: str
    funded: bool = False


async def introduce(configuration: Configuration) -> None:
    """Makes the creators' profiles known, as this build has them."""
    async with postgres.pool(configuration, ROLE, size=1) as pool:
        creators = Creators(pool, lists_demo=True)
        for creator in CREATORS:
            await creators.introduce(
                Profile(
                    asset=creator.asset.symbol,
                    handle=creator.handle,
                    name=creator.name,
                    category=creator.category,
                    tagline=creator.tagline,
                    cover=creator.cover,
                    demo=True,
                ),
                Actor.service("demo"),
            )


async def make_person(configuration: Configuration, client: CseClient) -> Kept:
    """Signs the person up and gives the first money, once; signs in where that was done before.

    Money that the person has lost since is not made up for.
    """
    path = configuration.data / "secrets" / "demo.json"
    kept = _read(path)
    if kept is None:
        fresh = new_credentials(EMAIL, DISPLAY_NAME)
        kept = Kept(fresh.email, fresh.password)
        write(path, kept)
    if not kept.funded:
        await enter(client, Credentials(kept.email, kept.password, DISPLAY_NAME))
        await fill_up(client, FUNDS)
        await _trade(client)
        kept = Kept(kept.email, kept.password, funded=True)
        write(path, kept)
        await client.sign_out()
    return kept


async def _trade(client: CseClient) -> None:
    """Places the first orders; one that is refused is left out."""
    for order in FIRST_TRADES:
        with contextlib.suppress(ApiError):
            await client.place_order(order)


def _read(path: Path) -> Kept | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Kept)
    except FileNotFoundError:
        return None


async def work(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Does its work and returns the exit code."""
    async with CseClient(configuration.url) as client:
        try:
            await introduce(configuration)
            kept = await make_person(configuration, client)
            await make_operator(configuration, client)
        except (ClientError, psycopg.Error, PoolTimeout) as error:
            log.warning("the demo's persons could not be made", error=str(error))
            return 1
    log.info("the demo's person is there", email=kept.email)
    return 0


def main() -> int:
    """Runs the service with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging("demo", configuration.log_level)
    return asyncio.run(work(configuration, log))
