"""Lists of linked orders: OCOs and brackets, mostly of Alice."""

from typing import Any

from cse.engine.wire import OrderListKind, OrderType, PlaceOrderList, Side
from tests.rules.orders_of_triggers import STOP_LOSS, stop
from tests.rules.scenario import ALICE, buy, sell

OCO, BRACKET = OrderListKind.OCO, OrderListKind.BRACKET


def placed_as(kind: int, *orders: bytes) -> bytes:
    return PlaceOrderList(kind).encode(b"".join(orders))


def oco_of_sells(lots: int = 10, price: int = 1_200, stop_price: int = 900, **fields: Any) -> bytes:
    """Ten lots that are sold at 1,200 or better, or for what there is once 900 trades."""
    return placed_as(
        OCO,
        sell(ALICE, lots, price, **fields),
        stop(Side.SELL, STOP_LOSS, stop_price, lots, **fields),
    )


def take_profit(price: int = 1_100, **fields: Any) -> bytes:
    return sell(ALICE, 0, price, **fields)


def stop_exit(stop_price: int = 950, kind: OrderType = STOP_LOSS, **fields: Any) -> bytes:
    return stop(Side.SELL, kind, stop_price, 0, **fields)


def bracket(entry: bytes | None = None, exits: tuple[bytes, bytes] | None = None) -> bytes:
    """Ten lots that are bought at 1,000, and sold at 1,100 or once 950 trades."""
    first = entry if entry is not None else buy(ALICE, 10, 1_000)
    return placed_as(BRACKET, first, *(exits or (take_profit(), stop_exit())))
