"""Names of channels, such as `orderbook.NOVA-USDC`, `candles.NOVA-USDC.1m` and `user.orders`."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.intervals import Interval, parse_interval

BOOK: Final = "orderbook"
TRADES: Final = "trades"
TICKER: Final = "ticker"
MARKET: Final = "market"
CANDLES: Final = "candles"
USER_ORDERS: Final = "user.orders"
USER_FILLS: Final = "user.fills"
USER_BALANCES: Final = "user.balances"
USER_PREVENTIONS: Final = "user.preventions"
USER_TRANSFERS: Final = "user.transfers"
USER_NOTIFICATIONS: Final = "user.notifications"

OF_MARKETS: Final = frozenset({BOOK, TRADES, TICKER, MARKET})
OF_USERS: Final = frozenset(
    {USER_ORDERS, USER_FILLS, USER_BALANCES, USER_PREVENTIONS, USER_TRANSFERS, USER_NOTIFICATIONS}
)
_SHOWN_MAX: Final = 64


class ChannelName(NamedTuple):
    """A channel of a market, or of whoever is signed in: then `market` is empty."""

    kind: str
    market: str
    interval: Interval | None


def parse_channel(name: str) -> ChannelName:
    """Reads a name.

    Raises:
        CodedError: `channel_unknown` or `interval_unknown`.
    """
    if name in OF_USERS:
        return ChannelName(name, "", None)
    kind, _, rest = name.partition(".")
    market, _, interval = rest.partition(".")
    if kind in OF_MARKETS and market and rest == market:
        return ChannelName(kind, market, None)
    if kind == CANDLES and market and interval:
        return ChannelName(kind, market, parse_interval(interval))
    raise unknown_channel(name)


def unknown_channel(name: str) -> CodedError:
    """The refusal of a channel that is not there."""
    return CodedError(codes.CHANNEL_UNKNOWN, channel=name[:_SHOWN_MAX])
