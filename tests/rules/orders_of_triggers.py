"""Orders of Alice that wait for a price, and trades of others that fire them."""

from typing import Any

from cse.engine.wire import OrderType, Side
from tests.rules.cases import NO_FEES
from tests.rules.scenario import ALICE, BOB, CAROL, IOC, Scenario, buy, order, sell

STOP_LOSS, STOP_LIMIT = OrderType.STOP_LOSS, OrderType.STOP_LIMIT
TAKE_PROFIT, TAKE_PROFIT_LIMIT = OrderType.TAKE_PROFIT, OrderType.TAKE_PROFIT_LIMIT


def stop(
    side: Side, kind: OrderType, stop_price: int, lots: int = 10, price: int = 0, **fields: Any
) -> bytes:
    return order(ALICE, side, lots, price, **{"order_type": kind, "stop_price": stop_price, **fields})


def trailing(side: Side, delta: int, lots: int = 10, price: int = 0, **fields: Any) -> bytes:
    kind = OrderType.TRAILING_STOP
    return order(ALICE, side, lots, price, order_type=kind, trailing_delta=delta, **fields)


def traded_at(price: int) -> list[bytes]:
    """Bob sells Carol a lot: two commands, where no order of others is as good."""
    return [buy(CAROL, 1, price), sell(BOB, 1, price, IOC)]


def said_of_trade(price: int, maker: int, taker: int) -> list[str]:
    """What is said to the second of them, before anything fires."""
    return [
        f"accepted {taker}",
        f"traded 1 at {price} with {maker}: {NO_FEES}",
        f"closed {maker} filled: 1 of 1",
        f"closed {taker} filled: 1 of 1",
    ]


def stop_prices(scenario: Scenario) -> dict[int, int]:
    """Of the orders outside the book, by their ids."""
    lines = [line.split(" ") for line in scenario.core.dump().splitlines() if line.startswith("trigger")]
    return {int(line[1]): int(line[12]) for line in lines}
