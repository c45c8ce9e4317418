"""A core with one market, spoken to as the edge does."""

from __future__ import annotations

from typing import Any

import msgspec

from cse.domain.accounts import external_owner
from cse.domain.assets import Asset
from cse.domain.enumerations import AccountKind
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine._native import Core
from cse.engine.models import groups
from cse.trading.answers.placements import Repeated, placed, placed_list
from cse.trading.entry.order_lists import list_command, place_order_list
from cse.trading.entry.orders import place_order
from cse.trading.models import NewOrder, NewOrderList, PlacedOrder, PlacedOrderList
from cse.trading.views.texts import MarketTexts

# Tick 0.01, lot 0.001, at least 1.00 an order, no fees.
CRT = Market(
    id=1,
    base=Asset(2, "CRT", 6),
    quote=Asset(1, "USDC", 6),
    tick_size=1,
    tick_decimals=2,
    lot_size=1_000,
    min_notional=1_000_000,
    max_quantity=1_000_000,
    maker_fee_ppm=0,
    taker_fee_ppm=0,
    fee_account=1,
)
TEXTS = MarketTexts(CRT)
ORDER = {"market": "CRT-USDC", "side": "buy", "type": "limit", "price": "10", "quantity": "1"}


def selling(**fields: Any) -> dict[str, Any]:
    """An exit of a bracket, or what is to be added to make an order."""
    return {"market": ORDER["market"], "side": "sell"} | fields


class Exchange:
    """A core with one market, and two traders who have 1,000 of both assets."""

    def __init__(self) -> None:
        self._core = Core()
        self.traders = (4, 5)
        self.run(wire.CreateAsset("USDC", 6), wire.CreateAsset("CRT", 6))
        self.run(wire.OpenAccount(bytes(16), AccountKind.SYSTEM))
        for asset in (1, 2):
            self.run(wire.OpenAccount(external_owner(asset), AccountKind.EXTERNAL))
        for trader in self.traders:
            self.run(wire.OpenAccount(trader.to_bytes(16, "big"), AccountKind.MAIN))
            for asset in (1, 2):
                leg = wire.TransferLeg(2, trader, asset, 1, 0, 1_000_000_000, 0).encode()
                self.apply(wire.Transfer(bytes(16), 1).encode(leg))
        self.run(
            wire.CreateMarket(2, 1, 1, 1_000, 1_000_000, 1_000_000, 0, 0, 0, 0, 1, 0, 0, 2, 0),
        )

    @property
    def sequence(self) -> int:
        return self._core.sequence

    @property
    def time_us(self) -> int:
        return 1_700_000_000_000_000 + self.sequence

    def run(self, *commands: Any) -> bytes:
        events = b""
        for one in commands:
            events = self.apply(one.encode())
        return events

    def apply(self, raw: bytes) -> bytes:
        sequence = self._core.sequence + 1
        return groups(self._core.apply(sequence, 1_700_000_000_000_000 + sequence, raw))[0].events

    def place(self, trader: int, **fields: Any) -> PlacedOrder | Repeated:
        order = msgspec.convert(ORDER | fields, NewOrder)
        command = place_order(order, TEXTS, trader)
        answer = placed(self.run(command), self.sequence, self.time_us, TEXTS, (command,))
        return answer if isinstance(answer, Repeated) else msgspec.json.decode(answer, type=PlacedOrder)

    def place_list(self, trader: int, kind: str, *orders: dict[str, Any]) -> PlacedOrderList | Repeated:
        listed = msgspec.convert({"kind": kind, "orders": list(orders)}, NewOrderList)
        made = place_order_list(listed, TEXTS, trader)
        events = self.apply(list_command(listed, made))
        return placed_list(events, self.sequence, self.time_us, TEXTS, made)
