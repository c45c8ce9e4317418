"""All channels of a process, and how events become messages: bytes in, frames out.

Events are taken in turns. A turn applies all that has become durable, then tells each channel that
changed, once; so the longer a turn takes the more it covers, and nothing queues up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Protocol

from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.layouts import (
    BALANCE_ACCOUNT,
    DEPTH_CHANGED,
    GROUP,
    GROUP_WIDTH,
    HEAD,
    ORDER_ACCOUNT,
)
from cse.engine.message import messages
from cse.engine.models import DatedTrade, Depth
from cse.streams import names
from cse.streams.accounts import (
    BALANCES,
    ORDERS,
    ORDERS_AND_FILLS,
    ORDERS_AND_PREVENTIONS,
    TRANSFERS,
    Accounts,
)
from cse.streams.channels.account import AccountChannel, MovedLeg
from cse.streams.channels.best_levels import DepthChannel
from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import Stamp
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.market import CHANGES, Changed
from cse.streams.channels.market_orders import MarketOrdersChannel
from cse.streams.channels.notifications import NotificationsChannel
from cse.streams.channels.system import SystemChannel
from cse.streams.market import MarketFeeds, MarketStart
from cse.streams.market_orders import MarketOrders
from cse.streams.names import ChannelName, unknown_channel
from cse.streams.notifications import PersonNotifications
from cse.streams.resting_orders import ORDER_EVENTS, ORDER_MARKETS

_DEPTH: Final = wire.DepthChanged.KIND
_TRADED: Final = wire.Traded.KIND
_PREVENTED: Final = wire.SelfTradePrevented.KIND
# Where the account stands in an event, and which of its channels that concerns.
_OF_ACCOUNTS: Final = {
    wire.BalanceChanged.KIND: (BALANCE_ACCOUNT, BALANCES),
    wire.OrderAccepted.KIND: (ORDER_ACCOUNT, ORDERS),
    wire.OrderClosed.KIND: (ORDER_ACCOUNT, ORDERS),
    wire.OrderAmended.KIND: (ORDER_ACCOUNT, ORDERS),
    wire.OrderTriggered.KIND: (ORDER_ACCOUNT, ORDERS),
    wire.OrderActivated.KIND: (ORDER_ACCOUNT, ORDERS),
    wire.OrdersLinked.KIND: (ORDER_ACCOUNT, ORDERS),
}
_REGISTRY: Final = frozenset({wire.EpochStarted.KIND, wire.AssetCreated.KIND, wire.MarketCreated.KIND})


class Comer(Protocol):
    """A connection that has subscribed to something."""

    def arrive(self) -> None:
        """All has been read that was durable when it came."""


class Flushed(Protocol):
    """A channel that has something to tell."""

    def flush(self, now_s: float) -> None: ...


class Hub:
    """The state of one process. `now_s` is any clock that never falls."""

    def __init__(
        self,
        stamp: Stamp,
        assets: Iterable[Asset],
        markets: Iterable[MarketStart],
        *,
        watermark: Callable[[], int],
        now_s: Callable[[], float],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        """`wake` is called when a turn is wanted soon."""
        self.place = Place(stamp)
        self._watermark = watermark
        self._now_s = now_s
        self.wake = wake
        self._assets = {asset.id: asset for asset in assets}
        self._epochs = Epochs(stamp.epoch)
        self._markets: dict[int, MarketFeeds] = {}
        self._by_name: dict[str, MarketFeeds] = {}
        self.accounts = Accounts(self.place, self._epochs, self._assets.__getitem__, self._market_of)
        self.notifications = PersonNotifications(self.place, self._epochs)
        self.system = SystemChannel(names.SYSTEM, self.place, self._epochs)
        self.market_orders = MarketOrders(self.place, self._epochs)
        self._changed: dict[Flushed, None] = {}
        # Those that are not told in each turn.
        self._changed_depths: dict[DepthChannel, None] = {}
        # What concerns several accounts, or markets and accounts.
        self._of_several: dict[int, Callable[[bytes, int, int, int], None]] = {
            _TRADED: self._trade,
            _PREVENTED: self._prevent,
            wire.TransferMade.KIND: partial(self._move, wire.TransferMade),
            wire.TransferSettled.KIND: partial(self._move, wire.TransferSettled),
        }
        # Connections that arrive once the journal is read up to a sequence.
        self._comers: dict[Comer, int] = {}
        for start in markets:
            self._list(start)

    @property
    def has_comers(self) -> bool:
        """Whether a connection waits for the next turn."""
        return bool(self._comers)

    @property
    def markets(self) -> list[MarketFeeds]:
        """Those there are, in the order of their listing."""
        return list(self._markets.values())

    def find(self, name: ChannelName, account: int) -> Channel:
        """The channel of a name; of a private one, that of `account`.

        Raises:
            CodedError: `channel_unknown`.
        """
        if name.kind in names.OF_USERS:
            return self.accounts.channel(name.kind, account)
        if name.kind == names.SYSTEM:
            return self.system
        market = self._by_name.get(name.market)
        if market is not None and name.kind == names.ORDERS:
            return self.market_orders.channel(str(name), market)
        found = None if market is None else market.channel(name)
        if found is None:
            raise unknown_channel(str(name))
        return found

    def drop(self, channel: Channel) -> None:
        """Nobody listens to it any more; those of markets are kept, but for the orders one by one."""
        if isinstance(channel, AccountChannel):
            self.accounts.drop(channel)
        elif isinstance(channel, NotificationsChannel):
            self.notifications.drop(channel)
        elif isinstance(channel, MarketOrdersChannel):
            self.market_orders.drop(channel, self._now_s())

    def expect(self, comer: Comer) -> None:
        """Has a connection arrive at the end of a turn that has read all that is durable now.

        What it gets is then never older than what it had from another process.
        """
        self._comers[comer] = self._watermark()
        self.wake()

    def forget(self, comer: Comer) -> None:
        """A connection is gone."""
        self._comers.pop(comer, None)

    def turn(self, groups: bytes) -> None:
        """Applies groups of events and tells what changed.

        Raises:
            BookGap, TradeMissing: events are missing; nothing more can be told.
        """
        self._apply(groups)
        self._tell()
        if self._comers:
            self._let_arrive()

    def pass_time(self, now_us: int) -> None:
        """Time has come to `now_us`, and some figures change with it; about once a second."""
        self.market_orders.forget_idle(self._now_s())
        for feeds in self._markets.values():
            for channel in feeds.pass_time(now_us):
                self._changed[channel] = None
        self._tell()

    def tell_depths(self) -> None:
        """Tells the best levels of books that have changed; ten times a second."""
        now_s = self._now_s()
        changed, self._changed_depths = self._changed_depths, {}
        for channel in changed:
            channel.flush(now_s)

    def _tell(self) -> None:
        now_s = self._now_s()
        changed, self._changed = self._changed, {}
        for channel in changed:
            channel.flush(now_s)

    def _let_arrive(self) -> None:
        now = self.place.stamp.sequence
        for comer in [comer for comer, at in self._comers.items() if at <= now]:
            del self._comers[comer]
            comer.arrive()

    def _apply(self, groups: bytes) -> None:
        offset, end = 0, len(groups)
        after = self.place.stamp.sequence
        _, sequence, time_us = self.place.stamp
        while offset < end:
            length, sequence, time_us, _ = GROUP.unpack_from(groups, offset)
            if sequence > after:
                self._apply_events(groups, offset + GROUP_WIDTH, offset + length, sequence, time_us)
            offset += length
        if sequence > after:
            self.place.stamp = Stamp(self._epochs.current, sequence, time_us)

    def _apply_events(self, groups: bytes, offset: int, end: int, sequence: int, time_us: int) -> None:
        listening, heard = self.accounts.listening, self.market_orders.heard
        while offset < end:
            kind, length = HEAD.unpack_from(groups, offset)
            if heard and kind in ORDER_EVENTS:
                self._hear_order(kind, groups, offset, sequence)
            if kind in _OF_ACCOUNTS:
                if listening:
                    layout, kinds = _OF_ACCOUNTS[kind]
                    (account,) = layout.unpack_from(groups, offset)
                    if account in listening:
                        self._hear(account, kinds, groups, offset, sequence, time_us)
            elif kind == _DEPTH:
                self._change_depth(sequence, *DEPTH_CHANGED.unpack_from(groups, offset))
            elif kind in self._of_several:
                self._of_several[kind](groups, offset, sequence, time_us)
            elif kind in CHANGES:
                self._change_market(wire.decode_any(groups, offset), sequence)
            elif kind in _REGISTRY:
                self._register(wire.decode_any(groups, offset), sequence)
            offset += length

    def _change_depth(
        self, sequence: int, market: int, side: int, book_sequence: int, price: int, lots: int
    ) -> None:
        feeds = self._markets.get(market)
        if feeds is not None:
            for channel in feeds.change_depth(sequence, book_sequence, side, price, lots):
                if isinstance(channel, DepthChannel):
                    self._changed_depths[channel] = None
                else:
                    self._changed[channel] = None

    def _hear_order(self, kind: int, groups: bytes, offset: int, sequence: int) -> None:
        """An event of an order, in a market whose orders somebody may listen to one by one."""
        (market,) = ORDER_MARKETS[kind].unpack_from(groups, offset)
        channel = self.market_orders.heard.get(market)
        if channel is not None and channel.hear(sequence, ORDER_EVENTS[kind].decode(groups, offset)):
            self._changed[channel] = None

    def _trade(self, groups: bytes, offset: int, sequence: int, time_us: int) -> None:
        traded = wire.Traded.decode(groups, offset)
        feeds = self._markets.get(traded.market)
        if feeds is not None:
            for channel in feeds.trade(DatedTrade(sequence, time_us, traded)):
                self._changed[channel] = None
        for account in {traded.maker_account, traded.taker_account} & self.accounts.listening:
            self._hear(account, ORDERS_AND_FILLS, groups, offset, sequence, time_us)

    def _prevent(self, groups: bytes, offset: int, sequence: int, time_us: int) -> None:
        prevented = wire.SelfTradePrevented.decode(groups, offset)
        for account in {prevented.maker_account, prevented.taker_account} & self.accounts.listening:
            self._hear(account, ORDERS_AND_PREVENTIONS, groups, offset, sequence, time_us)

    def _move(
        self,
        layout: type[wire.TransferMade | wire.TransferSettled],
        groups: bytes,
        offset: int,
        sequence: int,
        time_us: int,
    ) -> None:
        if not self.accounts.listening:
            return
        transfer, legs = layout.decode(groups, offset).transfer, layout.tail(groups, offset)
        for number, (_, at, _) in enumerate(messages(legs)):
            moved = MovedLeg(transfer, number, wire.TransferLeg.decode(legs, at))
            for account in {moved.leg.debit, moved.leg.credit} & self.accounts.listening:
                for channel in self.accounts.of(account, TRANSFERS):
                    if channel.hear(sequence, time_us, moved):
                        self._changed[channel] = None

    def _hear(
        self, account: int, kinds: tuple[str, ...], groups: bytes, offset: int, sequence: int, time_us: int
    ) -> None:
        event = wire.decode_any(groups, offset)
        for channel in self.accounts.of(account, kinds):
            if channel.hear(sequence, time_us, event):
                self._changed[channel] = None

    def _change_market(self, event: wire.AnyMessage, sequence: int) -> None:
        assert isinstance(event, Changed), "it is of one of those kinds"
        feeds = self._markets.get(event.market)
        if feeds is not None:
            for channel in feeds.change(sequence, event):
                self._changed[channel] = None

    def _register(self, event: wire.AnyMessage, sequence: int) -> None:
        """Takes what concerns no market that is there yet."""
        if isinstance(event, wire.EpochStarted):
            self._epochs.begin(event.epoch, event.previous_last_sequence)
            for feeds in self._markets.values():
                feeds.begin_epoch(event.epoch)
        elif isinstance(event, wire.AssetCreated):
            self._assets[event.asset] = Asset(event.asset, event.symbol, event.decimals)
        elif isinstance(event, wire.MarketCreated) and event.market not in self._markets:
            depth = Depth(event.market, 0, 0, [], [])
            self._list(MarketStart(self._market(event), depth, read_at=sequence))

    def _list(self, start: MarketStart) -> None:
        feeds = MarketFeeds(start, self.place, self._epochs.current, self._epochs)
        self._markets[start.market.id] = feeds
        self._by_name[start.market.name] = feeds

    def _market_of(self, market: int) -> Market:
        return self._markets[market].market

    def _market(self, event: wire.MarketCreated) -> Market:
        return Market(
            id=event.market,
            base=self._assets[event.base],
            quote=self._assets[event.quote],
            tick_size=event.tick_size,
            tick_decimals=event.tick_decimals,
            lot_size=event.lot_size,
            min_notional=event.min_notional,
            max_quantity=event.max_quantity,
            maker_fee_ppm=event.maker_fee_ppm,
            taker_fee_ppm=event.taker_fee_ppm,
            creator_share_ppm=event.creator_share_ppm,
            creator_account=event.creator_account,
            fee_account=event.fee_account,
            max_open_orders=event.max_open_orders,
            status=MarketStatus(event.status),
            price_band_ppm=event.price_band_ppm,
        )
