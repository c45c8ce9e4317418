"""The channel of a market's rules, its status and its auction."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, TypeAlias

import msgspec

from cse.domain.enumerations import MarketStatus, Side
from cse.domain.markets import Indication, Market
from cse.engine import wire
from cse.marketdata.models import AuctionView, MarketView
from cse.marketdata.views import auction_view, market_view
from cse.streams.channels.channel import JournalChannel, Place
from cse.streams.channels.envelope import snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs

Changed: TypeAlias = (
    wire.MarketStatusChanged
    | wire.MarketFeesChanged
    | wire.MarketLimitsChanged
    | wire.MarketBandChanged
    | wire.MarketSelfTradeChanged
    | wire.AuctionIndicated
    | wire.AuctionUncrossed
)
CHANGES: Final = frozenset(
    {
        wire.MarketStatusChanged.KIND,
        wire.MarketFeesChanged.KIND,
        wire.MarketLimitsChanged.KIND,
        wire.MarketBandChanged.KIND,
        wire.MarketSelfTradeChanged.KIND,
        wire.AuctionIndicated.KIND,
        wire.AuctionUncrossed.KIND,
    }
)


class MarketData(msgspec.Struct, frozen=True):
    """A market's rules, and what its auction would trade now."""

    rules: MarketView
    auction: AuctionView


class MarketChannel(JournalChannel):
    """`market.MARKET`, always as a whole."""

    def __init__(self, name: str, place: Place, epochs: Epochs, market: Market, read_at: int) -> None:
        """`market` is what it was after the command `read_at`."""
        super().__init__(name, place, epochs, max(place.stamp.sequence, read_at))
        self._market = market
        self._read_at = read_at
        self._last = read_at

    def change(self, sequence: int, event: Changed) -> bool:
        """Takes a change in; one that was in already changes nothing and gives False."""
        if sequence <= self._read_at:
            return False
        self._last = sequence
        self._market = changed(self._market, event)
        return True

    def flush(self, now_s: float) -> None:
        """Tells it as it now is."""
        self.publish(max(self._last, self.sequence), now_s)

    def _data(self) -> MarketData:
        return MarketData(market_view(self._market), auction_view(self._market, self.sequence))

    def _snapshot(self) -> bytes:
        return snapshot_frame(self.name, self.stamp, self.sequence, self._data())

    def _update(self, previous: int) -> bytes | None:
        return update_frame(self.name, self.stamp, previous, self.sequence, self._data())


def changed(market: Market, event: Changed) -> Market:
    """The market after an event."""
    match event:
        case wire.MarketStatusChanged():
            status = MarketStatus(event.status)
            stays = status is market.status
            return replace(
                market,
                status=status,
                auction_ends_at_us=event.auction_ends_at_us,
                uncross_price=0,
                indication=market.indication if stays else Indication(),
            )
        case wire.AuctionIndicated():
            side = Side(event.surplus_side) if event.surplus_side else None
            indication = Indication(event.price, event.volume, event.surplus, side)
            return replace(market, indication=indication)
        case wire.AuctionUncrossed():
            return replace(market, uncross_price=event.uncross_price, auction_ends_at_us=0)
        case wire.MarketFeesChanged(tier=tier) if tier:
            return market
        case wire.MarketFeesChanged():
            return replace(
                market,
                maker_fee_ppm=event.maker_fee_ppm,
                taker_fee_ppm=event.taker_fee_ppm,
                creator_share_ppm=event.creator_share_ppm,
                creator_account=event.creator_account,
            )
        case wire.MarketLimitsChanged():
            return replace(
                market,
                max_open_orders=event.max_open_orders,
                min_notional=event.min_notional,
                max_notional=event.max_notional,
                min_quantity=event.min_quantity,
                max_quantity=event.max_quantity,
                price_increment=event.price_increment,
                quantity_increment=event.quantity_increment,
            )
        case wire.MarketSelfTradeChanged():
            return replace(market, self_trades_allowed=bool(event.allowed))
        case wire.MarketBandChanged():
            return replace(
                market,
                price_band_ppm=event.price_band_ppm,
                interruption_ppm=event.interruption_ppm,
                interruption_window_s=event.interruption_window_s,
                interruption_auction_s=event.interruption_auction_s,
                reference_price=event.reference_price,
            )
