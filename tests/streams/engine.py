"""A leader and its replica in memory: the real core behind a streams process, without any server."""

from __future__ import annotations

from typing import Any

from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine._native import Leader, Replica
from cse.engine.feed import EventFeed
from cse.engine.models import DatedTrade, Depth, OpenOrder, OpenState, Reading
from cse.engine.queries import LIMIT_MAX
from cse.engine.readings import open_order
from cse.engine.replica import _depth, open_orders
from cse.marketdata.listing import market_of
from cse.streams.book_changes import BookChanges, changes_before
from cse.streams.channels.envelope import Stamp
from cse.streams.loading import Start
from cse.streams.market import MarketStart, nothing_yet
from tests.memory_storage import MemoryStorage
from tests.small_market import BASE, MARKET, QUOTE, listing, request

ASSETS = (Asset(QUOTE, "USDC", 6), Asset(BASE, "LAB", 6))
LAB = Market(
    id=MARKET,
    base=ASSETS[1],
    quote=ASSETS[0],
    tick_size=1,
    tick_decimals=4,
    lot_size=10_000,
    min_notional=0,
    max_quantity=1 << 40,
    maker_fee_ppm=1_000,
    taker_fee_ppm=2_000,
    status=MarketStatus.OPEN,
)
NAME = "LAB-USDC"
STEP_US = 1_000


class Engine:
    """An exchange with the small market. Every command is durable at once, one millisecond apart."""

    def __init__(self) -> None:
        self.storage = MemoryStorage()
        self.time_us = 1_700_000_000_000_000
        self._leader = Leader(self.storage, self.time_us, 0, segment_bytes=1 << 22)
        self.feed = EventFeed(self.storage)
        self._all_trades: list[DatedTrade] = []
        self.run(*listing())
        self.replica = Replica(self.storage, 0)
        self._follow()

    @property
    def sequence(self) -> int:
        """The last command."""
        return self.feed.watermark

    @property
    def epoch(self) -> int:
        """The leader's."""
        self._follow()
        return self.replica.epoch

    def run(self, *commands: bytes) -> int:
        """Carries commands out as one batch; returns the sequence of the last one."""
        self.time_us += STEP_US
        for command in commands:
            self._leader.submit(1, request(1, command))
        batch = self._leader.gather(self.time_us)
        assert batch is not None
        self._leader.write(batch)
        self._leader.commit(batch)
        return self.sequence

    def restart(self) -> None:
        """Another leader takes over: a new epoch begins."""
        self._leader.close()
        self.time_us += STEP_US
        self._leader = Leader(self.storage, self.time_us, 0, segment_bytes=1 << 22)
        self.feed = EventFeed(self.storage)

    def depth(self, levels: int = LIMIT_MAX) -> Depth:
        """The core's book."""
        self._follow()
        found = _depth(self.replica, MARKET, levels)
        assert found is not None
        return found

    def market(self) -> Market:
        """The market as it is now."""
        self._follow()
        state = wire.MarketState.decode(self.replica.market(MARKET) or b"")
        return market_of(state, {asset.id: asset for asset in ASSETS})

    def trades(self, limit: int = 1_000) -> list[DatedTrade]:
        """The market's newest trades, newest first."""
        self._follow()
        return [
            DatedTrade(sequence, time_us, wire.Traded.decode(event))
            for sequence, time_us, event in self.replica.trades(MARKET, limit)
        ]

    def open_orders(self, account: int) -> Reading[list[OpenOrder]]:
        """An account's open orders, as a reading has them."""
        self._follow()
        orders, pasts = open_orders(self.replica, account, 0, 1 << 53, LIMIT_MAX)
        states = [open_order(orders, offset) for _, offset, _ in wire.messages(orders)]
        return Reading(self.replica.sequence, list(map(OpenOrder, states, pasts)))

    def market_orders(self) -> Reading[list[OpenState]]:
        """All open orders of the market, as a reading has them."""
        self._follow()
        orders = self.replica.market_orders(MARKET)
        states = [open_order(orders, offset) for _, offset, _ in wire.messages(orders)]
        return Reading(self.replica.sequence, states)

    def balances(self, account: int) -> Reading[list[wire.BalanceState]]:
        """An account's balances, as a reading has them."""
        self._follow()
        return _reading(self.replica, self.replica.balances(account), wire.BalanceState)

    def fills(self, account: int) -> Reading[list[DatedTrade]]:
        """An account's fills, newest first, as a reading has them."""
        trades = [
            trade
            for trade in self.trades()
            if account in (trade.traded.maker_account, trade.traded.taker_account)
        ]
        return Reading(self.replica.sequence, trades)

    def start(self, back: int = 1_000) -> Start:
        """What a process begins with now."""
        self._follow()
        stamp = Stamp(self.replica.epoch, self.replica.sequence, self.replica.time_us)
        depth = self.depth()
        earlier = changes_before(self.feed, max(stamp.sequence - back, 0))
        changes = earlier.get(MARKET, BookChanges()).up_to(depth.book_sequence)
        self.note_trades()
        live = nothing_yet()
        for trade in self._all_trades:
            traded = trade.traded
            for part in live:
                part.add(trade.time_us, traded.trade_id, traded.price, traded.quantity, traded.notional)
        trades, read_at = self.trades(), stamp.sequence
        start = MarketStart(self.market(), depth, trades, changes, live, read_at)
        return Start(stamp, list(ASSETS), [start])

    def note_trades(self) -> None:
        """Notes the trades since the last time: the replica keeps the newest only."""
        last = self._all_trades[-1].traded.trade_id if self._all_trades else 0
        newer = [trade for trade in self.trades() if trade.traded.trade_id > last]
        self._all_trades += reversed(newer)

    def _follow(self) -> None:
        while self.replica.sequence < self.replica.watermark:
            self.replica.follow(10_000)


def _reading(replica: Replica, body: bytes, layout: Any) -> Reading[list[Any]]:
    return Reading(replica.sequence, [layout.decode(body, offset) for _, offset, _ in wire.messages(body)])
