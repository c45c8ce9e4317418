"""`./cse admin overview`: how every service is and what waits, as the desk shows it."""

from __future__ import annotations

import argparse

from cse.cli.admin.operator import Operator
from cse.desk.overview import ServiceView


def add_overview(parser: argparse.ArgumentParser) -> None:
    """Adds what it takes to the command line, which is nothing."""
    parser.set_defaults(action="")


async def show_overview(operator: Operator, _: argparse.Namespace) -> str:
    """Every service, and every queue."""
    async with operator.services() as services:
        found = await services.overview()
    queues = (f"{one.name:<18} {one.waiting} wait, {one.failed} failed" for one in found.queues)
    return "\n".join([*map(_service, found.services), *queues])


def _service(service: ServiceView) -> str:
    said = [
        service.state if service.waiting_for is None else f"{service.state}, waits for {service.waiting_for}",
        *([] if service.lag is None else [f"at {service.sequence}, {service.lag} behind"]),
        *([] if service.errors is None else [f"{service.errors} of {service.answers} answers failed"]),
        *([] if service.memory_bytes is None else [f"{service.memory_bytes >> 20} MiB"]),
        *([] if service.open_files_percent is None else [f"{service.open_files_percent} % of files"]),
        f"{service.restarts} restarts",
    ]
    return f"{service.name:<18} {'; '.join(said)}"
