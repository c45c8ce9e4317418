"""The private channels of this process: those that somebody listens to, and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView
from typing import Any, Final, TypeAlias

from cse.domain.assets import Asset
from cse.domain.markets import Market
from cse.streams import names
from cse.streams.channels.account import AccountChannel
from cse.streams.channels.balances import BalancesChannel
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.fills import FillsChannel
from cse.streams.channels.orders import OrdersChannel
from cse.streams.channels.preventions import PreventionsChannel
from cse.streams.channels.transfers import TransfersChannel
from cse.trading.views.texts import MarketTexts

Private: TypeAlias = AccountChannel[Any]
MakeOfAll: TypeAlias = Callable[
    [str, int, Place, Epochs, Callable[[int], MarketTexts], Callable[[int], Asset]], Private
]

# Which channels an event concerns.
ORDERS: Final = (names.USER_ORDERS,)
BALANCES: Final = (names.USER_BALANCES,)
TRANSFERS: Final = (names.USER_TRANSFERS,)
ORDERS_AND_FILLS: Final = (names.USER_ORDERS, names.USER_FILLS)
ORDERS_AND_PREVENTIONS: Final = (names.USER_ORDERS, names.USER_PREVENTIONS)

_OF_ORDERS: Final[dict[str, type[OrdersChannel | FillsChannel | PreventionsChannel]]] = {
    names.USER_ORDERS: OrdersChannel,
    names.USER_FILLS: FillsChannel,
    names.USER_PREVENTIONS: PreventionsChannel,
}


class Accounts:
    """Channels by account and kind. `want` is called with one whose state is to be read."""

    def __init__(
        self,
        place: Place,
        epochs: Epochs,
        asset: Callable[[int], Asset],
        market: Callable[[int], Market],
    ) -> None:
        self.want: Callable[[Private], None] = lambda _: None
        self._place = place
        self._epochs = epochs
        self._asset = asset
        self._market = market
        self._texts: dict[int, MarketTexts] = {}
        self._channels: dict[int, dict[str, Private]] = {}

    @property
    def listening(self) -> KeysView[int]:
        """The accounts that somebody listens to."""
        return self._channels.keys()

    def channel(self, kind: str, account: int) -> Private:
        """The channel of a kind and an account; made if it is not there."""
        channels = self._channels.setdefault(account, {})
        found = channels.get(kind)
        if found is None:
            found = channels[kind] = self._make(kind, account)
            self.want(found)
        return found

    def channel_of_all(self, account: int, make: MakeOfAll) -> Private:
        """The channel that hears all that concerns an account; made by `make` if it is not there."""
        channels = self._channels.setdefault(account, {})
        found = channels.get(names.USER_ALL)
        if found is None:
            found = channels[names.USER_ALL] = make(
                names.USER_ALL, account, self._place, self._epochs, self._texts_of, self._asset
            )
            self.want(found)
        return found

    def of(self, account: int, kinds: tuple[str, ...]) -> Iterator[Private]:
        """The channels of these kinds that an account has, and the one that hears all."""
        channels = self._channels[account]
        for kind in (*kinds, names.USER_ALL):
            if kind in channels:
                yield channels[kind]

    def holds(self, channel: Private) -> bool:
        """Whether it is still one of these."""
        return self._channels.get(channel.account, {}).get(channel.name) is channel

    def begun(self, channel: Private) -> None:
        """Its state is there: whoever waits for it gets it."""
        channel.let_in()

    def drop(self, channel: Private) -> None:
        """Nobody listens to it any more."""
        if self.holds(channel):
            channels = self._channels[channel.account]
            del channels[channel.name]
            if not channels:
                del self._channels[channel.account]

    def _make(self, kind: str, account: int) -> Private:
        if kind == names.USER_BALANCES:
            return BalancesChannel(kind, account, self._place, self._epochs, self._asset)
        if kind == names.USER_TRANSFERS:
            return TransfersChannel(kind, account, self._place, self._epochs, self._asset)
        return _OF_ORDERS[kind](kind, account, self._place, self._epochs, self._texts_of)

    def _texts_of(self, market: int) -> MarketTexts:
        found = self._texts.get(market)
        if found is None:
            found = self._texts[market] = MarketTexts(self._market(market))
        return found
