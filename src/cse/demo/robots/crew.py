"""Who the robots are, and what each of them begins with."""

from __future__ import annotations

import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Final

from structlog.typing import FilteringBoundLogger

from cse.demo.characters import CHARACTERS, Character
from cse.demo.credentials import Credentials, new_credentials, read_or_write
from cse.demo.robots.desk import Desk
from cse.demo.robots.ladder import ROLES, Ladder, Resting
from cse.demo.robots.mind import MarketMind
from cse.demo.robots.trader import Trader
from cse.domain.demo import FAUCET_DAILY, QUOTE
from cse_client import CseClient, Market, Order, Transport

TAKERS: Final = 5
SEED: Final = 7
# Of quote; and of each base as many levels' worth as a side of a book has, three times over.
_MAKER_QUOTE: Final = Decimal(400_000)
_MAKER_LEVELS: Final = 100
_TAKER_QUOTE: Final = Decimal(120_000)
_TAKER_LEVELS: Final = 60
_MAKERS: Final = tuple(f"maker-{role.name}" for role in ROLES)
_TAKER_NAMES: Final = tuple(f"taker-{number}" for number in range(1, TAKERS + 1))


class Crew:
    """All robots of an exchange."""

    def __init__(self, url: str, transport: Transport, secrets: Path, log: FilteringBoundLogger) -> None:
        names = (*_MAKERS, *_TAKER_NAMES)
        kept = read_or_write(secrets / "robots.json", [_credentials(name) for name in names])
        self.url = url
        self._log = log
        self._visitor = CseClient(url, transport=transport)
        self.makers = [Trader(url, transport, one, _wanted(_MAKER_QUOTE, _MAKER_LEVELS)) for one in kept[:3]]
        self.takers = [Trader(url, transport, one, _wanted(_TAKER_QUOTE, _TAKER_LEVELS)) for one in kept[3:]]

    async def begin(self) -> list[Desk]:
        """Signs everybody in, and sets up a desk for each market with what rests there already."""
        for trader in self.makers + self.takers:
            await trader.begin()
        markets = await self._visitor.markets()
        desks = {
            character.market.name: await self._desk(character, markets[character.market.name])
            for character in CHARACTERS
        }
        for number, trader in enumerate(self.makers):
            for order in await trader.open_orders():
                if order.market in desks:
                    desk = desks[order.market]
                    _take_up(desk.makers[number][0], order, desk.market)
        return list(desks.values())

    async def look_at_funds(self) -> None:
        """Fills up who has run low."""
        for trader in self.makers + self.takers:
            await trader.look_at_funds()

    async def leave(self) -> None:
        """Takes back whatever rests, so that an exchange without robots has no orders of theirs."""
        for trader in self.makers + self.takers:
            await trader.leave()

    async def _desk(self, character: Character, market: Market) -> Desk:
        last_price = (await self._visitor.ticker(market.name)).last_price
        price = float(last_price) if last_price else character.last_price
        now_s = time.time()
        random = Random(f"{SEED} {market.name} {int(now_s)}")
        ladders = [Ladder(role, random) for role in ROLES]
        return Desk(
            MarketMind(character, price, random, now_s),
            market,
            list(zip(ladders, self.makers, strict=True)),
            self.takers,
            random,
            self._log,
        )


def _take_up(ladder: Ladder, order: Order, market: Market) -> None:
    """An order of an earlier life of this process."""
    if order.price and order.remaining_quantity:
        ticks, lots = market.parse_price(order.price), market.parse_quantity(order.remaining_quantity)
        now_s = time.time()
        ladder.add(Resting(order.id, order.side, ticks, lots, now_s, now_s + ladder.new_life_s()))


def _credentials(name: str) -> Credentials:
    return new_credentials(f"{name}@robots.cse.example", f"Demo {name.replace('-', ' ')}")


def _wanted(quote: Decimal, levels: int) -> Mapping[str, Decimal]:
    wanted = {QUOTE: quote}
    for character in CHARACTERS:
        base = character.market.base
        worth = levels * character.level_notional
        amount = Decimal(int(worth / character.last_price * 100)) / 100
        wanted[base] = min(amount, Decimal(FAUCET_DAILY[base]))
    return wanted
