"""Looks every minute whether a day is over, once the ledger has all that happened in it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

import msgspec
import psycopg
from psycopg_pool import PoolTimeout
from structlog.typing import FilteringBoundLogger

from cse.engine.models import EngineError
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.marketdata.trade_files.writer import TradeFiles

LOOK_S: Final = 60.0
BEHIND_S: Final = 0.5
# What passes, or what a person mends while everything else goes on; an index that was changed by hand is
# a `ValueError`.
_FAILURES: Final = (OSError, ValueError, EngineError, psycopg.Error, PoolTimeout, msgspec.MsgspecError)


async def write_trade_files(
    files: TradeFiles,
    listing: Listing,
    ledger: Ledger,
    watermark: Callable[[], int],
    wall_us: Callable[[], int],
    log: FilteringBoundLogger,
) -> None:
    """Writes until cancelled; `watermark` is the journal's last sequence."""
    while True:
        try:
            # Before the journal's end, so that all that happened up to this time stands in front of that.
            now_us = wall_us()
            at = watermark()
            while await ledger.position() < at:
                await asyncio.sleep(BEHIND_S)
            await listing.read()
            await files.write(listing.markets.values(), now_us)
        except _FAILURES as error:
            log.warning("files of trades could not be written", error=str(error), kind=type(error).__name__)
        await asyncio.sleep(LOOK_S)
