"""Asks the edge for the description of its API, without a server."""

import asyncio
import json
import logging
import tempfile
from pathlib import Path
from typing import Any

from cse.runtime.configuration import Configuration
from cse.runtime.health import Health
from cse.services.edge import assembled


def describe_api() -> dict[str, Any]:
    """The OpenAPI document of profile demo, whose routes are all there are.

    The edge is put together as it is when it serves, in an empty data directory, and taken apart
    again: what is described is what dispatch uses.
    """
    return asyncio.run(_describe())


async def _describe() -> dict[str, Any]:
    # The pools look for a database that is not there, and none is needed.
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as directory:
        configuration = Configuration(data=Path(directory), profile="demo")
        configuration.run.mkdir(parents=True)
        async with assembled(configuration, Health("edge", "")) as edge:
            document: dict[str, Any] = json.loads(edge.openapi)
    # The version is that of the installed package, and none of the API's.
    document["info"]["version"] = "0"
    return document
