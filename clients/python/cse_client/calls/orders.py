"""Placing, amending and cancelling orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from msgspec import Struct, structs

from cse_client import codes, models, placing
from cse_client.calls.account import AccountCalls
from cse_client.errors import ClientError, OrderRefused, OutcomeUnknown
from cse_client.models import (
    AmendedOrder,
    AmendResult,
    BatchedCancel,
    BatchedPlacement,
    NamedOrder,
    NewOrder,
    OneOrder,
    Order,
    PlacedOrder,
    Replacement,
    Side,
)
from cse_client.requests import target

_Response = TypeVar("_Response")
_MISSES = (codes.ORDER_NOT_OPEN, codes.ORDER_UNKNOWN)


class OrderCalls(AccountCalls):
    """What places, amends, replaces and cancels orders."""

    async def place_order(self, order: NewOrder) -> PlacedOrder:
        """Places an order, once. Without a client order id it gets one.

        Raises:
            ApiError: refused; nothing happened.
            OutcomeUnknown: no answer came, and only a look will tell.
        """
        order = placing.named(order)
        return await self._place("/api/orders", PlacedOrder, order, order)

    async def test_order(self, order: NewOrder) -> models.MarketFees:
        """Has an order looked at and not placed; the rates that it would keep.

        What depends on the market's state, on balances and on limits is not looked at.

        Raises:
            ApiError: the order would be refused whatever these are.
        """
        return await self._requests.ask("POST", "/api/orders/test", models.MarketFees, body=order)

    async def place_and_resolve(
        self, order: NewOrder, *, patience_s: float = 60.0, repeat: bool = True
    ) -> PlacedOrder:
        """Places an order, and stays with it until it is known what came of it.

        With `repeat` it is sent again under its client order id, which has one effect at most; without,
        it is only looked up. Raises like `place_order`, and `NotPlaced` without `repeat`.
        """
        patience = replace(self._requests.patience, patience_s=patience_s)
        return await placing.place_and_resolve(self, order, patience, repeat=repeat)

    async def amend_order(self, order_id: str, changes: AmendedOrder) -> AmendResult:
        """Amends an open order, once; the order as it then is, and what it traded at once by that.

        Raises:
            ClientError: nothing has changed; where `money` is `unknown`, only a look at the order will tell.
        """
        path = target("orders", order_id)
        return await self._requests.ask("PATCH", path, AmendResult, body=changes, repeatable=False)

    async def amend_by_client_id(self, client_order_id: str, changes: AmendedOrder) -> AmendResult:
        """Amends an open order by the client's id, once; raises like `amend_order`."""
        path = target("orders", "by-client-id", client_order_id)
        return await self._requests.ask("PATCH", path, AmendResult, body=changes, repeatable=False)

    async def place_orders(self, orders: Sequence[NewOrder]) -> list[BatchedPlacement]:
        """Places up to 20 orders one behind another, each for itself; what came of each, in their order.

        Each gets a client order id where it has none, so that sending them again places nothing twice.
        """
        body = models.NewOrders(orders=[placing.named(order) for order in orders])
        return (await self._requests.ask("POST", "/api/orders/batch", models.PlacedOrders, body=body)).items

    async def cancel_orders(self, orders: Sequence[NamedOrder]) -> list[BatchedCancel]:
        """Cancels up to 50 orders, each for itself; what came of each, in their order.

        After an answer that was lost, one that the first try closed is `order_not_open`.
        """
        body = models.NamedOrders(orders=list(orders))
        return (
            await self._requests.ask("POST", "/api/orders/cancel-batch", models.CancelledBatch, body=body)
        ).items

    async def cancel_after(self, timeout_ms: int) -> str | None:
        """Has all open orders cancelled after so many milliseconds, unless it is called again before.

        Returns when that will be; with 0 never, and None.
        """
        body = models.CancelAfter(timeout_ms=timeout_ms)
        answer = await self._requests.ask("POST", "/api/orders/cancel-after", models.CancelTimer, body=body)
        return answer.fires_at

    async def cancel_timer(self) -> str | None:
        """When the cancel timer fires; None where none is set."""
        answer = await self._requests.ask("GET", "/api/orders/cancel-after", models.CancelTimer)
        return answer.fires_at

    async def replace_order(self, replacement: Replacement) -> models.ReplacedOrder:
        """Cancels an order and places another, as one, once; raises like `place_order`."""
        order = placing.named(replacement.order)
        body = structs.replace(replacement, order=order)
        return await self._place("/api/orders/replace", models.ReplacedOrder, body, order)

    async def place_list(self, listed: models.NewOrderList) -> models.PlacedOrderList:
        """Places orders that are linked, all or none, once. The first one is named like in `place_order`."""
        first = placing.named(listed.orders[0])
        body = structs.replace(listed, orders=[first, *listed.orders[1:]])
        return await self._place("/api/orders/list", models.PlacedOrderList, body, first)

    async def cancel_order(self, order_id: str) -> Order:
        """Cancels an open order; the order as it then is."""
        return await self._cancel(target("orders", order_id))

    async def cancel_by_client_id(self, client_order_id: str) -> Order:
        """Cancels an open order by the client's id; the order as it then is."""
        return await self._cancel(target("orders", "by-client-id", client_order_id))

    async def cancel_all(self, market: str | None = None, side: Side | None = None) -> int:
        """Cancels all open orders, or those of a market or side; how many.

        After an answer that was lost those of the first try are not in the count.
        """
        path = target("orders", market=market, side=side)
        return (await self._requests.ask("DELETE", path, models.CancelledOrders)).cancelled

    async def _place(self, path: str, response: type[_Response], body: Struct, order: NewOrder) -> _Response:
        try:
            return await self._requests.ask("POST", path, response, body=body, repeatable=False)
        except ClientError as error:
            if error.money == "none":
                raise
            raise OutcomeUnknown(str(order.client_order_id), str(error)) from error

    async def _cancel(self, path: str) -> Order:
        try:
            return (await self._requests.ask("DELETE", path, OneOrder, repeatable=False)).order
        except ClientError as error:
            if error.money == "none":
                raise
        # No answer came: whichever try closes the order, it is closed in the end.
        order = (await self._requests.ask("GET", path, OneOrder)).order
        if order.status == "open":
            try:
                return (await self._requests.ask("DELETE", path, OneOrder)).order
            except OrderRefused as refusal:
                if refusal.code not in _MISSES:
                    raise
            order = (await self._requests.ask("GET", path, OneOrder)).order
        return order
