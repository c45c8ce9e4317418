"""Use cases of a person's accounts: what each has, moving between them, and what has moved."""

from __future__ import annotations

import asyncio
from typing import Final

from cse.accounts.organisations.models import OrganisationView
from cse.accounts.organisations.service import Organisations
from cse.accounts.sub_accounts.api import account_view
from cse.accounts.sub_accounts.models import Movement, NewTransfer
from cse.accounts.sub_accounts.service import SubAccounts
from cse.accounts.sub_accounts.transfers import AccountTransfers
from cse.audit.models import Details
from cse.domain.accounts import TransferReason
from cse.domain.ids import parse_account
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.models import NotYetVisible, Reading
from cse.ledger.models import TransferEntry
from cse.ledger.service import Ledger
from cse.marketdata.listing import Listing
from cse.runtime.http.route import Caller
from cse.trading.holdings.models import HeldAccount, Transfer
from cse.trading.models import Balance
from cse.trading.reads.history import Listed, ListPlace
from cse.trading.views.transfers import transfer_view

_LOOKS: Final = 10
_LOOK_S: Final = 0.02


class Holdings:
    """A person's accounts with their balances, and transfers."""

    def __init__(
        self,
        sub_accounts: SubAccounts,
        organisations: Organisations,
        transfers: AccountTransfers,
        replica: ReplicaClient,
        listing: Listing,
        ledger: Ledger,
    ) -> None:
        self._sub_accounts = sub_accounts
        self._organisations = organisations
        self._transfers = transfers
        self._replica = replica
        self._listing = listing
        self._ledger = ledger

    async def accounts(self, caller: Caller, min_sequence: int) -> Reading[list[HeldAccount]]:
        """All of the caller's accounts: no money under way between two is seen twice, or not at all."""
        own = await self._sub_accounts.own(caller)
        reading = await self._replica.balances_of([one.account for one in own], min_sequence=min_sequence)
        held = [
            HeldAccount(account_view(one), [await self._balance(state) for state in states])
            for one, states in zip(own, reading.value, strict=True)
        ]
        return Reading(reading.sequence, held)

    async def organisations(self, caller: Caller) -> list[OrganisationView]:
        """Those that the person acts for."""
        return [] if caller.key is not None else await self._organisations.views(caller)

    async def move(self, caller: Caller, key: str, request: NewTransfer) -> Transfer:
        """Moves money between two of the caller's accounts; raises as `AccountTransfers.move` does."""
        debit = parse_account(request.from_account, field="from_account")
        credit = parse_account(request.to_account, field="to_account")
        asset = await self._listing.asset(request.asset)
        units = asset.parse(request.amount)
        shown = Details(asset=asset.symbol, amount=asset.format(units))
        moved = await self._transfers.move(caller, key, Movement(debit, credit, asset.id, units), shown)
        return transfer_view(
            debit, asset, -units, credit,
            reason=TransferReason.OWN_ACCOUNTS, transfer=moved.transfer, at=(moved.sequence, moved.time_us),
        )  # fmt: skip

    async def transfers(
        self, account: int, before: ListPlace | None, limit: int, min_sequence: int
    ) -> Listed[Transfer]:
        """A page of what came to an account and left it, as far as PostgreSQL has it."""
        position = await self._position(min_sequence)
        # One more than fits tells whether there is another page.
        entries = await self._ledger.transfers(account, before, limit + 1)
        items = [await self._transfer(account, entry) for entry in entries[:limit]]
        place = None
        if len(entries) > limit:
            place = entries[limit - 1].sequence, entries[limit - 1].entry
        return Listed(position, items, place)

    async def _transfer(self, account: int, entry: TransferEntry) -> Transfer:
        asset = await self._listing.asset_by_id(entry.asset)
        return transfer_view(
            account, asset, entry.amount, entry.other,
            reason=entry.reason, transfer=entry.transfer, at=(entry.sequence, entry.time_us),
        )  # fmt: skip

    async def _position(self, min_sequence: int) -> int:
        """How far PostgreSQL is, which has to be this far at least."""
        for _ in range(_LOOKS):
            position = await self._ledger.position()
            if position >= min_sequence:
                return position
            await asyncio.sleep(_LOOK_S)
        raise NotYetVisible(f"PostgreSQL has not reached {min_sequence}")

    async def _balance(self, state: wire.BalanceState) -> Balance:
        asset = await self._listing.asset_by_id(state.asset)
        return Balance(asset.symbol, asset.format(state.available), asset.format(state.locked))
