"""One market's robots at work: makers keep the book, takers come and go."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from structlog.typing import FilteringBoundLogger

from cse.demo.robots.ladder import NEAR, Ladder, Resting, Wanted, glimpse
from cse.demo.robots.mind import MarketMind
from cse.demo.robots.taking import Take, Takers
from cse.demo.robots.trader import OutOfFunds, Trader, WouldTake
from cse.demo.sizes import level_notional, lots_for
from cse_client import ClientError, Market, MarketRefused, PlacedOrder, codes
from cse_client.models import Side

_PASS_S: Final = 0.85
_PASS_MIN_S: Final = 0.3
_PASS_MAX_S: Final = 2.5
# What one pass changes of a maker's part at most, once the book is full.
_CHANGES_A_PASS: Final = 2
_LOOK_AGAIN_S: Final = 20.0
_AWAY_S: Final = 1.0
_GLIMPSE_SHARE: Final = 0.03
_FUNDS_PAUSE_S: Final = 30.0
_SKEW: Final = (0.25, 1.6)


class Desk:
    """One market. `makers` are the ladders and who stands behind each."""

    def __init__(
        self,
        mind: MarketMind,
        market: Market,
        makers: Sequence[tuple[Ladder, Trader]],
        takers: Sequence[Trader],
        random: Random,
        log: FilteringBoundLogger,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.mind = mind
        self.market = market
        self.makers = makers
        self.filled = asyncio.Event()
        self.hears_trades = False
        self._takers = takers
        self._taking = Takers(mind, market, random)
        self._random = random
        self._clock = clock
        self._log = log.bind(market=market.name)
        self._price_unit = mind.character.tick
        self._lot = market.lot_size * 10.0**-market.base_decimals
        self._least = market.min_notional * 10.0**-market.quote_decimals
        self._paused_until_s: dict[tuple[str, str], float] = {}
        self._is_away = False

    async def run(self) -> None:
        """Works until it is cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._make())
            tasks.create_task(self._take())

    def saw_trade(self, side: Side, ticks: int, lots: int) -> None:
        """A trade of whoever: the price moves, and what stood before it is filled."""
        self.mind.saw_trade(side == "buy", ticks * self._price_unit * lots * self._lot)
        for ladder, _ in self.makers:
            for order in list(ladder.orders.values()):
                is_filled = order.ticks > ticks if side == "sell" else order.ticks < ticks
                if order.side != side and is_filled:
                    ladder.drop(order.order_id)

    async def _make(self) -> None:
        while True:
            try:
                await self.make_pass()
                self._is_away = False
            except ClientError as error:
                await self._note_away(error)
            pause_s = _PASS_S / self.mind.activity**0.5 * (0.7 + 0.6 * self._random.random())
            await asyncio.sleep(min(max(pause_s, _PASS_MIN_S), _PASS_MAX_S))

    async def make_pass(self) -> None:
        """One look at the book: what has to go goes, and some of what is missing is placed."""
        now_s = self._clock()
        self.mind.step(now_s)
        for ladder, trader in self.makers:
            for order in ladder.endangered(self.mind.fair_ticks):
                await self._cancel(ladder, trader, order)
        for ladder, trader in self.makers:
            await self._keep(ladder, trader, now_s)
        if all(ladder.is_full for ladder, _ in self.makers):
            self.filled.set()
        if self._random.random() < _GLIMPSE_SHARE:
            await self._show_and_take_back()

    async def _keep(self, ladder: Ladder, trader: Trader, now_s: float) -> None:
        """Takes back what has outlived itself and places what is missing, a few at a time."""
        for order in ladder.outlived(self.mind.best, now_s)[:_CHANGES_A_PASS]:
            await self._cancel(ladder, trader, order)
        missing = ladder.missing(self.mind.best)
        is_thin = len(missing) > (ladder.role.end_level - ladder.role.first_level) // 2
        for wanted in missing if is_thin else missing[:_CHANGES_A_PASS]:
            await self._rest(ladder, trader, wanted, now_s)

    async def _rest(self, ladder: Ladder, trader: Trader, wanted: Wanted, now_s: float) -> None:
        paused = (ladder.role.name, wanted.side)
        if wanted.ticks < 1 or self._paused_until_s.get(paused, 0.0) > now_s:
            return
        lots = self._level_lots(trader, wanted)
        try:
            order_id = await trader.rest(self.market, wanted.side, wanted.ticks, lots)
        except OutOfFunds:
            self._paused_until_s[paused] = now_s + _FUNDS_PAUSE_S
            return
        except WouldTake:
            # Somebody offers more than the price that we have in mind, so somebody else takes it.
            await self._take_once(Take(wanted.side, wanted.ticks, lots))
            return
        if order_id is not None:
            dies_at_s = now_s + ladder.new_life_s()
            ladder.add(Resting(order_id, wanted.side, wanted.ticks, lots, now_s, dies_at_s))

    def _level_lots(self, trader: Trader, wanted: Wanted) -> int:
        """Who has too much of the base sells more and buys less, and the reverse."""
        held = trader.inventory(self.market.base)
        skew = held if wanted.side == "sell" else 2.0 - held
        notional = level_notional(self.mind.character.level_notional, wanted.level, self._random)
        notional *= min(max(skew, _SKEW[0]), _SKEW[1])
        return lots_for(notional, wanted.ticks * self._price_unit, self._lot, self._least, self._random)

    async def _cancel(self, ladder: Ladder, trader: Trader, order: Resting) -> None:
        await trader.cancel(order.order_id)
        ladder.drop(order.order_id)

    async def _show_and_take_back(self) -> None:
        found = glimpse(self.mind.best, self._random)
        maker = next((trader for ladder, trader in self.makers if ladder.role is NEAR), None)
        if found is None or maker is None:
            return
        lots = self._level_lots(maker, Wanted(found.side, found.ticks, 0))
        try:
            order_id = await maker.rest(self.market, found.side, found.ticks, lots)
        except (OutOfFunds, WouldTake):
            return
        if order_id is not None:
            await asyncio.sleep(found.life_s)
            await maker.cancel(order_id)

    async def _take(self) -> None:
        await self.filled.wait()
        while True:
            pause_s = self._taking.pause_s()
            # The pace may rise meanwhile, so a long wait is thought over.
            await asyncio.sleep(min(pause_s, _LOOK_AGAIN_S))
            if pause_s > _LOOK_AGAIN_S:
                continue
            try:
                await self._take_once(self._taking.next())
            except ClientError as error:
                await self._note_away(error)

    async def _take_once(self, take: Take) -> None:
        for trader in self._random.sample(self._takers, k=min(2, len(self._takers))):
            try:
                placed = await trader.take(self.market, take.side, take.ticks, take.lots)
            except OutOfFunds:
                continue
            if placed is not None:
                self._note_fills(take.side, placed)
            return

    def _note_fills(self, side: Side, placed: PlacedOrder) -> None:
        for fill in placed.fills:
            ticks = self.market.parse_price(fill.price)
            self._taking.took(side, ticks)
            if not self.hears_trades:
                self.saw_trade(side, ticks, self.market.parse_quantity(fill.quantity))

    async def _note_away(self, error: ClientError) -> None:
        if not self._is_away and isinstance(error, MarketRefused) and error.code == codes.MARKET_HALTED:
            self._log.info("the market takes no orders for now")
        elif not self._is_away:
            self._log.warning("the exchange does not answer as it should", error=str(error))
        self._is_away = True
        await asyncio.sleep(_AWAY_S)
