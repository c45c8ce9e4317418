"""The channel of what an account did not trade with others of its owner."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from cse.engine import wire
from cse.streams.channels.account import AccountChannel, AccountEvent
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.trading.views.fills import prevented_view
from cse.trading.views.texts import MarketTexts

PREVENTIONS_SHOWN: Final = 50


class PreventionsData(msgspec.Struct, frozen=True):
    """Meetings of two orders of one owner, as the answer to an order shows them, oldest first."""

    prevented: list[msgspec.Raw]


class PreventionsChannel(AccountChannel[None]):
    """`user.preventions`. Nobody keeps them: a snapshot has those that came while somebody listened."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, texts: Callable[[int], MarketTexts]
    ) -> None:
        """`texts` are those of a market by its id."""
        super().__init__(name, account, place, epochs)
        self._texts = texts

    def _take(self, state: None) -> None:
        pass

    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        if not isinstance(event, wire.SelfTradePrevented):
            return False
        key = (sequence, event.maker_order_id, event.maker_remaining, event.taker_remaining)
        self._note(sequence, key, prevented_view(event, sequence, time_us, self._texts(event.market)))
        return True

    def _of_all(self) -> PreventionsData:
        assert self._log is not None, "a snapshot has a state"
        return PreventionsData(self._log.newest(PREVENTIONS_SHOWN))

    def _of_changed(self, changed: list[msgspec.Raw]) -> PreventionsData:
        return PreventionsData(changed)
