"""From the events of a placement or a list to the answer."""

from __future__ import annotations

from typing import Any

import pytest

from cse.domain.errors import CodedError
from cse.trading.answers.placements import Repeated
from cse.trading.models import PlacedOrder, PlacedOrderList
from tests.unit.trading.small_exchange import ORDER, Exchange, selling


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
        ({"price": "0.01", "quantity": "99"}, "below_min_notional", "minimum of 1 USDC."),
        ({"quantity": "1000"}, "insufficient_funds", "available USDC"),
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


def test_a_refusal_names_the_field_of_what_was_sent(exchange: Exchange) -> None:
    worth_little = {"type": "market", "price": None, "quantity": None, "quote_amount": "0.5"}
    with pytest.raises(CodedError) as caught:
        exchange.place(exchange.traders[0], **worth_little)
    refused = caught.value
    assert (refused.code.name, refused.details["field"]) == ("below_min_notional", "quote_amount")


def test_an_order_that_waits_says_so() -> None:
    exchange = Exchange()
    seller, _ = exchange.traders
    waiting = exchange.place(seller, side="sell", type="stop_loss", price=None, stop_price="9")
    assert isinstance(waiting, PlacedOrder)
    order = waiting.order
    assert (order.status, order.trigger, order.type) == ("open", "waiting", "stop_loss")
    assert (order.stop_price, order.trailing_delta, order.price) == ("9", None, None)
    trailing = exchange.place(seller, side="sell", type="trailing_stop", price=None, trailing_percent="7")
    assert isinstance(trailing, PlacedOrder)
    assert (trailing.order.trailing_percent, trailing.order.stop_price) == ("7", None)


def test_the_orders_of_a_list_are_shown_as_they_are_afterwards() -> None:
    exchange = Exchange()
    limit = selling(type="limit", price="12", quantity="1", client_order_id="a")
    stop = selling(type="stop_loss", quantity="1", stop_price="9")
    both = exchange.place_list(exchange.traders[0], "oco", limit, stop)
    assert isinstance(both, PlacedOrderList)
    assert [(order.status, order.trigger) for order in both.orders] == [("open", None), ("open", "waiting")]
    first = both.orders[0].id
    assert [order.list_id for order in both.orders] == [first, first]
    again = exchange.place_list(exchange.traders[0], "oco", limit, stop)
    assert again == Repeated(int(both.sequence))
    with pytest.raises(CodedError) as caught:
        exchange.place_list(
            exchange.traders[0], "oco", limit | {"client_order_id": "b"}, stop | {"quantity": "2"}
        )
    assert caught.value.code.name == "invalid_order_list"


def test_a_list_tells_which_orders_of_its_owner_it_met() -> None:
    exchange = Exchange()
    seller = exchange.traders[0]
    exchange.place(seller, side="buy", price="12", quantity="1")
    limit, stop = selling(type="limit", price="12", quantity="1"), selling(type="stop_loss", quantity="1")
    met = exchange.place_list(seller, "oco", limit, stop | {"stop_price": "9"})
    assert isinstance(met, PlacedOrderList)
    assert [(one.taker_order_id, one.quantity) for one in met.prevented] == [(met.orders[0].id, "1")]
    assert [order.close_reason for order in met.orders] == ["self_trade", "linked"]


def test_the_exits_of_a_bracket_take_the_quantity_of_their_entry() -> None:
    exchange = Exchange()
    _, other = exchange.traders
    exchange.place(other, side="sell", price="10", quantity="2")
    entry = {"market": ORDER["market"], "side": "buy", "type": "market", "quantity": "2"}
    profit = selling(type="limit", price="11")
    stop = selling(type="trailing_stop", trailing_delta="0.5")
    placed = exchange.place_list(exchange.traders[0], "bracket", entry, profit, stop)
    assert isinstance(placed, PlacedOrderList)
    bought, exit_limit, exit_stop = placed.orders
    assert (bought.status, bought.filled_quantity) == ("filled", "2")
    assert (exit_limit.status, exit_limit.quantity, exit_limit.trigger) == ("open", "2", None)
    assert (exit_stop.quantity, exit_stop.stop_price, exit_stop.trigger) == ("2", "9.5", "waiting")
    assert [fill.quantity for fill in placed.fills] == ["2"]
    attached = exchange.place_list(
        exchange.traders[0], "bracket", entry | {"type": "limit", "price": "9.9"}, profit, stop
    )
    assert isinstance(attached, PlacedOrderList)
    assert [order.trigger for order in attached.orders] == [None, "attached", "attached"]
    assert attached.orders[1].quantity is None
