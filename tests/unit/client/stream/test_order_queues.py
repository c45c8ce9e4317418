"""Local queues are the server's, or they are empty."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cse_client.stream import OrderQueues, QueuedOrder
from cse_client.stream.messages import MarketOrdersData, read_incoming
from cse_client.stream.reader import Reader
from tests.unit.client import vectors

VECTORS = vectors.read("queues.json")
MARKET = vectors.market_of(VECTORS["market"], VECTORS["assets"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_messages_in_turn(case: dict[str, Any]) -> None:
    queues = OrderQueues(MARKET)
    reader = Reader("orders.LUNA-USDC", queues)
    for step in case["steps"]:
        waits = reader.position is None
        fault = reader.take(read_incoming(json.dumps(step["message"])))
        is_left_aside = waits and step["outcome"] == "gap"
        assert fault == (None if step["outcome"] == "applied" or is_left_aside else step["outcome"])
        for side, found in (("bids", queues.bids), ("asks", queues.asks)):
            assert [texts(order) for order in found] == step["queues"][side]
        position = step["position"]
        assert reader.position == (None if position is None else tuple(map(int, position)))


def test_what_stands_before_an_order() -> None:
    queues = OrderQueues(MARKET)
    message = VECTORS["cases"][0]["steps"][0]["message"]
    data = read_incoming(json.dumps(message)).data
    queues.apply(MarketOrdersData(**json.loads(bytes(data))), is_snapshot=True)
    assert queues.ahead_of("14") == MARKET.parse_quantity("1.0")
    assert queues.ahead_of("12") == 0
    assert queues.ahead_of("99") is None
    found = queues.find("14")
    assert found is not None
    assert texts(found) == ["14", "0.04200", "2.0"]


def texts(order: QueuedOrder) -> list[str]:
    return order.text.split(":")
