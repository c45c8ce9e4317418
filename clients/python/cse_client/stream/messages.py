"""What travels over a stream: what the client says, and what it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias

import msgspec

from cse_client.models import (
    AuctionView,
    Balance,
    CandleView,
    Fill,
    MarketView,
    Order,
    PreventedTrade,
    Side,
    Ticker,
    Transfer,
)

BOOK: Final = "orderbook"
ORDERS: Final = "orders"
PRIVATE: Final = "user."


class Incoming(msgspec.Struct, frozen=True):
    """Any message of the server: `op` says which one it is; without it, it is data of a channel.

    `previous` is the sequence of the message before on this channel, None in a snapshot.
    """

    op: str = ""
    id: str | None = None
    # Data.
    channel: str = ""
    type: str = ""
    epoch: str = ""
    previous: str | None = None
    sequence: str = ""
    journal_sequence: str = ""
    time: str = ""
    data: msgspec.Raw = msgspec.Raw(b"")
    # The others.
    channels: list[str] = []
    code: str = ""
    message: str = ""
    session: str = ""
    account: str = ""
    expires_at: str | None = ""
    heartbeat_s: float = 0.0
    limits: dict[str, int] = {}


class BookData(msgspec.Struct, frozen=True):
    """Price and quantity of levels; in an update those that changed, a quantity of 0 where one went.

    `checksum` is that of the best ten of each side after this message.
    """

    bids: list[tuple[str, str]]
    asks: list[tuple[str, str]]
    checksum: int


OrderRow: TypeAlias = tuple[str, str, str, str]
"""Order id, price, the quantity that it shows, and what happened to it: `add`, `move`, `change`, `fill` or
`remove`."""


class MarketOrdersData(msgspec.Struct, frozen=True):
    """Single orders as they stand in their queues, best price first; in an update those that changed, a
    quantity of 0 where one went.

    `checksum` is that of the first ten of each side after this message.
    """

    bids: list[OrderRow]
    asks: list[OrderRow]
    checksum: int


class BestOffersData(msgspec.Struct, frozen=True):
    """Price and quantity of the best bid and the best offer; None where there is none."""

    bid: tuple[str, str] | None
    ask: tuple[str, str] | None


class DepthData(msgspec.Struct, frozen=True):
    """Price and quantity of the best levels of each side, best first, as a whole."""

    bids: list[tuple[str, str]]
    asks: list[tuple[str, str]]


class StreamTrade(msgspec.Struct, frozen=True):
    """A trade; `side` is the taker's, of one that an `auction` made that of the later order."""

    trade_id: str
    side: Side
    price: str
    quantity: str
    time: str
    auction: bool = False


class TradesData(msgspec.Struct, frozen=True):
    """Trades, oldest first; a snapshot has the newest fifty."""

    trades: list[StreamTrade]


class MarketData(msgspec.Struct, frozen=True):
    """A market's rules and status, and what its auction would trade now."""

    rules: MarketView
    auction: AuctionView


class CandlesData(msgspec.Struct, frozen=True):
    """Candles that changed, oldest first; a snapshot has the newest."""

    candles: list[CandleView]


class OrdersData(msgspec.Struct, frozen=True):
    """Whole orders: in a snapshot those that are open, in an update those that changed, closed ones too.

    `more` says that there are older open orders than a snapshot shows.
    """

    orders: list[Order]
    more: bool = False


class FillsData(msgspec.Struct, frozen=True):
    """Fills; a snapshot has the newest fifty."""

    fills: list[Fill]


class BalancesData(msgspec.Struct, frozen=True):
    """Balances as they now are: all in a snapshot, those that changed in an update."""

    balances: list[Balance]


class PreventionsData(msgspec.Struct, frozen=True):
    """Meetings of two orders of one owner that did not trade, oldest first."""

    prevented: list[PreventedTrade]


class TransfersData(msgspec.Struct, frozen=True):
    """`user.transfers`, oldest first: the newest 50, and in updates those since."""

    transfers: list[Transfer]


class Incident(msgspec.Struct, frozen=True):
    """What operators tell everybody just now; texts are by language."""

    severity: str
    texts: dict[str, str | None]
    begun_at: str


class Stop(msgspec.Struct, frozen=True):
    """The connection ends at `closes_at`; the client makes another one by itself."""

    code: str
    message: str
    closes_at: str


class SystemData(msgspec.Struct, frozen=True):
    """`system`: how the exchange is (`up`, `degraded`, or `stopping`, of the process at the other end)."""

    status: str
    incident: Incident | None
    stop: Stop | None


class NotificationsData(msgspec.Struct, frozen=True):
    """`user.notifications`: how many are not read, at most 100; told when something comes or is read."""

    unread: int


Data: TypeAlias = (
    BookData
    | MarketOrdersData
    | TradesData
    | Ticker
    | BestOffersData
    | DepthData
    | MarketData
    | CandlesData
    | OrdersData
    | FillsData
    | BalancesData
    | PreventionsData
    | TransfersData
    | SystemData
    | NotificationsData
)

_DATA: Final[dict[str, Callable[[bytes | msgspec.Raw], Any]]] = {
    kind: msgspec.json.Decoder(type_).decode
    for kind, type_ in {
        BOOK: BookData,
        ORDERS: MarketOrdersData,
        "bbo": BestOffersData,
        "depth": DepthData,
        "trades": TradesData,
        "ticker": Ticker,
        "market": MarketData,
        "candles": CandlesData,
        "user.orders": OrdersData,
        "user.fills": FillsData,
        "user.balances": BalancesData,
        "user.preventions": PreventionsData,
        "user.transfers": TransfersData,
        "system": SystemData,
        "user.notifications": NotificationsData,
    }.items()
}
_INCOMING: Final = msgspec.json.Decoder(Incoming)
_ENCODER: Final = msgspec.json.Encoder()


def read_incoming(text: str | bytes) -> Incoming:
    """Reads a message. Raises `msgspec.DecodeError` where it is none."""
    return _INCOMING.decode(text)


def read_data(message: Incoming) -> Data:
    """The data of a message by its channel's kind. Raises `msgspec.DecodeError`."""
    data: Data = _DATA[kind_of(message.channel)](message.data)
    return data


def kind_of(channel: str) -> str:
    """What a channel tells of: `user.orders` of itself, `orderbook.NOVA-USDC` of `orderbook`."""
    return channel if channel.startswith(PRIVATE) else channel.partition(".")[0]


def is_known(channel: str) -> bool:
    """Whether this client can read a channel of that name."""
    return kind_of(channel) in _DATA


def write(op: str, **fields: object) -> str:
    """A message of the client."""
    return _ENCODER.encode({"op": op, **fields}).decode()
