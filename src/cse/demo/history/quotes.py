"""What a maker of the past shows, and what of it is really placed.

Quotes stand from one change to the next, but an order is placed only where a taker meets it: what
nobody ever saw need not be in the journal.
"""

from __future__ import annotations

from random import Random
from typing import Final, NamedTuple

from cse.demo.characters import Character
from cse.demo.history.traders import Purse
from cse.demo.sizes import level_notional, lots_for
from cse.domain.demo import QUOTE
from cse.domain.enumerations import OrderType, Side, TimeInForce
from cse.domain.limits import PPM
from cse.engine import wire
from cse.ledger.genesis import asset_decimals, market_id

_GAP_MAX: Final = 5
_GAP_SHARE: Final = 0.42
LEVELS_MAX: Final = 10


class Scale:
    """How one market counts."""

    def __init__(self, character: Character) -> None:
        market = character.market
        self.market = market_id(market.name)
        self.base = market.base
        self.tick = character.tick
        self.lot = market.lot_size * 10.0 ** -asset_decimals(market.base)
        self.least = market.min_notional * 10.0 ** -asset_decimals(QUOTE)
        self.tick_lot_units = round(self.tick * self.lot * 10.0 ** asset_decimals(QUOTE))
        self._fee_ppm = market.taker_fee_ppm

    def order(self, account: int, side: Side, ticks: int, lots: int, time_in_force: TimeInForce) -> bytes:
        """The command that places a limit order."""
        return wire.PlaceOrder(
            account=account,
            market=self.market,
            side=side,
            order_type=OrderType.LIMIT,
            time_in_force=time_in_force,
            self_trade_prevention=0,
            flags=0,
            price=ticks,
            quantity=lots,
            quote_amount=0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=0,
            expires_at_us=0,
            client_order_id="",
        ).encode()

    def cost_units(self, ticks: int, lots: int) -> int:
        """What a buy holds at most: its notional, the highest fee on it, and the units of rounding."""
        notional = ticks * lots * self.tick_lot_units
        return notional + notional * self._fee_ppm // PPM + 2

    def affordable(self, purse: Purse, side: Side, ticks: int) -> int:
        """The most lots that a purse can place at a price."""
        if side == Side.SELL:
            return purse.base_lots[self.base]
        return max(purse.quote_units - 2, 0) // self.cost_units(ticks, 1)


class Level:
    """One order of a maker: what is left of it."""

    __slots__ = ("left", "ticks")

    def __init__(self, ticks: int, left: int) -> None:
        self.ticks = ticks
        self.left = left


class Fill(NamedTuple):
    """What a taker gets at a level."""

    level: Level
    lots: int


class Quote:
    """A maker's two sides until `until_s`."""

    def __init__(self, scale: Scale, maker: Purse, bid: int, ask: int, until_s: float) -> None:
        self.until_s = until_s
        self.middle = (bid + ask) / 2
        self.width = ask - bid
        self._scale = scale
        self._maker = maker
        self._best = {Side.BUY: bid, Side.SELL: ask}
        self._levels: dict[Side, list[Level]] = {Side.BUY: [], Side.SELL: []}

    @property
    def is_worn(self) -> bool:
        """Whether takers have gone through so much of it that the maker thinks anew."""
        return max(len(levels) for levels in self._levels.values()) >= LEVELS_MAX

    def meet(
        self, side: Side, wanted: int, level_notional_usual: float, random: Random, commands: list[bytes]
    ) -> list[Fill]:
        """What a taker who wants so many lots meets on a side; adds the orders that are missing."""
        levels = self._levels[side]
        fills: list[Fill] = []
        index = 0
        while wanted:
            if index == len(levels):
                level = self._place(side, level_notional_usual, random, commands)
                if level is None:
                    break
                levels.append(level)
            level = levels[index]
            lots = min(level.left, wanted)
            if lots:
                fills.append(Fill(level, lots))
            wanted -= lots
            index += 1
        return fills

    def settle(self, side: Side, taker: Purse, fills: list[Fill]) -> None:
        """Moves what the fills on the maker's `side` move. What a maker gives was held before."""
        scale, maker = self._scale, self._maker
        for level, lots in fills:
            level.left -= lots
            notional = level.ticks * lots * scale.tick_lot_units
            if side == Side.SELL:
                taker.quote_units -= scale.cost_units(level.ticks, lots)
                taker.base_lots[scale.base] += lots
                maker.quote_units += notional - (scale.cost_units(level.ticks, lots) - notional)
            else:
                taker.base_lots[scale.base] -= lots
                taker.quote_units += notional - (scale.cost_units(level.ticks, lots) - notional)
                maker.base_lots[scale.base] += lots

    def withdraw(self) -> tuple[bytes, ...]:
        """The command that takes back what rests; what it held is free again."""
        rests = False
        for side, levels in self._levels.items():
            for level in levels:
                rests = rests or level.left > 0
                if side == Side.SELL:
                    self._maker.base_lots[self._scale.base] += level.left
                elif level.left:
                    self._maker.quote_units += level.ticks * level.left * self._scale.tick_lot_units
        command = wire.CancelAllOrders(self._maker.account, self._scale.market, 0)
        return (command.encode(),) if rests else ()

    def _place(
        self, side: Side, level_notional_usual: float, random: Random, commands: list[bytes]
    ) -> Level | None:
        scale, maker = self._scale, self._maker
        levels = self._levels[side]
        ticks = self._best[side]
        if levels:
            gap = 1
            while random.random() < _GAP_SHARE and gap < _GAP_MAX:
                gap += 1
            ticks = levels[-1].ticks + (-gap if side == Side.BUY else gap)
        if ticks < 1 or len(levels) > 2 * LEVELS_MAX:
            return None
        notional = level_notional(level_notional_usual, len(levels), random)
        lots = lots_for(notional, ticks * scale.tick, scale.lot, scale.least, random)
        if lots > scale.affordable(maker, side, ticks):
            return None
        if side == Side.SELL:
            maker.base_lots[scale.base] -= lots
        else:
            maker.quote_units -= scale.cost_units(ticks, lots)
        commands.append(scale.order(maker.account, side, ticks, lots, TimeInForce.GTC))
        return Level(ticks, lots)
