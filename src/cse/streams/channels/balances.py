"""The channel of an account's balances."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from cse.domain.assets import Asset
from cse.engine import wire
from cse.streams.channels.account import AccountChannel, AccountEvent
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.trading.models import Balance


class BalancesData(msgspec.Struct, frozen=True):
    """Balances as they now are; in an update those that changed."""

    balances: list[object]


class BalancesChannel(AccountChannel[list[wire.BalanceState]]):
    """`user.balances`."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, asset: Callable[[int], Asset]
    ) -> None:
        """`asset` finds one by its id."""
        super().__init__(name, account, place, epochs)
        self._asset = asset
        self._balances: dict[int, tuple[int, int]] = {}
        self._changed: dict[int, int] = {}

    def _take(self, state: list[wire.BalanceState]) -> None:
        self._balances = {balance.asset: (balance.available, balance.locked) for balance in state}

    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        if not isinstance(event, wire.BalanceChanged):
            return False
        self._balances[event.asset] = (event.available, event.locked)
        self._changed[event.asset] = sequence
        return True

    def _settle(self) -> None:
        for asset, sequence in sorted(self._changed.items(), key=lambda changed: changed[1]):
            self._note(sequence, asset, self._view(asset))
        self._changed.clear()

    def _view(self, asset: int) -> Balance:
        available, locked = self._balances[asset]
        found = self._asset(asset)
        return Balance(found.symbol, found.format(available), found.format(locked))

    def _of_all(self) -> BalancesData:
        return BalancesData([self._view(asset) for asset in sorted(self._balances)])

    def _of_changed(self, changed: list[msgspec.Raw]) -> BalancesData:
        return BalancesData(list(changed))
