"""A market's rules, status and auction on the stream are those that REST shows."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from cse.domain.limits import TRADES_MAX
from cse.engine import wire
from cse.marketdata.views import auction_view, market_view
from tests.small_market import BUYER, MARKET, buy, place, sell
from tests.streams.client import split
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor

CHANNEL = f"market.{NAME}"
AUCTION = wire.SetMarketStatus(MARKET, wire.MarketStatus.AUCTION, 0).encode()
OPEN = wire.SetMarketStatus(MARKET, wire.MarketStatus.OPEN, 0).encode()
HALTED = wire.SetMarketStatus(MARKET, wire.MarketStatus.HALTED, 0).encode()
LIMITS = wire.SetMarketLimits(MARKET, 7, 10, 10**9, 2, 1 << 40, 5, 2).encode()
BAND = wire.SetMarketBand(MARKET, 50_000, 20_000, 60, 30, 100).encode()
SELF_TRADES = wire.SetMarketSelfTrade(MARKET, True).encode()
FEES = wire.SetMarketFees(MARKET, -10, 500, 0, 0, 0).encode()


@pytest.fixture
def engine() -> Engine:
    return Engine()


def messages(visitor: Visitor) -> list[dict[str, Any]]:
    """What has come of the channel since the last time."""
    data, visitor.connection.received = bytes(visitor.connection.received), bytearray()
    found = []
    while data:
        (_, content), data = split(data)
        message = json.loads(content)
        if message.get("channel") == CHANNEL:
            found.append(message)
    return found


def shown(engine: Engine, sequence: str) -> Any:
    market = engine.market()
    views = {"rules": market_view(market), "auction": auction_view(market, int(sequence))}
    return msgspec.to_builtins(views)


STEPS = [
    [AUCTION],
    [AUCTION, buy(105)],
    [AUCTION, buy(105), sell(100)],
    [AUCTION, buy(105), sell(100), OPEN],
    [AUCTION, buy(105), sell(100), HALTED],
    [LIMITS],
    [BAND],
    [FEES],
    [SELF_TRADES],
    [BAND, buy(110), sell(110), sell(90), buy(90)],
]


@pytest.mark.parametrize("commands", STEPS)
@pytest.mark.parametrize("is_one_turn", [True, False])
def test_what_is_told_is_what_the_core_has(engine: Engine, commands: list[bytes], is_one_turn: bool) -> None:
    process = FakeProcess(engine)
    visitor = process.connect()
    visitor.send(visitor.client.subscription(CHANNEL))
    process.turn()
    (snapshot,) = messages(visitor)
    assert (snapshot["type"], snapshot["data"]) == ("snapshot", shown(engine, snapshot["sequence"]))
    for batch in [commands] if is_one_turn else [[command] for command in commands]:
        engine.run(*batch)
        process.turn()
    *_, last = messages(visitor)
    assert (last["type"], last["data"]) == ("update", shown(engine, last["sequence"]))


def of_one_lot_at_a_time(command: bytes) -> bytes:
    """An order that shows one lot, and gives up the lots in which it meets an order of its own account."""
    order = wire.PlaceOrder.decode(command)
    return order._replace(
        display_quantity=1, self_trade_prevention=wire.SelfTradePrevention.DECREMENT
    ).encode()


def test_an_uncrossing_goes_on_until_its_orders_have_met(engine: Engine) -> None:
    """Nothing trades, for all that meets is of one account: as many lots as a command may have meet, and
    one is left for the next command."""
    lots = TRADES_MAX + 1
    engine.run(buy(105, lots), sell(105, lots), AUCTION)
    for side in (wire.Side.BUY, wire.Side.SELL):
        engine.run(of_one_lot_at_a_time(place(BUYER, side, 105, lots)))
    process = FakeProcess(engine)
    visitor = process.connect()
    visitor.send(visitor.client.subscription(CHANNEL))
    process.turn()
    messages(visitor)
    for command, is_uncrossing in ((OPEN, True), (wire.Tick().encode(), False)):
        engine.run(command)
        process.turn()
        (update,) = messages(visitor)
        assert update["data"] == shown(engine, update["sequence"])
        assert update["data"]["auction"]["uncrossing"] is is_uncrossing


def test_one_who_comes_in_the_middle_of_an_auction_sees_it(engine: Engine) -> None:
    engine.run(AUCTION, buy(105), sell(100, 4))
    process = FakeProcess(engine)
    visitor = process.connect()
    visitor.send(visitor.client.subscription(CHANNEL))
    process.turn()
    (snapshot,) = messages(visitor)
    auction = snapshot["data"]["auction"]
    assert (auction["status"], auction["price"]) == ("auction", "0.0105")
    assert (auction["volume"], auction["surplus"], auction["surplus_side"]) == ("0.04", "0.06", "buy")


def test_orders_alone_are_no_news_of_an_open_market(engine: Engine) -> None:
    process = FakeProcess(engine)
    visitor = process.connect()
    visitor.send(visitor.client.subscription(CHANNEL))
    process.turn()
    messages(visitor)
    engine.run(buy(105), sell(100))
    process.turn()
    assert messages(visitor) == []
