"""The channel of an account's fills."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from cse.engine import wire
from cse.engine.models import DatedTrade
from cse.streams.channels.account import CHANGES_KEPT, AccountChannel, AccountEvent
from cse.streams.channels.changes import ChangeLog
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.trading.views.fills import fill_view
from cse.trading.views.texts import MarketTexts

FILLS_SHOWN: Final = 50


class FillsData(msgspec.Struct, frozen=True):
    """Fills as REST shows them, oldest first."""

    fills: list[msgspec.Raw]


class FillsChannel(AccountChannel[list[DatedTrade]]):
    """`user.fills`. A trade of an account with itself is one fill, the taker's, as in REST."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, texts: Callable[[int], MarketTexts]
    ) -> None:
        """`texts` are those of a market by its id."""
        super().__init__(name, account, place, epochs)
        self._texts = texts

    def _take(self, state: list[DatedTrade]) -> None:
        """`state` are the newest fills, newest first."""
        assert self._log is not None, "the log is there before the state"
        # They lie before the state, so only a snapshot has them.
        self._log = ChangeLog(self._from, CHANGES_KEPT)
        for trade in reversed(state[:FILLS_SHOWN]):
            self._add(trade)

    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        if not isinstance(event, wire.Traded):
            return False
        self._add(DatedTrade(sequence, time_us, event))
        return True

    def _add(self, trade: DatedTrade) -> None:
        traded = trade.traded
        view = fill_view(trade, self.account, self._texts(traded.market))
        self._note(trade.sequence, (traded.market, traded.trade_id), view)

    def _of_all(self) -> FillsData:
        assert self._log is not None, "a snapshot has a state"
        return FillsData(self._log.newest(FILLS_SHOWN))

    def _of_changed(self, changed: list[msgspec.Raw]) -> FillsData:
        return FillsData(changed)
