"""What a process reads before it can tell anything: the books, the newest trades, and accounts."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final, NamedTuple

import psycopg
from psycopg_pool import PoolTimeout

from cse.domain.assets import Asset
from cse.domain.enumerations import Side
from cse.engine import wire
from cse.engine._native import JournalDamaged
from cse.engine.client import ReplicaClient
from cse.engine.layouts import DEPTH_CHANGED, GROUP, GROUP_WIDTH, HEAD
from cse.engine.models import DatedTrade, EngineError, PositionLost, Reading
from cse.engine.queries import LIMIT_MAX
from cse.ledger.service import Ledger
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.listing import Listing
from cse.marketdata.live import load_live
from cse.streams.accounts import Accounts, Private
from cse.streams.envelope import Stamp
from cse.streams.follower import Feed
from cse.streams.market import MarketStart
from cse.streams.private import FILLS_SHOWN, BalancesChannel, FillsChannel, OrdersChannel
from cse.streams.public import TRADES_KEPT
from cse.trading.history import Page, joined

# So many commands back the changes of books are read, for those who come from another process.
COMMANDS_BACK: Final = 10_000
_GROUPS_A_READ: Final = 4_096
_RETRY_S: Final = 0.2
_AT_ONCE: Final = 16


class Start(NamedTuple):
    """The state to begin with; events behind `stamp` follow, some of which may be in it already."""

    stamp: Stamp
    assets: list[Asset]
    markets: list[MarketStart]


async def load_start(
    replica: ReplicaClient, feed: Feed, candles: CandleReads, ledger: Ledger, now_us: int
) -> Start:
    """Reads all books, the newest trades, and the figures of all markets.

    Raises:
        EngineError: the replica is away, or the ledger is behind.
        psycopg.Error, PoolTimeout: PostgreSQL is away.
    """
    live = await load_live(candles, ledger, now_us)
    reached = await replica.position()
    stamp = Stamp(reached.epoch, reached.sequence, reached.time_us)
    listing = Listing(replica)
    await listing.read(stamp.sequence)
    readings = []
    for market in listing.markets.values():
        depth = (await replica.depth(market.id, LIMIT_MAX, min_sequence=stamp.sequence)).value
        recent = (await replica.trades(market.id, TRADES_KEPT, min_sequence=stamp.sequence)).value
        assert depth is not None, "a listed market has a book"
        readings.append((market, depth, recent))
    earlier = changes_before(feed, max(stamp.sequence - COMMANDS_BACK, 0))
    markets = [
        MarketStart(
            market,
            depth,
            recent,
            earlier.get(market.id, BookChanges()).up_to(depth.book_sequence),
            live.market(market.id),
        )
        for market, depth, recent in readings
    ]
    # The figures may be of an earlier sequence than the books: events are read from there on.
    stamp = stamp._replace(sequence=min(stamp.sequence, live.sequence))
    return Start(stamp, list(listing.assets.values()), markets)


class BookChanges:
    """The keys of a market's changes as they follow one another; `last` is the number of the last."""

    def __init__(self) -> None:
        self.last = 0
        self.keys: list[int] = []

    def add(self, book_sequence: int, key: int) -> None:
        """Notes the next change."""
        self.last = book_sequence
        self.keys.append(key)

    def up_to(self, book_sequence: int) -> list[int]:
        """Those that lead up to a book; none if they do not reach it."""
        surplus = self.last - book_sequence
        return self.keys[: len(self.keys) - surplus] if 0 <= surplus <= len(self.keys) else []


def changes_before(feed: Feed, after_sequence: int) -> dict[int, BookChanges]:
    """What changed in the books behind a sequence, by market; nothing where the log does not tell."""
    found: dict[int, BookChanges] = {}
    try:
        while groups := feed.read_bytes(after_sequence, _GROUPS_A_READ):
            after_sequence = _note_changes(groups, found)
    except (JournalDamaged, PositionLost):
        return {}
    return found


def _note_changes(groups: bytes, found: dict[int, BookChanges]) -> int:
    """Notes the changes in groups; returns the sequence of the last one."""
    offset, sequence = 0, 0
    while offset < len(groups):
        length, sequence, _, _ = GROUP.unpack_from(groups, offset)
        place, offset = offset + GROUP_WIDTH, offset + length
        while place < offset:
            kind, width = HEAD.unpack_from(groups, place)
            if kind == wire.DepthChanged.KIND:
                market, side, book_sequence, price, _ = DEPTH_CHANGED.unpack_from(groups, place)
                key = -price if side == Side.BUY else price
                found.setdefault(market, BookChanges()).add(book_sequence, key)
            place += width
    return int(sequence)


class AccountLoader:
    """Reads the state of private channels as they are wanted, and again until it is there."""

    def __init__(self, replica: ReplicaClient, ledger: Ledger, accounts: Accounts) -> None:
        self._replica = replica
        self._ledger = ledger
        self._accounts = accounts
        self._tasks: set[asyncio.Task[None]] = set()
        self._free = asyncio.Semaphore(_AT_ONCE)

    def begin(self, channel: Private) -> None:
        """Reads the state of a channel beside everything else."""
        task = asyncio.create_task(self._load(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Gives up what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _load(self, channel: Private) -> None:
        async with self._free:
            while self._accounts.holds(channel):
                try:
                    reading = await self._read(channel)
                except (EngineError, psycopg.Error, PoolTimeout):
                    await asyncio.sleep(_RETRY_S)
                    continue
                if channel.begin(reading):
                    self._accounts.begun(channel)
                    return

    async def _read(self, channel: Private) -> Reading[Any]:
        account = channel.account
        if isinstance(channel, OrdersChannel):
            return await self._replica.open_orders(account, 0, LIMIT_MAX)
        if isinstance(channel, BalancesChannel):
            return await self._replica.balances(account)
        assert isinstance(channel, FillsChannel)
        return await joined(
            recent=partial(self._replica.fills, account, 0),
            position=self._ledger.position,
            older=partial(self._ledger.fills, account, 0),
            place=_place,
            page=Page(account, 0, None, FILLS_SHOWN),
        )


def _place(trade: DatedTrade) -> tuple[int, int]:
    return trade.sequence, trade.traded.trade_id
