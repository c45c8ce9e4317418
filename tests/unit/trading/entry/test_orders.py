"""From an order's text to the command."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain import codes
from cse.domain.enumerations import OrderType, SelfTradePrevention, TimeInForce, TriggerPhase
from cse.domain.errors import CodedError
from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.domain.orders import word
from cse.engine import wire
from cse.trading.entry.orders import amend_order, place_order, refuse_amend, replace_order
from cse.trading.models import AmendedOrder, NewOrder, Replacement
from tests.unit.trading.small_exchange import ORDER, TEXTS


def command(**fields: Any) -> wire.PlaceOrder:
    return place_order(msgspec.convert(ORDER | fields, NewOrder), TEXTS, 7)


def test_amounts_become_ticks_and_lots() -> None:
    made = command(price="10.05", quantity="1.0010", client_order_id="a:1")
    assert (made.account, made.market, made.price, made.quantity) == (7, 1, 1_005, 1_001)
    assert (made.client_order_id, made.quote_amount, made.flags) == ("a:1", 0, 0)
    assert wire.PlaceOrder.decode(made.encode()) == made
    market = command(type="market", price=None, quantity=None, quote_amount="12.5")
    assert (market.price, market.quantity, market.quote_amount) == (0, 0, 12_500_000)


def test_the_same_text_is_the_same_number_again_and_a_refusal_is_not_remembered() -> None:
    for _ in range(2):
        assert command(price="10.05").price == 1_005
        with pytest.raises(CodedError):
            command(price="10.005")


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"price": "10.005"}, "price_off_tick", "price"),
        ({"quantity": "0.0015"}, "quantity_off_lot", "quantity"),
        ({"quantity": "0.000"}, "quantity_out_of_range", "quantity"),
        ({"price": "1.7E-5"}, "invalid_decimal", "price"),
        ({"side": "buy "}, "invalid_side", "side"),
        ({"type": "iceberg"}, "order_type_unavailable", "type"),
        ({"type": "stop_loss"}, "missing_field", "stop_price"),
        ({"type": "trailing_stop"}, "invalid_trailing_delta", "trailing_delta"),
        ({"trailing_percent": "1"}, "order_type_unavailable", "trailing_percent"),
        ({"stop_price": ""}, "order_type_unavailable", "stop_price"),
        ({"time_in_force": "GTC"}, "invalid_time_in_force", "time_in_force"),
        ({"post_only": True, "time_in_force": "fok"}, "post_only_not_allowed", "post_only"),
        ({"post_only": True, "time_in_force": "ioc", "reprice": True}, "post_only_not_allowed", "post_only"),
        ({"reprice": True}, "post_only_not_allowed", "reprice"),
        ({"time_in_force": "gtd"}, "missing_field", "expires_at"),
        ({"display_quantity": "0.0001"}, "quantity_off_lot", "display_quantity"),
        ({"time_in_force": "day", "expires_at": "2030-01-01T00:00:00Z"}, "invalid_expiry", "expires_at"),
        ({"time_in_force": "gtd", "expires_at": "tomorrow"}, "invalid_field", "expires_at"),
        ({"self_trade_prevention": "oldest"}, "invalid_self_trade_prevention", "self_trade_prevention"),
        ({"type": "market", "quote_amount": "1"}, "quantity_or_quote_amount", "quantity"),
        ({"account": "8"}, "account_unknown", "account"),
        ({"client_order_id": "x" * 37}, "invalid_client_order_id", "client_order_id"),
    ],
)
def test_what_cannot_be_meant_is_refused(fields: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(CodedError) as caught:
        command(**fields)
    assert (caught.value.code.name, caught.value.details["field"]) == (code, field)


def test_words_and_times_become_what_the_core_knows() -> None:
    good_till = command(time_in_force="gtd", expires_at="2030-01-01T00:00:00Z", post_only=True, reprice=True)
    assert (good_till.time_in_force, good_till.expires_at_us) == (TimeInForce.GTD, 1_893_456_000_000_000)
    assert good_till.flags == FLAG_POST_ONLY | FLAG_REPRICE
    prevented = [command(self_trade_prevention=word(kind)) for kind in SelfTradePrevention]
    assert [made.self_trade_prevention for made in prevented] == [0, 2, 3, 4, 5]
    worst = command(type="market", price="10.05", quantity="1")
    assert (worst.order_type, worst.price) == (OrderType.MARKET, 1_005)


def test_an_amend_names_what_is_to_be_another() -> None:
    amend = amend_order(AmendedOrder(price="10.05", quantity="2"), TEXTS, 7, 3)
    assert amend == wire.AmendOrder(7, 3, "", 1_005, 2_000, 0, 0)
    assert amend_order(AmendedOrder(display_quantity="0.5"), TEXTS, 7, 3).display_quantity == 500
    with pytest.raises(CodedError) as caught:
        amend_order(AmendedOrder(), TEXTS, 7, 3)
    assert caught.value.code is codes.NOTHING_TO_AMEND


def waiting(order_type: OrderType, quote_amount: int = 0) -> wire.TriggerState:
    terms = (1, 1, 0, 0, 5, quote_amount, 900, 0, 0, 5, 0, 0, 1, 0, 0, TriggerPhase.WAITING, 0, "")
    return wire.TriggerState(3, 7, 1, 2, order_type, *terms)


def test_an_amend_is_refused_where_the_order_has_no_such_field() -> None:
    resting = wire.OrderState(3, 7, 1, 2, 1, 1, 0, 900, 5, 0, 0, 0, 0, 5, 0, 0, 1, 0, 0, 0, 5, "")
    stop = waiting(OrderType.STOP_LOSS)
    refuse_amend(AmendedOrder(stop_price="9.5", quantity="1"), stop)
    refuse_amend(AmendedOrder(price="9.5", quantity="1"), resting)
    for state, amended, code, field in (
        (resting, AmendedOrder(stop_price="9"), "order_type_unavailable", "stop_price"),
        (
            waiting(OrderType.TRAILING_STOP),
            AmendedOrder(stop_price="9"),
            "order_type_unavailable",
            "stop_price",
        ),
        (
            waiting(OrderType.STOP_LOSS, 5),
            AmendedOrder(quantity="1"),
            "quantity_or_quote_amount",
            "quantity",
        ),
    ):
        with pytest.raises(CodedError) as caught:
            refuse_amend(amended, state)
        assert (caught.value.code.name, caught.value.details["field"]) == (code, field)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mode": "both", "cancel_order": "1"}, "invalid_replace_mode"),
        ({}, "missing_field"),
        ({"cancel_order": "1", "cancel_client_order_id": "c"}, "invalid_field"),
        ({"cancel_order": "one"}, "order_unknown"),
    ],
)
def test_a_replacement_names_one_order_to_cancel(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(CodedError) as caught:
        replace_order(msgspec.convert({"order": ORDER} | fields, Replacement), command(), 7)
    assert caught.value.code.name == code
