"""One person among the robots: signed in, with money, and sure of what came of each order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Final, TypeVar

from cse.demo.credentials import Credentials
from cse.demo.funds import fill_up
from cse.demo.people import enter
from cse_client import (
    CseClient,
    FundsRefused,
    Market,
    NewOrder,
    NotSignedIn,
    Order,
    OrderRefused,
    PlacedOrder,
    Transport,
    codes,
)
from cse_client.models import Side, TimeInForce

_Result = TypeVar("_Result")
# Below this part of what a person should have, the faucet is asked.
_REFILL_BELOW: Final = Decimal("0.4")
_PATIENCE_S: Final = 60.0
_GONE: Final = frozenset({codes.ORDER_NOT_OPEN, codes.ORDER_UNKNOWN})


class WouldTake(Exception):
    """Somebody stands at a price at which only resting was meant."""


class OutOfFunds(Exception):
    """The balance is not there."""


class Trader:
    """One person. Calls raise `ClientError` where the exchange is away for longer than patience lasts."""

    def __init__(
        self, url: str, transport: Transport, credentials: Credentials, wanted: Mapping[str, Decimal]
    ) -> None:
        self.client = CseClient(url, transport=transport)
        self.held: dict[str, Decimal] = {}
        self._credentials = credentials
        self._wanted = wanted

    async def begin(self) -> None:
        """Signs in, or up at the very first time, and takes what money is missing."""
        await enter(self.client, self._credentials)
        await self.look_at_funds()

    async def look_at_funds(self) -> None:
        """Reads the balances, and fills up what has run low."""
        await self._signed_in(lambda: fill_up(self.client, self._wanted, _REFILL_BELOW))
        balances = await self.client.balances()
        self.held = {
            asset: Decimal(balance.available) + Decimal(balance.locked) for asset, balance in balances.items()
        }

    def inventory(self, base: str) -> float:
        """How much of an asset the person has, as a part of what was meant; 1 where all is even."""
        wanted = self._wanted.get(base)
        return float(self.held.get(base, Decimal(0)) / wanted) if wanted else 1.0

    async def rest(self, market: Market, side: Side, ticks: int, lots: int) -> str | None:
        """Places an order that only rests; its id, or None if it was not taken.

        Raises:
            WouldTake: somebody stands there.
            OutOfFunds: the balance is not there.
        """
        placed = await self._place(market, side, ticks, lots, post_only=True)
        if placed is None or placed.order.status != "open":
            return None
        return placed.order.id

    async def take(self, market: Market, side: Side, ticks: int, lots: int) -> PlacedOrder | None:
        """Takes what is there up to a price, and leaves the rest. Raises `OutOfFunds`."""
        return await self._place(market, side, ticks, lots, time_in_force="ioc")

    async def cancel(self, order_id: str) -> None:
        """Takes an order back; one that is gone already is as good."""
        try:
            await self._signed_in(lambda: self.client.cancel_order(order_id))
        except OrderRefused as refusal:
            if refusal.code not in _GONE:
                raise

    async def open_orders(self) -> list[Order]:
        """What rests, in all markets."""
        return [order async for order in self.client.all_orders()]

    async def leave(self) -> None:
        """Takes everything back and signs out."""
        await self.client.cancel_all()
        await self.client.sign_out()

    async def _place(
        self,
        market: Market,
        side: Side,
        ticks: int,
        lots: int,
        *,
        post_only: bool = False,
        time_in_force: TimeInForce | None = None,
    ) -> PlacedOrder | None:
        order = NewOrder(
            market=market.name,
            side=side,
            type="limit",
            price=market.format_price(ticks),
            quantity=market.format_quantity(lots),
            post_only=post_only,
            time_in_force=time_in_force,
        )
        try:
            return await self._signed_in(lambda: self.client.place_and_resolve(order, patience_s=_PATIENCE_S))
        except FundsRefused as refusal:
            raise OutOfFunds from refusal
        except OrderRefused as refusal:
            if refusal.code == codes.POST_ONLY_WOULD_TAKE:
                raise WouldTake from refusal
            return None

    async def _signed_in(self, call: Callable[[], Awaitable[_Result]]) -> _Result:
        """Makes a call, with a new session where the old one has ended for good."""
        try:
            return await call()
        except NotSignedIn:
            await enter(self.client, self._credentials)
            return await call()
