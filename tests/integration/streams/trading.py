"""Changes of a book at the leader's own door, far faster than HTTP would bring them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from random import Random

from cse.engine import wire
from cse.engine.client import LeaderClient
from tests.e2e.person import Person
from tests.exchange import RunningExchange

MARKET = "LAB-USDC"
MIDDLE = 10_000
DEPTH = 400


class Desk:
    """Somebody's orders in the market."""

    def __init__(self, exchange: RunningExchange, person: Person) -> None:
        order = person.place(MARKET, "buy", "0.1", "20")["order"]
        person.cancel(order["id"])
        self._account = int(order["account"])
        self._market = 1 + [item["market"] for item in person.get("/api/markets")["items"]].index(MARKET)
        self._socket = exchange.data / "run" / "leader.sock"

    async def run(self, batches: Iterable[list[bytes]], until: Callable[[int], bool], pause_s: float) -> int:
        """Sends batches one after another until so many levels have changed; how many that were."""
        changes = 0
        async with LeaderClient(self._socket) as leader:
            assert await leader.wait_connected(10)
            for commands in batches:
                answers = await asyncio.gather(*map(leader.submit, commands))
                for answer in answers:
                    kinds = [kind for kind, _, _ in wire.messages(answer.events)]
                    changes += kinds.count(wire.DepthChanged.KIND)
                if until(changes):
                    break
                await asyncio.sleep(pause_s)
        return changes

    def limit(self, side: wire.Side, price: int, quantity: int) -> bytes:
        """An order that rests. Prices are in ticks, quantities in lots."""
        return wire.PlaceOrder(
            account=self._account,
            market=self._market,
            side=side,
            order_type=wire.OrderType.LIMIT,
            time_in_force=wire.TimeInForce.GTC,
            self_trade_prevention=0,
            flags=0,
            price=price,
            quantity=quantity,
            quote_amount=0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=0,
            expires_at_us=0,
            client_order_id="",
        ).encode()

    def anything(self, source: Random) -> bytes:
        """An order somewhere on its side of the middle, or a cancel of a whole side."""
        side = source.choice((wire.Side.BUY, wire.Side.SELL))
        if source.random() < 0.01:
            return self.cancel_all(side)
        away = source.randint(1, DEPTH)
        price = MIDDLE - away if side == wire.Side.BUY else MIDDLE + away
        return self.limit(side, price, source.randint(200, 300))

    def cancel_all(self, side: int = 0) -> bytes:
        """A cancel of all there is, or of one side."""
        return wire.CancelAllOrders(self._account, self._market, side).encode()

    def ladder(self) -> list[list[bytes]]:
        """Batches that put an order on every level."""
        bids = [self.limit(wire.Side.BUY, MIDDLE - away, 200) for away in range(1, DEPTH + 1)]
        asks = [self.limit(wire.Side.SELL, MIDDLE + away, 200) for away in range(1, DEPTH + 1)]
        return [bids, asks]
