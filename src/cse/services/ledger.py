"""The ledger's process: follows the event log into PostgreSQL, and pumps the outbox to the leader.

Beside that, and for itself, it seals the audit log: there is one such process.
"""

from __future__ import annotations

import asyncio
from typing import Final

import psycopg
import uvloop
from psycopg_pool import PoolTimeout
from structlog.typing import FilteringBoundLogger

from cse.audit.checkpoints import CheckpointFile, CheckpointKey
from cse.audit.roles import SEAL_ROLE
from cse.audit.sealing import Sealer
from cse.engine._native import JournalDamaged
from cse.engine.client import LeaderClient
from cse.engine.feed import EventFeed
from cse.engine.models import PositionLost
from cse.ledger.follower import Follower
from cse.ledger.genesis import enqueue_genesis
from cse.ledger.models import LedgerFailed
from cse.ledger.position_file import PositionFile
from cse.ledger.pump import Pump
from cse.ledger.roles import WRITE_ROLE
from cse.ledger.store import Store
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health, serve_health
from cse.runtime.outbox import NotAnswered, OutcomeWatch, Source
from cse.runtime.telemetry import start_logging
from cse.runtime.working import work_until_stopped
from cse.services.status_metrics import StatusMetrics

LOOK_S: Final = 1.0
GENESIS_LOOK_S: Final = 5.0
# What only a restart, or a person, can mend.
_FAILURES: Final = (LedgerFailed, PositionLost, JournalDamaged, psycopg.Error, PoolTimeout)


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Works until SIGTERM or SIGINT; returns the exit code."""
    health = Health("ledger", "PostgreSQL")
    configuration.run.mkdir(parents=True, exist_ok=True)
    async with serve_health(health, configuration.run):
        await work_until_stopped(_all_work(configuration, health, log))
    log.info("stopped")
    return 0


async def _all_work(configuration: Configuration, health: Health, log: FilteringBoundLogger) -> None:
    async with (
        postgres.pool(configuration, SEAL_ROLE, size=1) as seals,
        asyncio.TaskGroup() as tasks,
    ):
        key = CheckpointKey.kept(configuration.secrets)
        sealer = Sealer(seals, key, CheckpointFile(configuration.data), log)
        StatusMetrics(lambda: {"service": "ledger", **sealer.status()}).register()
        tasks.create_task(sealer.run())
        tasks.create_task(_work(configuration, health, log))


async def _work(configuration: Configuration, health: Health, log: FilteringBoundLogger) -> None:
    log.info("waits", waiting_for=health.waiting_for)
    await postgres.wait_for_postgres(configuration, WRITE_ROLE)
    async with LeaderClient(configuration.leader_socket) as leader:
        health.waiting_for = "the leader"
        log.info("waits", waiting_for=health.waiting_for)
        while not await leader.wait_connected(LOOK_S):
            pass
        with PositionFile(configuration.ledger_position) as position_file:
            feed = EventFeed(configuration.data)
            follower = Follower(feed, lambda: Store.connect(configuration), position_file, health, log)
            async with postgres.pool(configuration, WRITE_ROLE, size=4) as pool, asyncio.TaskGroup() as tasks:
                tasks.create_task(follower.run())
                await _catch_up(follower, feed, health, log)
                last = await enqueue_genesis(pool, demo=configuration.lists_demo)
                tasks.create_task(Pump(pool, leader, log).run())
                await _await_genesis(pool, last, health)
                health.ready()
                log.info("ready", sequence=follower.position.sequence)


async def _catch_up(follower: Follower, feed: EventFeed, health: Health, log: FilteringBoundLogger) -> None:
    """Returns once PostgreSQL has what was durable at the start, and rooms may enqueue."""
    health.waiting_for = f"the journal up to {feed.watermark} in PostgreSQL"
    log.info("waits", waiting_for=health.waiting_for)
    await follower.outbox_opened()


async def _await_genesis(pool: postgres.Pool, last: int, health: Health) -> None:
    health.waiting_for = "the first assets and accounts"
    async with OutcomeWatch(pool) as watch:
        while True:
            try:
                await watch.outcome(Source.GENESIS, last, GENESIS_LOOK_S)
            except NotAnswered:
                continue
            return


def main() -> int:
    """Runs the ledger with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging("ledger", configuration.log_level)
    try:
        return uvloop.run(serve(configuration, log))
    except _FAILURES as error:
        log.critical("the ledger cannot go on", error=str(error), kind=type(error).__name__)
        return 1
