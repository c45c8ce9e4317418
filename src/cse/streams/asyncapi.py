"""AsyncAPI 3.0 of the two sockets, made from the types of their messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import msgspec

from cse.domain.codes import CODES
from cse.marketdata.models import Ticker
from cse.streams import messages, names
from cse.streams.channels.balances import BalancesData
from cse.streams.channels.best_levels import BestLevels, BestOffers
from cse.streams.channels.book import BookData
from cse.streams.channels.candles import CandlesData
from cse.streams.channels.envelope import Envelope
from cse.streams.channels.fills import FillsData
from cse.streams.channels.market import MarketData
from cse.streams.channels.market_orders import MarketOrdersData
from cse.streams.channels.notifications import NotificationsData
from cse.streams.channels.orders import OrdersData
from cse.streams.channels.preventions import PreventionsData
from cse.streams.channels.system import SystemData
from cse.streams.channels.trades import Trade, TradesData
from cse.streams.channels.transfers import TransfersData
from cse.streams.messages import From, Id, Number
from cse.streams.orders.messages import Guarded, GuardName
from cse.streams.orders.operations import REQUESTS
from cse.trading.holdings.models import Transfer
from cse.trading.models import Balance, Fill, Order, PreventedTrade

_REF: Final = "#/components/schemas/{name}"
_OF_MARKET: Final = r"\.[^.]+"


class Subscribe(msgspec.Struct, frozen=True, tag_field="op", tag="subscribe", omit_defaults=True):
    """Tells these channels from now on, each from its beginning or from a position."""

    channels: list[str | From]
    id: Id | None = None


class Unsubscribe(msgspec.Struct, frozen=True, tag_field="op", tag="unsubscribe", omit_defaults=True):
    """Ends them."""

    channels: list[str]
    id: Id | None = None


class Authenticate(msgspec.Struct, frozen=True, tag_field="op", tag="authenticate", omit_defaults=True):
    """Signs the connection in: with an access token, or with an API key and its signature."""

    id: Id | None = None
    account: str | None = None
    access_token: str | None = None
    key: str | None = None
    timestamp: Number | None = None
    window: Number | None = None
    signature: str | None = None


class Ping(msgspec.Struct, frozen=True, tag_field="op", tag="ping", omit_defaults=True):
    """Asks for `pong`."""

    id: Id | None = None


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request of the API: its body, what stands in its query, and the order that it names."""

    op: str
    id: Id | None = None
    body: dict[str, Any] | msgspec.UnsetType = msgspec.UNSET
    query: dict[str, str | int] | None = None
    order_id: str | None = None
    client_order_id: str | None = None
    min_sequence: Number | None = None


class Guard(msgspec.Struct, frozen=True, tag_field="op", tag="cancel_on_disconnect", omit_defaults=True):
    """Has orders cancelled when the connection ends."""

    id: Id | None = None
    enabled: bool = True
    markets: list[str] | None = None
    grace_ms: int = 0
    resume: GuardName | None = None


class Answer(msgspec.Struct, frozen=True, tag_field="op", tag="answer"):
    """What HTTP says in status, headers and body."""

    id: str | None
    status: int
    sequence: str
    body: dict[str, Any]
    retry_after_s: int | msgspec.UnsetType = msgspec.UNSET


class Told(NamedTuple):
    """What one kind of channel tells; `pattern` is that of its names."""

    kind: str
    pattern: str
    data: type[msgspec.Struct]
    # What stands in its list, of those that encode it beforehand.
    items: tuple[str, type[msgspec.Struct]] | None = None

    @property
    def name(self) -> str:
        """That of its message."""
        return "Told" + "".join(part.capitalize() for part in self.kind.split("."))


TOLD: Final = (
    Told(names.BOOK, _OF_MARKET, BookData),
    Told(names.ORDERS, _OF_MARKET, MarketOrdersData),
    Told(names.OFFERS, _OF_MARKET, BestOffers),
    Told(names.DEPTH, _OF_MARKET + rf"\.({'|'.join(map(str, names.DEPTHS))})", BestLevels),
    Told(names.TRADES, _OF_MARKET, TradesData, ("trades", Trade)),
    Told(names.TICKER, _OF_MARKET, Ticker),
    Told(names.MARKET, _OF_MARKET, MarketData),
    Told(names.CANDLES, _OF_MARKET + r"\.[0-9]+[A-Za-z]", CandlesData),
    Told(names.SYSTEM, "", SystemData),
    Told(names.USER_ORDERS, "", OrdersData, ("orders", Order)),
    Told(names.USER_FILLS, "", FillsData, ("fills", Fill)),
    Told(names.USER_BALANCES, "", BalancesData, ("balances", Balance)),
    Told(names.USER_PREVENTIONS, "", PreventionsData, ("prevented", PreventedTrade)),
    Told(names.USER_TRANSFERS, "", TransfersData, ("transfers", Transfer)),
    Told(names.USER_NOTIFICATIONS, "", NotificationsData),
)

_SAID: Final = (
    messages.Welcome, messages.Authenticated, messages.Pong, messages.Heartbeat, messages.Error,
    messages.Closing,
)  # fmt: skip
_TO_STREAM: Final = (Subscribe, Unsubscribe, Authenticate, Ping)
_OF_STREAM: Final = (*_SAID, messages.Subscribed, messages.Unsubscribed)
_TO_ORDERS: Final = (Authenticate, Ping, Request, Guard)
_OF_ORDERS: Final = (*_SAID, Guarded, Answer)
_TYPES: Final = tuple(dict.fromkeys((*_TO_STREAM, *_OF_STREAM, *_TO_ORDERS, *_OF_ORDERS)))
# How the messages of a connection are written.
_QUERY: Final = {
    "type": "object",
    "properties": {
        "encoding": {
            "enum": ["json", "msgpack"],
            "default": "json",
            "description": "JSON in text frames, or the same in MessagePack in binary frames.",
        }
    },
}
# Messages whose `code` is one of the catalogue.
_CODED: Final = (messages.Error, messages.Closing, messages.Unsubscribed)


def document(version: str, host: str) -> dict[str, Any]:
    """The document, of an exchange at `host`, which may name a port."""
    schemas = _schemas()
    kinds = [told.kind for told in TOLD]
    described = {type_.__name__: type_.__name__ for type_ in _TYPES} | {told.kind: told.name for told in TOLD}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "CS Exchange",
            "version": version,
            "description": "JSON in text frames, or the same in MessagePack in binary ones. Amounts are"
            " decimal strings, ids are strings, times are RFC 3339. Data has one form for all channels.",
        },
        "defaultContentType": "application/json",
        "servers": {"exchange": {"host": host, "protocol": "ws"}},
        "channels": {
            "stream": _channel(
                "/ws",
                "What changes: books, trades, an account's own orders.",
                (*_TO_STREAM, *_OF_STREAM),
                kinds,
            ),
            "orders": _channel("/ws/orders", "Orders, each answered.", (*_TO_ORDERS, *_OF_ORDERS)),
        },
        "operations": {
            "hearStream": _operation("receive", "stream", _TO_STREAM),
            "tellStream": _operation("send", "stream", _OF_STREAM, kinds),
            "hearOrders": _operation("receive", "orders", _TO_ORDERS),
            "tellOrders": _operation("send", "orders", _OF_ORDERS),
        },
        "components": {
            "schemas": schemas,
            "messages": {name: _message(name, schema, schemas) for name, schema in described.items()},
        },
    }


def _schemas() -> dict[str, Any]:
    items = [told.items[1] for told in TOLD if told.items is not None]
    types = [*_TYPES, Envelope, *(told.data for told in TOLD), *items]
    _, schemas = msgspec.json.schema_components(types, schema_hook=_data, ref_template=_REF)
    schemas["Code"] = {"description": "Why.", "enum": [code.name for code in CODES]}
    for type_ in _CODED:
        schemas[type_.__name__]["properties"]["code"] = _reference("Code")
    schemas[Request.__name__]["properties"]["op"] = {"enum": list(REQUESTS)}
    for told in TOLD:
        if told.items is not None:
            field, item = told.items
            schemas[told.data.__name__]["properties"][field]["items"] = _reference(item.__name__)
        schemas[told.name] = _envelope(told)
    return {name: _of_draft_07(schema) for name, schema in schemas.items()}


def _of_draft_07(schema: Any) -> Any:
    """A schema as AsyncAPI has them: JSON Schema of draft 07, where a tuple is a list of `items`."""
    if isinstance(schema, list):
        return [_of_draft_07(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {name: _of_draft_07(part) for name, part in schema.items()}
    if "prefixItems" in found:
        found["additionalItems"] = found.pop("items")
        found["items"] = found.pop("prefixItems")
    return found


def _data(type_: type) -> dict[str, Any]:
    """The data of an envelope, of whichever channel."""
    if type_ is object:
        return {"type": "object"}
    raise NotImplementedError


def _envelope(told: Told) -> dict[str, Any]:
    """The form of all data, with what one kind of channel has in it."""
    kind = told.kind.replace(".", r"\.")
    return {
        "description": f"What `{told.kind}` tells.",
        "allOf": [_reference(Envelope.__name__)],
        "properties": {
            "channel": {"type": "string", "pattern": f"^{kind}{told.pattern}$"},
            "data": _reference(told.data.__name__),
        },
    }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": _REF.format(name=name)}


def _message(name: str, schema: str, schemas: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "summary": schemas[schema].get("description", name),
        "payload": _reference(schema),
    }


def _channel(
    address: str, description: str, types: Sequence[type[msgspec.Struct]], kinds: Sequence[str] = ()
) -> dict[str, Any]:
    found = (*(type_.__name__ for type_ in types), *kinds)
    return {
        "address": address,
        "description": description,
        "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in found},
        "bindings": {"ws": {"method": "GET", "query": _QUERY}},
    }


def _operation(
    action: str, channel: str, types: Sequence[type[msgspec.Struct]], kinds: Sequence[str] = ()
) -> dict[str, Any]:
    found = (*(type_.__name__ for type_ in types), *kinds)
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{channel}"},
        "messages": [{"$ref": f"#/channels/{channel}/messages/{name}"} for name in found],
    }
