"""What an amend is answered: the order, what it traded at once, and what it did not trade with."""

from __future__ import annotations

from typing import Any

import msgspec

from cse.domain import codes
from cse.engine import wire
from cse.engine.models import Answer
from cse.trading.answers.amends import amend_result, amended
from cse.trading.entry.orders import amend_order
from cse.trading.models import AmendedOrder, AmendResult, PlacedOrder
from tests.unit.trading.small_exchange import TEXTS, Exchange


def placed(exchange: Exchange, trader: int, **fields: Any) -> PlacedOrder:
    answer = exchange.place(trader, **fields)
    assert isinstance(answer, PlacedOrder)
    return answer


def amend(exchange: Exchange, trader: int, before: PlacedOrder, **changes: str) -> AmendResult:
    command = amend_order(AmendedOrder(**changes), TEXTS, trader, int(before.order.id))
    events = exchange.run(command)
    assert amended(events) == 0
    return amend_result(before.order, Answer(1, exchange.sequence, exchange.time_us, events), TEXTS)


def test_an_amend_tells_what_it_traded_as_a_placement_does() -> None:
    exchange = Exchange()
    first, other = exchange.traders
    resting = placed(exchange, first, side="buy", price="9", quantity="2")
    placed(exchange, other, side="sell", price="10", quantity="1")
    placed(exchange, first, side="sell", price="10", quantity="3")
    # It fires another one, whose trades are not its own.
    placed(exchange, other, type="stop_loss", price=None, quantity=None, quote_amount="5", stop_price="10")
    result = amend(exchange, first, resting, price="10")
    assert [(fill.order_id, fill.side, fill.quantity, fill.liquidity) for fill in result.fills] == [
        (resting.order.id, "buy", "1", "taker")
    ]
    (met,) = result.prevented
    assert (met.taker_order_id, met.quantity, met.self_trade_prevention) == (
        resting.order.id,
        "1",
        "cancel_newest",
    )
    assert (result.linked_order_ids, result.sequence) == ([], str(exchange.sequence))


def test_an_amend_that_keeps_its_place_meets_nothing() -> None:
    exchange = Exchange()
    resting = placed(exchange, exchange.traders[0], quantity="2")
    result = amend(exchange, exchange.traders[0], resting, quantity="1")
    assert (result.fills, result.prevented) == ([], [])
    assert msgspec.to_builtins(result).keys() == {
        "order", "linked_order_ids", "sequence", "fills", "prevented",
    }  # fmt: skip


def test_an_amend_that_is_refused_has_its_code() -> None:
    exchange = Exchange()
    refused = exchange.run(wire.AmendOrder(exchange.traders[0], 99, "", 5, 0, 0, 0))
    assert amended(refused) == codes.ORDER_UNKNOWN.number
