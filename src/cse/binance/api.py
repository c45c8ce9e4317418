"""All routes of the room."""

from __future__ import annotations

from collections.abc import Callable

from cse.accounts.api_keys.authentication import Signatures
from cse.binance.account_api import BinanceAccountApi
from cse.binance.dialect import BinanceDialect
from cse.binance.market_api import BinanceMarketApi
from cse.binance.order_api import BinanceOrderApi
from cse.marketdata.service import MarketData
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Route
from cse.trading.mass_cancels import MassCancels
from cse.trading.reads.account import AccountReads
from cse.trading.reads.fees import FeeReads
from cse.trading.service import Trading


def binance_routes(
    signatures: Signatures,
    marketdata: MarketData,
    trading: Trading,
    mass_cancels: MassCancels,
    reads: AccountReads,
    fees: FeeReads,
    rates: Rates,
    now_us: Callable[[], int],
) -> list[Route]:
    """The rows of the table below `/binance`."""
    dialect = BinanceDialect(signatures)
    return [
        *BinanceMarketApi(marketdata, rates, dialect, now_us).routes(),
        *BinanceAccountApi(reads, fees, marketdata, rates, dialect, now_us).routes(),
        *BinanceOrderApi(trading, mass_cancels, reads, marketdata, rates, dialect).routes(),
    ]
