"""From an order as Binance's clients write it to one as ours do; amounts are read where ours are."""

from __future__ import annotations

import secrets
from typing import Final

from cse.binance.order_models import NewOrderQuery, OcoQuery, OldOcoQuery
from cse.binance.words import ORDER_TYPES, PREVENTIONS, RESPONSES, SIDES, TIMES_IN_FORCE
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_client_order_id
from cse.domain.money import format_units
from cse.trading.models import NewOrder, NewOrderList

_LIMITS: Final = frozenset({"LIMIT", "STOP_LOSS_LIMIT", "TAKE_PROFIT_LIMIT"})
_TRIGGERS: Final = frozenset({"STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"})
_FULL_UNLESS_SAID: Final = frozenset({"MARKET", "LIMIT"})
_BASIS_POINTS_MAX: Final = 9_999
_CLIENT_ID_BYTES: Final = 16


def new_order(query: NewOrderQuery, market: str) -> NewOrder:
    """The order for a market of ours. Without a client order id it gets one, as at Binance.

    Raises:
        CodedError: what Binance refuses by itself, or has and we have not; the rest is looked at by whom
            every order passes.
    """
    kind, time_in_force = query.type, query.time_in_force
    if kind not in ORDER_TYPES:
        raise CodedError(codes.ORDER_TYPE_UNAVAILABLE, field="type", reason="there is no such type")
    if kind in _LIMITS and time_in_force is None:
        raise CodedError(codes.MISSING_FIELD, field="timeInForce")
    if kind not in _LIMITS and time_in_force is not None:
        raise CodedError(codes.POST_ONLY_NOT_ALLOWED, field="timeInForce")
    if kind in _TRIGGERS and query.stop_price is None and query.trailing_delta is None:
        raise CodedError(codes.MISSING_FIELD, field="stopPrice")
    return NewOrder(
        market=market,
        side=side_of(query.side),
        type=_type_of(kind, query.stop_price, query.trailing_delta),
        price=query.price,
        quantity=query.quantity,
        quote_amount=query.quote_order_qty,
        stop_price=query.stop_price,
        trailing_percent=_percent(query.trailing_delta),
        display_quantity=query.iceberg_qty,
        time_in_force=None if time_in_force is None else _time_in_force(time_in_force),
        post_only=kind == "LIMIT_MAKER",
        self_trade_prevention=_prevention(query.self_trade_prevention_mode),
        client_order_id=client_order_id(query.new_client_order_id),
    )


def response_of(kind: str, asked: str | None) -> str:
    """With how much an order of a type is answered; `invalid_field`."""
    if asked is None:
        return "FULL" if kind in _FULL_UNLESS_SAID else "ACK"
    if asked not in RESPONSES:
        raise CodedError(codes.INVALID_FIELD, field="newOrderRespType", reason="ACK, RESULT or FULL")
    return asked


def oco(query: OcoQuery, market: str) -> NewOrderList:
    """The list of two: the one that rests comes first.

    Raises:
        CodedError: `order_type_unavailable` for types that we do not link; as `new_order`.
    """
    above, below = _leg(query, "above"), _leg(query, "below")
    limit, stop = (above, below) if query.side == "SELL" else (below, above)
    if limit.type != "LIMIT_MAKER" or stop.type not in ("STOP_LOSS", "STOP_LOSS_LIMIT"):
        reason = "an oco is a LIMIT_MAKER with a STOP_LOSS or a STOP_LOSS_LIMIT on its other side"
        raise CodedError(codes.ORDER_TYPE_UNAVAILABLE, field="aboveType", reason=reason)
    return NewOrderList("oco", [new_order(limit, market), new_order(stop, market)])


def oco_of_old(query: OldOcoQuery, market: str) -> NewOrderList:
    """The list of two that an older client asks for; raises as `new_order`."""
    kind = "STOP_LOSS" if query.stop_limit_price is None else "STOP_LOSS_LIMIT"
    limit = NewOrderQuery(
        symbol=query.symbol,
        side=query.side,
        type="LIMIT_MAKER",
        quantity=query.quantity,
        price=query.price,
        iceberg_qty=query.limit_iceberg_qty,
        new_client_order_id=query.limit_client_order_id,
        self_trade_prevention_mode=query.self_trade_prevention_mode,
    )
    stop = NewOrderQuery(
        symbol=query.symbol,
        side=query.side,
        type=kind,
        time_in_force=query.stop_limit_time_in_force,
        quantity=query.quantity,
        price=query.stop_limit_price,
        stop_price=query.stop_price,
        iceberg_qty=query.stop_iceberg_qty,
        new_client_order_id=query.stop_client_order_id,
        self_trade_prevention_mode=query.self_trade_prevention_mode,
    )
    return NewOrderList("oco", [new_order(limit, market), new_order(stop, market)])


def client_order_id(given: str | None) -> str:
    """The client's id, or one made for it; `invalid_client_order_id`."""
    if given is None:
        return secrets.token_urlsafe(_CLIENT_ID_BYTES)
    return parse_client_order_id(given)


def side_of(word: str) -> str:
    """Our word for a side; `invalid_side`."""
    found = SIDES.get(word)
    if found is None:
        raise CodedError(codes.INVALID_SIDE, field="side")
    return found


def _leg(query: OcoQuery, which: str) -> NewOrderQuery:
    def field(name: str) -> str | None:
        found: str | None = getattr(query, f"{which}_{name}")
        return found

    return NewOrderQuery(
        symbol=query.symbol,
        side=query.side,
        type=field("type") or "",
        time_in_force=field("time_in_force"),
        quantity=query.quantity,
        price=field("price"),
        stop_price=field("stop_price"),
        trailing_delta=field("trailing_delta"),
        iceberg_qty=field("iceberg_qty"),
        new_client_order_id=field("client_order_id"),
        self_trade_prevention_mode=query.self_trade_prevention_mode,
    )


def _type_of(kind: str, stop_price: str | None, trailing_delta: str | None) -> str:
    """Our type: a stop that follows the price is one of its own, and begins to at once."""
    if trailing_delta is None:
        return ORDER_TYPES[kind]
    if kind != "STOP_LOSS" or stop_price is not None:
        reason = "trailingDelta goes with a STOP_LOSS that has no stopPrice"
        raise CodedError(codes.ORDER_TYPE_UNAVAILABLE, field="trailingDelta", reason=reason)
    return "trailing_stop"


def _percent(trailing_delta: str | None) -> str | None:
    """Hundredths of a percent as percent."""
    if trailing_delta is None:
        return None
    is_number = trailing_delta.isascii() and trailing_delta.isdigit() and len(trailing_delta) <= 4
    if not is_number or not 0 < int(trailing_delta) <= _BASIS_POINTS_MAX:
        raise CodedError(codes.INVALID_TRAILING_DELTA, field="trailingDelta")
    return format_units(int(trailing_delta), 2)


def _time_in_force(word: str) -> str:
    found = TIMES_IN_FORCE.get(word)
    if found is None:
        raise CodedError(codes.INVALID_TIME_IN_FORCE, field="timeInForce", allowed="GTC, IOC or FOK")
    return found


def _prevention(mode: str | None) -> str | None:
    if mode is None:
        return None
    found = PREVENTIONS.get(mode)
    if found is None:
        raise CodedError(codes.INVALID_SELF_TRADE_PREVENTION, field="selfTradePreventionMode")
    return found
