"""The channel of what comes to an account and leaves it by transfers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import msgspec

from cse.domain.assets import Asset
from cse.ledger.models import TransferEntry
from cse.streams.channels.account import CHANGES_KEPT, AccountChannel, AccountEvent, MovedLeg
from cse.streams.channels.changes import ChangeLog
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.trading.views.transfers import transfer_view

TRANSFERS_SHOWN: Final = 50


class TransfersData(msgspec.Struct, frozen=True):
    """Transfers as REST shows them, oldest first."""

    transfers: list[msgspec.Raw]


class TransfersChannel(AccountChannel[list[TransferEntry]]):
    """`user.transfers`."""

    def __init__(
        self, name: str, account: int, place: Place, epochs: Epochs, asset: Callable[[int], Asset]
    ) -> None:
        """`asset` finds one by its id."""
        super().__init__(name, account, place, epochs)
        self._asset = asset

    def _take(self, state: list[TransferEntry]) -> None:
        """`state` are the newest of the account's entries, newest first."""
        assert self._log is not None, "the log is there before the state"
        # They lie before the state, so only a snapshot has them.
        self._log = ChangeLog(self._from, CHANGES_KEPT)
        for entry in reversed(state[:TRANSFERS_SHOWN]):
            self._add(entry)

    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        if not isinstance(event, MovedLeg):
            return False
        leg = event.leg
        leaves = leg.debit == self.account
        amount, other = (-leg.amount, leg.credit) if leaves else (leg.amount, leg.debit)
        # As the ledger counts the entries of a leg: only to tell two legs of a transfer apart.
        entry = 2 * event.number + (0 if leaves else 1)
        self._add(
            TransferEntry(sequence, entry, leg.asset, amount, leg.reason, event.transfer, time_us, other)
        )
        return True

    def _add(self, entry: TransferEntry) -> None:
        view = transfer_view(
            self.account, self._asset(entry.asset), entry.amount, entry.other,
            reason=entry.reason, transfer=entry.transfer, at=(entry.sequence, entry.time_us),
        )  # fmt: skip
        self._note(entry.sequence, (entry.sequence, entry.entry), view)

    def _of_all(self) -> TransfersData:
        assert self._log is not None, "a snapshot has a state"
        return TransfersData(self._log.newest(TRANSFERS_SHOWN))

    def _of_changed(self, changed: list[msgspec.Raw]) -> TransfersData:
        return TransfersData(changed)
