"""Bodies to try, one for each thing that the routes of trading do, in the quiet market."""

from __future__ import annotations

from typing import Final

from cse.runtime.http.route import Example

_MARKET: Final = "LAB-USDC"
_BUY: Final = {"market": _MARKET, "side": "buy"}
_SELL: Final = {"market": _MARKET, "side": "sell"}
_LIMIT: Final = _BUY | {"type": "limit", "price": "0.5", "quantity": "10"}
_TAKE_PROFIT: Final = _SELL | {"type": "limit", "price": "0.6"}
_STOP: Final = _SELL | {"type": "stop_loss", "stop_price": "0.4"}

ORDERS: Final = (
    Example("limit", "a limit order that rests", _LIMIT | {"client_order_id": "my-order-1"}),
    Example(
        "market", "a market order for an amount of quote", _BUY | {"type": "market", "quote_amount": "5"}
    ),
    Example(
        "iceberg",
        "a limit order of which the book shows a part, until a time",
        _LIMIT
        | {
            "quantity": "40",
            "display_quantity": "10",
            "post_only": True,
            "time_in_force": "gtd",
            "expires_at": "2099-12-31T00:00:00Z",
        },
    ),
    Example(
        "stop_loss",
        "sells at the market once a trade is at or below 0.4",
        _STOP | {"quantity": "10"},
    ),
    Example(
        "stop_limit",
        "is a limit order at 0.39 from then on",
        _SELL | {"type": "stop_limit", "stop_price": "0.4", "price": "0.39", "quantity": "10"},
    ),
    Example(
        "take_profit",
        "sells at the market once a trade is at or above 0.6",
        _SELL | {"type": "take_profit", "stop_price": "0.6", "quantity": "10"},
    ),
    Example(
        "take_profit_limit",
        "is a limit order at 0.61 from then on",
        _SELL | {"type": "take_profit_limit", "stop_price": "0.6", "price": "0.61", "quantity": "10"},
    ),
    Example(
        "trailing_stop",
        "sells at the market once a trade is 5 % below the best since",
        _SELL | {"type": "trailing_stop", "trailing_percent": "5", "quantity": "10"},
    ),
    Example(
        "stop_loss_buy",
        "a buy that waits says what it may cost: a quote_amount, or a quantity and a price",
        _BUY | {"type": "stop_loss", "stop_price": "0.6", "quote_amount": "5"},
    ),
)
LISTS: Final = (
    Example(
        "oco",
        "sells at 0.6, or at the market once a trade is at or below 0.4",
        {"kind": "oco", "orders": [_TAKE_PROFIT | {"quantity": "10"}, _STOP | {"quantity": "10"}]},
    ),
    Example(
        "bracket",
        "buys, and then sells at 0.6 or by the stop",
        {"kind": "bracket", "orders": [_LIMIT, _TAKE_PROFIT, _STOP]},
    ),
)
BATCH: Final = (
    Example(
        "batch",
        "two orders, each for itself",
        {"orders": [_LIMIT | {"client_order_id": "my-order-2"}, _STOP | {"quantity": "10"}]},
    ),
)
CANCEL_BATCH: Final = (
    Example(
        "cancel_batch",
        "one by its id, one by that of the client",
        {"orders": [{"id": "1"}, {"client_order_id": "my-order-2"}]},
    ),
)
CANCEL_AFTER: Final = (
    Example("set", "all orders go in a minute, unless this is sent again before", {"timeout_ms": 60_000}),
    Example("unset", "they stay", {"timeout_ms": 0}),
)
REPLACE: Final = (
    Example(
        "replace",
        "both or nothing",
        {
            "cancel_client_order_id": "my-order-1",
            "mode": "stop_on_failure",
            "order": _LIMIT | {"price": "0.49", "client_order_id": "my-order-3"},
        },
    ),
)
AMEND: Final = (
    Example("amend", "another price and quantity", {"price": "0.48", "quantity": "20"}),
    Example("amend_stop", "another stop of an order that waits", {"stop_price": "0.39"}),
)
