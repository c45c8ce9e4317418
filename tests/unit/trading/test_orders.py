"""From an order's text to the command, and from the command's events to the answer."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain import codes
from cse.domain.enumerations import OrderType, SelfTradePrevention, TimeInForce
from cse.domain.errors import CodedError
from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.domain.orders import word
from cse.engine import wire
from cse.trading.answers import Halves, Repeated, cancelled, cancelled_count, halves, placed
from cse.trading.models import AmendedOrder, NewOrder, PlacedOrder, Replacement
from cse.trading.orders import amend_order, place_order, replace_order
from cse.trading.refusals import refusal
from tests.unit.trading.small_exchange import CRT, ORDER, TEXTS, Exchange


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


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"mode": "both", "cancel_order": "1"}, "invalid_replace_mode"),
        ({}, "missing_field"),
        ({"cancel_order": "1", "cancel_client_order_id": "c"}, "missing_field"),
        ({"cancel_order": "one"}, "order_unknown"),
    ],
)
def test_a_replacement_names_one_order_to_cancel(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(CodedError) as caught:
        replace_order(msgspec.convert({"order": ORDER} | fields, Replacement), command(), 7)
    assert caught.value.code.name == code


def replaced(exchange: Exchange, mode: str, cancel_order: str, **fields: Any) -> Halves:
    fields = {"order": ORDER | fields, "cancel_order": cancel_order, "mode": mode}
    account = exchange.traders[0]
    replacement = msgspec.convert(fields, Replacement)
    order = place_order(replacement.order, TEXTS, account)
    return halves(exchange.apply(replace_order(replacement, order, account)))


def test_both_halves_of_a_replacement_are_told_apart(exchange: Exchange) -> None:
    first = exchange.place(exchange.traders[0], price="9")
    assert isinstance(first, PlacedOrder)
    both = replaced(exchange, "stop_on_failure", first.order.id, price="9.50", client_order_id="n")
    assert isinstance(both.cancelled, wire.OrderClosed)
    assert str(both.cancelled.order_id) == first.order.id
    answer = placed(both.placement, exchange.sequence, exchange.time_us, TEXTS)
    assert isinstance(answer, bytes)
    assert msgspec.json.decode(answer)["order"]["price"] == "9.5"
    neither = replaced(exchange, "stop_on_failure", first.order.id)
    assert neither == Halves(codes.ORDER_UNKNOWN.number, b"")
    one = replaced(exchange, "allow_failure", first.order.id)
    assert one.cancelled == codes.ORDER_UNKNOWN.number
    assert isinstance(placed(one.placement, exchange.sequence, exchange.time_us, TEXTS), bytes)
    again = replaced(exchange, "stop_on_failure", first.order.id, price="9.50", client_order_id="n")
    assert again.cancelled is None
    assert isinstance(placed(again.placement, exchange.sequence, exchange.time_us, TEXTS), Repeated)


# The core knows neither decimals nor days, and refuses with none of these.
NOT_OF_THE_CORE = (codes.FAUCET_LIMIT, codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT)
OF_THE_CORE = [code for code in codes.CODES if code.band in ("order", "funds", "market")]


@pytest.mark.parametrize("code", [code for code in OF_THE_CORE if code not in NOT_OF_THE_CORE])
def test_no_refusal_of_the_core_leaves_a_name_open(code: codes.Code) -> None:
    assert "{" not in refusal(code.number, CRT).sentence


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


def test_an_answer_is_made_of_the_events(exchange: Exchange) -> None:
    seller, buyer = exchange.traders
    resting = exchange.place(seller, side="sell", price="10", quantity="5")
    assert isinstance(resting, PlacedOrder)
    assert (resting.order.status, resting.order.remaining_quantity, resting.fills) == ("open", "5", [])
    met = exchange.place(buyer, price="10.50", quantity="7", time_in_force="ioc", client_order_id="c")
    assert isinstance(met, PlacedOrder)
    order = met.order
    assert (order.status, order.close_reason, order.average_price) == ("expired", "expired", "10")
    assert (order.filled_quantity, order.filled_notional, order.remaining_quantity) == ("5", "50", "2")
    (fill,) = met.fills
    assert (fill.order_id, fill.side, fill.liquidity, fill.price) == (order.id, "buy", "taker", "10")
    assert order.created_at.startswith("2023-11-14T22:13:20.")
    assert order.created_at.endswith("Z")
    again = exchange.place(buyer, price="10.50", quantity="7", time_in_force="ioc", client_order_id="c")
    assert again == Repeated(int(met.sequence))


@pytest.mark.parametrize(
    ("fields", "code", "said"),
    [
        ({"price": "0.01", "quantity": "99"}, "below_min_notional", "minimum of 1."),
        ({"quantity": "1000"}, "insufficient_funds", "balance"),
        ({"side": "sell", "quantity": "1000.001"}, "quantity_out_of_range", "at most 1000"),
        ({"time_in_force": "gtd", "expires_at": "2023-11-14T00:00:00Z"}, "invalid_expiry", "before 2255-"),
        ({"self_trade_prevention": "none"}, "invalid_self_trade_prevention", "market allows"),
        ({"display_quantity": "1.001"}, "invalid_display_quantity", "at most the quantity"),
    ],
)
def test_refusals_of_the_core_name_the_limit(
    exchange: Exchange, fields: dict[str, Any], code: str, said: str
) -> None:
    with pytest.raises(CodedError) as caught:
        exchange.place(exchange.traders[0], **fields)
    assert caught.value.code.name == code
    assert said in caught.value.sentence


def test_cancels_say_what_they_closed_or_why_not(exchange: Exchange) -> None:
    seller, buyer = exchange.traders
    placed_order = exchange.place(seller, side="sell")
    assert isinstance(placed_order, PlacedOrder)
    order_id = int(placed_order.order.id)
    assert cancelled(exchange.run(wire.CancelOrder(buyer, order_id, ""))) == codes.ORDER_UNKNOWN.number
    closed = cancelled(exchange.run(wire.CancelOrder(seller, order_id, "")))
    assert isinstance(closed, wire.OrderClosed)
    assert closed.order_id == order_id
    for _ in range(3):
        exchange.place(seller, side="sell")
    assert cancelled_count(exchange.run(wire.CancelAllOrders(seller, 0, 0))) == 3
    with pytest.raises(CodedError):
        cancelled_count(exchange.run(wire.CancelAllOrders(seller, 9, 0)))
