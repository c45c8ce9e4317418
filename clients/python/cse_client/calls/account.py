"""What an account has."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator
from typing import Literal

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.models import Balance, Balances, Fill, Fills, OneOrder, Order, Orders, Side
from cse_client.pages import all_items
from cse_client.requests import target


class AccountCalls(Calls):
    """Balances, fees, orders and fills, and play money for them."""

    async def balances(self) -> dict[str, Balance]:
        """What the account has, by asset."""
        page = await self._requests.ask("GET", "/api/balances", Balances)
        return {balance.asset: balance for balance in page.items}

    async def fees(self) -> models.Fees:
        """The account's fee tier, and its rates in every market."""
        return await self._requests.ask("GET", "/api/fees", models.Fees)

    async def limits(self) -> list[models.LimitView]:
        """Where the caller's limits stand."""
        return (await self._requests.ask("GET", "/api/limits", models.LimitsNow)).items

    async def orders(
        self,
        market: str | None = None,
        status: Literal["open", "closed", "all"] = "open",
        limit: int = 100,
        cursor: str | None = None,
        *,
        side: Side | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> Orders:
        """A page of orders: open ones newest first, then closed ones by their closing, newest first.

        `start`, which is taken in, and `end`, which is not, choose closed ones by when they closed.
        """
        chosen = {"market": market, "status": status, "side": side, "from": start, "to": end}
        path = target("orders", **chosen, limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, Orders)

    def all_orders(
        self, market: str | None = None, status: Literal["open", "closed", "all"] = "open"
    ) -> AsyncIterator[Order]:
        """All orders, page by page."""
        return all_items(lambda cursor: self.orders(market, status, 500, cursor))

    async def fills(
        self,
        market: str | None = None,
        limit: int = 100,
        cursor: str | None = None,
        *,
        side: Side | None = None,
        start: str | None = None,
        end: str | None = None,
    ) -> Fills:
        """A page of fills, newest first; of those at `start` or later and before `end`."""
        chosen = {"market": market, "side": side, "from": start, "to": end}
        path = target("fills", **chosen, limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, Fills)

    def all_fills(self, market: str | None = None) -> AsyncIterator[Fill]:
        """All fills, newest first."""
        return all_items(lambda cursor: self.fills(market, 500, cursor))

    async def order(self, order_id: str) -> Order:
        """One order."""
        return (await self._requests.ask("GET", target("orders", order_id), OneOrder)).order

    async def linked_order_ids(self, order_id: str) -> list[str]:
        """The ids of the open orders that an order is linked with; none when it is closed."""
        answer = await self._requests.ask("GET", target("orders", order_id), OneOrder)
        return answer.linked_order_ids

    async def order_by_client_id(self, client_order_id: str) -> Order:
        """One order by the client's id."""
        path = target("orders", "by-client-id", client_order_id)
        return (await self._requests.ask("GET", path, OneOrder)).order

    async def take_from_faucet(self, asset: str, amount: str, key: str | None = None) -> models.FaucetGrant:
        """Takes play money, once for a `key`, which is made here if there is none."""
        headers = {"idempotency-key": key or uuid.uuid4().hex}
        body = models.FaucetRequest(asset=asset, amount=amount)
        return await self._requests.ask("POST", "/api/faucet", models.FaucetGrant, body=body, headers=headers)
