"""Names of channels, such as `orderbook.NOVA-USDC`, `candles.NOVA-USDC.1m` and `user.orders`."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.intervals import Interval, parse_interval

BOOK: Final = "orderbook"
ORDERS: Final = "orders"
OFFERS: Final = "bbo"
DEPTH: Final = "depth"
TRADES: Final = "trades"
TICKER: Final = "ticker"
MARKET: Final = "market"
CANDLES: Final = "candles"
SYSTEM: Final = "system"
USER_ORDERS: Final = "user.orders"
USER_FILLS: Final = "user.fills"
USER_BALANCES: Final = "user.balances"
USER_PREVENTIONS: Final = "user.preventions"
USER_TRANSFERS: Final = "user.transfers"
USER_NOTIFICATIONS: Final = "user.notifications"
# Not a name that anybody can ask for: all that concerns an account, in a form of its own.
USER_ALL: Final = "user"

OF_MARKETS: Final = frozenset({BOOK, ORDERS, OFFERS, TRADES, TICKER, MARKET})
OF_USERS: Final = frozenset(
    {USER_ORDERS, USER_FILLS, USER_BALANCES, USER_PREVENTIONS, USER_TRANSFERS, USER_NOTIFICATIONS}
)
# How many levels of each side a channel of depth may have.
DEPTHS: Final = (5, 10, 20, 50)
_DEPTHS_BY_TEXT: Final = {str(depth): depth for depth in DEPTHS}
_SHOWN_MAX: Final = 64


class ChannelName(NamedTuple):
    """A channel of a market, or of whoever is signed in, or of the exchange: then `market` is empty."""

    kind: str
    market: str
    interval: Interval | None = None
    depth: int | None = None

    def __str__(self) -> str:
        end = self.interval.value if self.interval is not None else self.depth
        return ".".join(str(part) for part in (self.kind, self.market, end) if part)


def parse_channel(name: str) -> ChannelName:
    """Reads a name.

    Raises:
        CodedError: `channel_unknown` or `interval_unknown`.
    """
    if name in OF_USERS or name == SYSTEM:
        return ChannelName(name, "")
    kind, _, rest = name.partition(".")
    market, _, end = rest.partition(".")
    if kind in OF_MARKETS and market and rest == market:
        return ChannelName(kind, market)
    if kind == CANDLES and market and end:
        return ChannelName(kind, market, interval=parse_interval(end))
    if kind == DEPTH and market and end in _DEPTHS_BY_TEXT:
        return ChannelName(kind, market, depth=_DEPTHS_BY_TEXT[end])
    raise unknown_channel(name)


def unknown_channel(name: str) -> CodedError:
    """The refusal of a channel that is not there."""
    return CodedError(codes.CHANNEL_UNKNOWN, channel=name[:_SHOWN_MAX])
