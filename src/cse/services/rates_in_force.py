"""What rates hold is felt on every process, within moments of being set."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.rates.service import RateSettings
from cse.ledger.service import Ledger
from cse.runtime.http.request_rates import Rates
from cse.runtime.shared_rates import SharedRates

_AGAIN_S: Final = 1.0
_LOG: Final = logging.getLogger("cse.rates")


class RatesInForce:
    """Reads rates and tiers whenever PostgreSQL passes on that some have changed.

    Until the first time those hold that are built in, and nobody is told of what is taken: told by a rate
    that does not hold, what is left of a larger bucket would be lost.
    """

    def __init__(self, rates: Rates, settings: RateSettings, ledger: Ledger) -> None:
        self._rates = rates
        self._settings = settings
        self._ledger = ledger
        self._changed = asyncio.Event()
        self._read = asyncio.Event()

    @property
    def are_known(self) -> bool:
        """Whether they have been read."""
        return self._read.is_set()

    def heard(self, _: str) -> None:
        """What PostgreSQL passes on: that some have changed, or may have in a silence."""
        self._changed.set()

    async def run(self) -> None:
        """Reads them whenever that is told, for ever; while PostgreSQL is away those that were hold on."""
        while True:
            await self._changed.wait()
            self._changed.clear()
            try:
                await self.read()
            except (psycopg.Error, PoolTimeout) as error:
                _LOG.warning("rates in force cannot be read: %s", error)
                await asyncio.sleep(_AGAIN_S)
                self._changed.set()

    async def read(self) -> None:
        """Puts in force what is set. Raises `psycopg.Error`, `PoolTimeout`."""
        own = await self._settings.all()
        tiers = await self._ledger.tiers()
        self._rates.put_in_force(own, tiers)
        self._read.set()

    async def share(self, shared_rates: SharedRates) -> None:
        """Tells the other processes, from when these are known on."""
        await self._read.wait()
        await shared_rates.run()
