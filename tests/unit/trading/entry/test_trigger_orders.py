"""Orders that wait for a trade: from their text to the command."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain.enumerations import OrderType, TimeInForce
from cse.domain.errors import CodedError
from cse.domain.limits import FLAG_TRAILING_PPM
from cse.engine import wire
from cse.trading.entry.orders import amend_order, place_order
from cse.trading.models import AmendedOrder, NewOrder
from tests.unit.trading.small_exchange import ORDER, TEXTS

STOP = {"type": "stop_loss", "price": None, "stop_price": "9"}
SELL_STOP = STOP | {"side": "sell"}


def command(**fields: Any) -> wire.PlaceOrder:
    return place_order(msgspec.convert(ORDER | fields, NewOrder), TEXTS, 7)


def test_what_fires_an_order_becomes_ticks_or_parts_per_million() -> None:
    stop = command(**SELL_STOP, time_in_force="day")
    assert (stop.order_type, stop.stop_price, stop.price) == (OrderType.STOP_LOSS, 900, 0)
    assert stop.time_in_force == TimeInForce.DAY
    limit = command(type="take_profit_limit", stop_price="11.05", display_quantity="0.5")
    assert (limit.order_type, limit.stop_price, limit.display_quantity) == (
        OrderType.TAKE_PROFIT_LIMIT,
        1_105,
        500,
    )
    amount = command(type="take_profit", price=None, quantity=None, quote_amount="2", stop_price="9")
    assert (amount.quantity, amount.quote_amount) == (0, 2_000_000)
    ticks = command(type="trailing_stop", side="sell", price=None, trailing_delta="0.5")
    assert (ticks.trailing_delta, ticks.flags) == (50, 0)
    percent = command(type="trailing_stop", side="sell", price=None, trailing_percent="7.0001")
    assert (percent.trailing_delta, percent.flags) == (70_001, FLAG_TRAILING_PPM)
    assert amend_order(AmendedOrder(stop_price="9.5"), TEXTS, 7, 3).stop_price == 950


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"type": "stop_limit"}, "missing_field", "stop_price"),
        ({"type": "stop_limit", "price": None, "stop_price": "9"}, "missing_field", "price"),
        ({"type": "stop_limit", "stop_price": "9.005"}, "price_off_tick", "stop_price"),
        ({"type": "stoploss"}, "order_type_unavailable", "type"),
        ({"stop_price": "9"}, "order_type_unavailable", "stop_price"),
        (STOP | {"trailing_delta": "1"}, "order_type_unavailable", "trailing_delta"),
        (STOP | {"quote_amount": "1"}, "quantity_or_quote_amount", "quantity"),
        (STOP, "quantity_or_quote_amount", "price"),
        (SELL_STOP | {"quote_amount": "1"}, "quantity_or_quote_amount", "quote_amount"),
        (SELL_STOP | {"quantity": None}, "missing_field", "quantity"),
        (SELL_STOP | {"time_in_force": "ioc"}, "invalid_time_in_force", "time_in_force"),
        (STOP | {"post_only": True}, "post_only_not_allowed", "post_only"),
        (
            {"type": "stop_limit", "stop_price": "9", "quantity": None, "quote_amount": "1"},
            "quantity_or_quote_amount",
            "quote_amount",
        ),
        ({"type": "trailing_stop"}, "invalid_trailing_delta", "trailing_delta"),
        (
            {"type": "trailing_stop", "trailing_delta": "1", "trailing_percent": "5"},
            "invalid_trailing_delta",
            "trailing_percent",
        ),
        (
            {"type": "trailing_stop", "trailing_delta": "1", "stop_price": "9"},
            "invalid_stop_price",
            "stop_price",
        ),
        (
            {"type": "trailing_stop", "trailing_percent": "100"},
            "number_out_of_range",
            "trailing_percent",
        ),
        (
            {"type": "trailing_stop", "trailing_percent": "0.00001"},
            "too_many_decimals",
            "trailing_percent",
        ),
    ],
)
def test_what_cannot_fire_is_refused(fields: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(CodedError) as caught:
        command(**fields)
    assert (caught.value.code.name, caught.value.details["field"]) == (code, field)
    assert "{" not in caught.value.sentence


@pytest.mark.parametrize(
    ("fields", "needed"),
    [
        (STOP, "a buy of type stop_loss has a quote_amount, or a quantity and the price"),
        (SELL_STOP | {"quote_amount": "1"}, "a sell of type stop_loss has a quantity, and no quote_amount"),
        (SELL_STOP | {"time_in_force": "fok"}, "must be gtc, gtd or day for an order of type stop_loss"),
        (
            {"type": "market", "price": None, "time_in_force": "gtc"},
            "must be ioc for an order of type market",
        ),
        (
            {"type": "stop_limit", "stop_price": "9.005"},
            "stop_price must be a multiple of the tick size 0.01",
        ),
        ({"type": "stoploss"}, "type is one of limit, market, stop_loss, stop_limit, take_profit"),
        (
            {"stop_price": "9"},
            "stop_price belongs to stop_loss, stop_limit, take_profit and take_profit_limit",
        ),
        ({"type": "trailing_stop"}, "either trailing_delta, a difference of prices"),
    ],
)
def test_a_refusal_says_what_is_needed(fields: dict[str, Any], needed: str) -> None:
    with pytest.raises(CodedError) as caught:
        command(**fields)
    assert needed in caught.value.sentence
