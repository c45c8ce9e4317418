"""The candles' process: follows the event log into PostgreSQL. It needs the leader only to have begun."""

from __future__ import annotations

import asyncio
from typing import Final

import psycopg
import uvloop
from structlog.typing import FilteringBoundLogger

from cse.engine._native import JournalDamaged, StorageFailed
from cse.engine.client import ReplicaClient
from cse.engine.feed import EventFeed
from cse.engine.models import PositionLost
from cse.ledger.roles import READ_ROLE as LEDGER_ROLE
from cse.ledger.service import Ledger
from cse.marketdata.batch import CandlesFailed
from cse.marketdata.follower import Follower
from cse.marketdata.listing import Listing
from cse.marketdata.roles import WRITE_ROLE
from cse.marketdata.store import Store
from cse.marketdata.trade_files.looking import write_trade_files
from cse.marketdata.trade_files.writer import TradeFiles
from cse.runtime import postgres
from cse.runtime.clock import wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health, serve_health
from cse.runtime.telemetry import start_logging
from cse.runtime.working import work_until_stopped

SERVICE: Final = "marketdata"
LOOK_S: Final = 0.05
# What only a restart, or a person, can mend.
_FAILURES: Final = (CandlesFailed, PositionLost, JournalDamaged, StorageFailed, psycopg.Error)


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Works until SIGTERM or SIGINT; returns the exit code."""
    health = Health(SERVICE, "PostgreSQL")
    configuration.run.mkdir(parents=True, exist_ok=True)
    async with serve_health(health, configuration.run):
        await work_until_stopped(_work(configuration, health, log))
    log.info("stopped")
    return 0


async def _work(configuration: Configuration, health: Health, log: FilteringBoundLogger) -> None:
    log.info("waits", waiting_for=health.waiting_for)
    await postgres.wait_for_postgres(configuration, WRITE_ROLE)
    watermark = configuration.run / "watermark"
    if not watermark.exists():
        health.waiting_for = "the leader's journal"
        log.info("waits", waiting_for=health.waiting_for)
        while not watermark.exists():
            await asyncio.sleep(LOOK_S)
    feed = EventFeed(configuration.data)
    health.waiting_for = f"the journal up to {feed.watermark} in candles"
    follower = Follower(feed, lambda: Store.connect(configuration), health, log)
    running = asyncio.create_task(follower.run())
    caught_up = asyncio.create_task(follower.caught_up(feed.watermark))
    writing = asyncio.create_task(_write_trade_files(configuration, feed, caught_up, log))
    try:
        await asyncio.wait((running, caught_up), return_when=asyncio.FIRST_COMPLETED)
        if caught_up.done():
            health.ready()
            log.info("ready", sequence=follower.position.sequence)
        await asyncio.wait((running, writing), return_when=asyncio.FIRST_COMPLETED)
        await (running if running.done() else writing)
    finally:
        for task in (running, caught_up, writing):
            task.cancel()
        await asyncio.gather(running, caught_up, writing, return_exceptions=True)


async def _write_trade_files(
    configuration: Configuration, feed: EventFeed, caught_up: asyncio.Task[None], log: FilteringBoundLogger
) -> None:
    """Begins when the candles are there, which come first."""
    await asyncio.wait([caught_up])
    async with (
        ReplicaClient(configuration.replica_socket) as replica,
        postgres.pool(configuration, LEDGER_ROLE, size=1) as pool,
    ):
        ledger = Ledger(pool)
        files = TradeFiles(configuration.files / "trades", ledger)
        await write_trade_files(files, Listing(replica), ledger, lambda: feed.watermark, wall_us, log)


def main() -> int:
    """Runs the process with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging(SERVICE, configuration.log_level)
    try:
        return uvloop.run(serve(configuration, log))
    except _FAILURES as error:
        log.critical("marketdata cannot go on", error=str(error), kind=type(error).__name__)
        return 1
