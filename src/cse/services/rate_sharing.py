"""A process's rates, shared with all others."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from cse.runtime.configuration import Configuration
from cse.runtime.http.request_rates import Rates
from cse.runtime.shared_rates import SharedRates
from cse.runtime.valkey_rates import ValkeyRates


@contextlib.asynccontextmanager
async def shared(configuration: Configuration, rates: Rates) -> AsyncIterator[SharedRates]:
    """What tells the others, once it runs; Valkey need not be there."""
    store = ValkeyRates(configuration.valkey_url)
    try:
        yield SharedRates(store, rates.all, configuration.edges)
    finally:
        await store.close()
