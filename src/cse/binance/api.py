"""All routes of the room."""

from __future__ import annotations

from collections.abc import Callable

from cse.accounts.api_keys.authentication import Signatures
from cse.binance.dialect import BinanceDialect
from cse.binance.market_api import BinanceMarketApi
from cse.marketdata.service import MarketData
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Route


def binance_routes(
    signatures: Signatures, marketdata: MarketData, rates: Rates, now_us: Callable[[], int]
) -> list[Route]:
    """The rows of the table below `/binance`."""
    dialect = BinanceDialect(signatures)
    return BinanceMarketApi(marketdata, rates, dialect, now_us).routes()
