"""`orders.MARKET`: a book order by order, without whose they are."""

from __future__ import annotations

import json
from typing import Any

from cse.engine import wire
from tests.small_market import BUYER, MARKET, SELLER, buy, cancel, place, sell
from tests.streams.client import payload
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor

ORDERS = f"orders.{NAME}"


def heard(visitor: Visitor) -> list[dict[str, Any]]:
    """The messages of the channel that have come since the last time."""
    visitor.process.turn()
    data, visitor.connection.received = bytes(visitor.connection.received), bytearray()
    found = []
    while data:
        length = data[1] if data[1] < 126 else int.from_bytes(data[2:4], "big")
        end = length + (2 if data[1] < 126 else 4)
        message = json.loads(payload(data[:end])[1])
        data = data[end:]
        if message.get("channel") == ORDERS:
            found.append(message)
    return found


def subscribed(process: FakeProcess, *channels: object) -> Visitor:
    visitor = process.connect()
    visitor.session.receive(json.dumps({"op": "subscribe", "channels": channels or [ORDERS]}).encode())
    return visitor


def iceberg(price: int, quantity: int, shown: int) -> bytes:
    order = wire.PlaceOrder.decode(place(SELLER, wire.Side.SELL, price, quantity))
    return order._replace(display_quantity=shown).encode()


def amend(account: int, order_id: int, price: int = 0, quantity: int = 0) -> bytes:
    return wire.AmendOrder(account, order_id, "", price, quantity, 0, 0).encode()


def test_a_snapshot_has_the_queues_and_nobody_in_them(engine: Engine, process: FakeProcess) -> None:
    engine.run(buy(90, 10), buy(90, 20), buy(95, 1, "mine"), sell(110, 5))
    (message,) = heard(subscribed(process))
    assert message["type"] == "snapshot"
    assert message["data"]["bids"] == [
        ["3", "0.0095", "0.01", "add"],
        ["1", "0.0090", "0.10", "add"],
        ["2", "0.0090", "0.20", "add"],
    ]
    assert message["data"]["asks"] == [["4", "0.0110", "0.05", "add"]]
    assert set(message["data"]) == {"bids", "asks", "checksum"}
    assert "mine" not in json.dumps(message)


def test_what_happens_to_orders_is_told_by_what_it_was(engine: Engine, process: FakeProcess) -> None:
    engine.run(sell(110, 10), sell(110, 10), sell(120, 10))
    visitor = subscribed(process)
    heard(visitor)
    steps: tuple[tuple[bytes, list[list[str]], list[list[str]]], ...] = (
        (buy(90), [["4", "0.0090", "0.10", "add"]], []),
        (buy(110, 4), [], [["1", "0.0110", "0.06", "fill"]]),
        (amend(SELLER, 2, quantity=7), [], [["2", "0.0110", "0.07", "change"]]),
        (amend(SELLER, 1, quantity=20), [], [["1", "0.0110", "0.16", "move"]]),
        (amend(SELLER, 3, price=115), [], [["3", "0.0115", "0.10", "move"]]),
        (buy(110, 7), [], [["2", "0.0110", "0", "fill"]]),
        (cancel(BUYER, 4), [["4", "0.0090", "0", "remove"]], []),
        # It trades, and what is left comes to rest.
        (buy(112, 17), [["7", "0.0112", "0.01", "add"]], [["1", "0.0110", "0", "fill"]]),
    )
    for command, bids, asks in steps:
        engine.run(command)
        (message,) = heard(visitor)
        assert (message["data"]["bids"], message["data"]["asks"]) == (bids, asks)


def test_an_iceberg_shows_its_slice_and_loses_its_place_with_the_next(
    engine: Engine, process: FakeProcess
) -> None:
    engine.run(iceberg(110, 50, shown=10), sell(110, 3))
    visitor = subscribed(process)
    (message,) = heard(visitor)
    assert message["data"]["asks"] == [["1", "0.0110", "0.10", "add"], ["2", "0.0110", "0.03", "add"]]
    engine.run(buy(110, 4))
    assert heard(visitor)[0]["data"]["asks"] == [["1", "0.0110", "0.06", "fill"]]
    engine.run(buy(110, 6))
    assert heard(visitor)[0]["data"]["asks"] == [["1", "0.0110", "0.10", "move"]]


def test_orders_that_nobody_can_see_are_not_told(engine: Engine, process: FakeProcess) -> None:
    engine.run(sell(100, 1), buy(100, 1), buy(90, 5))
    visitor = subscribed(process)
    heard(visitor)
    stop = wire.PlaceOrder.decode(sell(80, 3))
    waiting = stop._replace(order_type=wire.OrderType.STOP_LIMIT, stop_price=85).encode()
    taking = wire.PlaceOrder.decode(sell(200, 3))._replace(time_in_force=wire.TimeInForce.IOC).encode()
    engine.run(waiting, taking, cancel(SELLER, 4))
    assert heard(visitor) == []
    # Nor to who comes later, from before.
    here = {"channel": ORDERS, "epoch": "1", "sequence": str(engine.sequence - 3)}
    assert "85" not in json.dumps(heard(subscribed(FakeProcess(engine), here)))
    assert heard(subscribed(FakeProcess(engine)))[0]["data"]["bids"] == [["3", "0.0090", "0.05", "add"]]


def test_who_comes_from_another_process_is_told_what_it_missed(engine: Engine, process: FakeProcess) -> None:
    engine.run(sell(110, 10), sell(110, 10), sell(120, 10))
    (snapshot,) = heard(subscribed(process))
    engine.run(buy(110, 4), cancel(SELLER, 3), sell(110, 1))
    position = {name: snapshot[name] for name in ("channel", "epoch", "sequence")}
    (update,) = heard(subscribed(FakeProcess(engine), position))
    assert (update["type"], update["previous"]) == ("update", snapshot["sequence"])
    assert update["data"]["asks"] == [
        ["1", "0.0110", "0.06", "fill"],
        ["3", "0.0120", "0", "remove"],
        ["5", "0.0110", "0.01", "add"],
    ]


def test_a_slice_that_self_trade_prevention_used_up_lost_its_place_elsewhere_too(
    engine: Engine, process: FakeProcess
) -> None:
    engine.run(buy(105, 20), sell(105, 20), iceberg(110, 50, shown=10), sell(110, 3))
    (snapshot,) = heard(subscribed(process))
    own = wire.PlaceOrder.decode(place(SELLER, wire.Side.BUY, 110, 10))
    engine.run(own._replace(self_trade_prevention=wire.SelfTradePrevention.DECREMENT).encode())
    position = {name: snapshot[name] for name in ("channel", "epoch", "sequence")}
    (update,) = heard(subscribed(FakeProcess(engine), position))
    # What stands behind it as well: told again in the same order, it changes nothing.
    assert update["data"]["asks"] == [["3", "0.0110", "0.10", "move"]]


def test_it_is_followed_only_while_somebody_listens(engine: Engine, process: FakeProcess) -> None:
    visitor = subscribed(process)
    heard(visitor)
    assert list(process.hub.market_orders.heard) == [MARKET]
    visitor.leave()
    process.now_s += 50
    process.hub.pass_time(0)
    assert process.hub.market_orders.heard, "who comes back soon finds it"
    visitor = subscribed(process)
    assert heard(visitor)[0]["type"] == "snapshot"
    process.now_s += 50
    process.hub.pass_time(0)
    assert process.hub.market_orders.heard, "somebody listens"
    visitor.leave()
    process.now_s += 61
    process.hub.pass_time(0)
    assert not process.hub.market_orders.heard
    engine.run(sell(110))
    process.turn()
