"""Writes the file of each day that is over, of each market, from the ledger's trades."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Final, Protocol

import msgspec

from cse.domain.markets import Market
from cse.engine.models import DatedTrade
from cse.marketdata.trade_files.day_file import DayFile, DayWriter, day_of, parse_day

INDEX: Final = "index.json"
# So long after midnight the journal, whose time may be a little behind, has left the day.
GRACE_US: Final = 60_000_000
PAGE: Final = 5_000


class Index(msgspec.Struct, frozen=True):
    """`index.json` of a market: its files, oldest first. Days without trades have none."""

    market: str
    files: list[DayFile] = []


class Trades(Protocol):
    """The ledger, as far as it is asked."""

    async def trades_after(self, market: int, after_trade: int, limit: int) -> list[DatedTrade]:
        """A market's trades with an id above `after_trade`: these are ascending."""


class TradeFiles:
    """The files of all markets below a directory."""

    def __init__(self, root: Path, trades: Trades) -> None:
        self._root = root
        self._trades = trades

    async def write(self, markets: Iterable[Market], now_us: int) -> None:
        """Writes what is missing of the days that are over at `now_us`.

        All trades up to then must be in the ledger. One that comes after them all the same, from a clock
        that was far behind, stands in the file of the next day.

        Raises:
            OSError: the disk is full, or worse; the next time goes on from the last file that is complete.
        """
        today = day_of(now_us - GRACE_US)
        for market in markets:
            await self._write_market(market, today)

    async def _write_market(self, market: Market, today: int) -> None:
        directory = self._root / market.name
        index = read_index(directory, market.name)
        last_trade = int(index.files[-1].last_trade_id) if index.files else 0
        earliest = parse_day(index.files[-1].day) + 1 if index.files else 0
        if earliest >= today:
            return
        writer: DayWriter | None = None
        try:
            while True:
                page = await self._trades.trades_after(market.id, last_trade, PAGE)
                over = [trade for trade in page if max(day_of(trade.time_us), earliest) < today]
                for day, some in groupby(over, lambda trade: max(day_of(trade.time_us), earliest)):
                    if writer is not None and writer.day != day:
                        index = await _finished(writer, index, directory)
                        writer = None
                    if writer is None:
                        directory.mkdir(parents=True, exist_ok=True)
                        writer = DayWriter(directory, market, day)
                    # Numbers and compression take time in which others go on.
                    await asyncio.to_thread(writer.add, list(some))
                if len(over) < PAGE:
                    break
                last_trade = over[-1].traded.trade_id
            if writer is not None:
                await _finished(writer, index, directory)
                writer = None
        finally:
            if writer is not None:
                writer.give_up()


async def _finished(writer: DayWriter, index: Index, directory: Path) -> Index:
    found = await asyncio.to_thread(writer.finish)
    index = Index(index.market, [*index.files, found])
    _replace(directory / INDEX, msgspec.json.encode(index))
    return index


def _replace(path: Path, content: bytes) -> None:
    """Whoever reads the file finds all of the old one or all of the new one."""
    begun = path.with_name(f".{path.name}")
    with begun.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    begun.replace(path)


def read_index(directory: Path, market: str) -> Index:
    """What is there of a market."""
    try:
        return msgspec.json.decode((directory / INDEX).read_bytes(), type=Index)
    except FileNotFoundError:
        return Index(market)
