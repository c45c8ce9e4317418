"""The service `robots`: trades in the demo's markets until it is told to stop."""

from __future__ import annotations

import asyncio
from typing import Final

import uvloop
from structlog.typing import FilteringBoundLogger

from cse.demo.robots.crew import Crew
from cse.demo.robots.desk import Desk
from cse.demo.robots.feed import listening
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health, serve_health
from cse.runtime.telemetry import start_logging
from cse.runtime.working import work_until_stopped
from cse_client import AiohttpTransport, ClientError

SERVICE: Final = "robots"
_CONNECTIONS: Final = 8
_FUNDS_EVERY_S: Final = 90.0
_BEGIN_AGAIN_S: Final = 1.0
_LEAVE_S: Final = 6.0


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Trades until SIGTERM or SIGINT; returns the exit code."""
    health = Health(SERVICE, "the exchange")
    url = configuration.url
    transport = AiohttpTransport(url, connections_max=_CONNECTIONS)
    async with serve_health(health, configuration.run):
        crew = Crew(url, transport, configuration.data / "secrets", log)
        try:
            await work_until_stopped(_work(crew, health, log))
            await _leave(crew, log)
        finally:
            await transport.close()
    log.info("stopped")
    return 0


async def _work(crew: Crew, health: Health, log: FilteringBoundLogger) -> None:
    desks = await _begin(crew, log)
    health.waiting_for = "the first orders in every book"
    async with listening(crew.url, desks), asyncio.TaskGroup() as tasks:
        for desk in desks:
            tasks.create_task(desk.run())
        tasks.create_task(_keep_funds(crew, log))
        for desk in desks:
            await desk.filled.wait()
        health.ready()
        log.info("ready", markets=len(desks))


async def _begin(crew: Crew, log: FilteringBoundLogger) -> list[Desk]:
    while True:
        try:
            return await crew.begin()
        except ClientError as error:
            if not error.retryable:
                raise
            log.warning("the exchange is not there yet", error=str(error))
            await asyncio.sleep(_BEGIN_AGAIN_S)


async def _keep_funds(crew: Crew, log: FilteringBoundLogger) -> None:
    while True:
        await asyncio.sleep(_FUNDS_EVERY_S)
        try:
            await crew.look_at_funds()
        except ClientError as error:
            log.info("the funds could not be looked at", error=str(error))


async def _leave(crew: Crew, log: FilteringBoundLogger) -> None:
    try:
        async with asyncio.timeout(_LEAVE_S):
            await crew.leave()
    except (ClientError, TimeoutError) as error:
        log.warning("orders are left behind; the next start takes them up", error=str(error))


def main() -> int:
    """Runs the service with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging(SERVICE, configuration.log_level)
    try:
        return uvloop.run(serve(configuration, log))
    except ClientError as error:
        log.critical("the robots cannot trade", error=str(error), kind=type(error).__name__)
        return 1
