"""The client of CS Exchange: exact numbers, REST, live streams, the quote of an order."""

from cse_client import codes
from cse_client.client import CseClient
from cse_client.decimals import DecimalError, format_units, parse_units
from cse_client.errors import (
    ApiError,
    ClientError,
    FundsRefused,
    ListingRefused,
    MarketRefused,
    NoAnswer,
    NotPlaced,
    NotSignedIn,
    OrderRefused,
    OutcomeUnknown,
    RequestRefused,
    ServiceRefused,
    SessionRefused,
    Unreachable,
)
from cse_client.http.aiohttp_transport import AiohttpTransport
from cse_client.http.direct_transport import DirectTransport
from cse_client.http.patience import Patience
from cse_client.http.socket_transport import CancelOnDisconnect, SocketTransport
from cse_client.http.transport import Answer, Transport
from cse_client.keys import ApiKey, Ed25519Key, HmacKey
from cse_client.market import Market
from cse_client.models import (
    AmendedOrder,
    AmendResult,
    ChangedApiKey,
    NamedOrder,
    NewApiKey,
    NewApplication,
    NewOrder,
    NewOrderList,
    Order,
    PlacedOrder,
    PlacedOrderList,
    ReplacedOrder,
    Replacement,
)
from cse_client.session import Session

__all__ = [
    "AiohttpTransport",
    "AmendResult",
    "AmendedOrder",
    "Answer",
    "ApiError",
    "ApiKey",
    "CancelOnDisconnect",
    "ChangedApiKey",
    "ClientError",
    "CseClient",
    "DecimalError",
    "DirectTransport",
    "Ed25519Key",
    "FundsRefused",
    "HmacKey",
    "ListingRefused",
    "Market",
    "MarketRefused",
    "NamedOrder",
    "NewApiKey",
    "NewApplication",
    "NewOrder",
    "NewOrderList",
    "NoAnswer",
    "NotPlaced",
    "NotSignedIn",
    "Order",
    "OrderRefused",
    "OutcomeUnknown",
    "Patience",
    "PlacedOrder",
    "PlacedOrderList",
    "ReplacedOrder",
    "Replacement",
    "RequestRefused",
    "ServiceRefused",
    "Session",
    "SessionRefused",
    "SocketTransport",
    "Transport",
    "Unreachable",
    "codes",
    "format_units",
    "parse_units",
]
