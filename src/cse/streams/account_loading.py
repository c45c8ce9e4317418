"""The state that private channels begin with, read beside everything else."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.engine.client import ReplicaClient
from cse.engine.models import DatedTrade, EngineError, NotYetVisible, Reading
from cse.engine.queries import LIMIT_MAX
from cse.ledger.models import EVERY, TransferEntry
from cse.ledger.service import Ledger
from cse.streams.accounts import Accounts, Private
from cse.streams.channels.balances import BalancesChannel
from cse.streams.channels.fills import FILLS_SHOWN, FillsChannel
from cse.streams.channels.orders import OrdersChannel
from cse.streams.channels.preventions import PreventionsChannel
from cse.streams.channels.transfers import TRANSFERS_SHOWN, TransfersChannel
from cse.streams.loader import RETRY_S, Loader
from cse.trading.reads.history import Page, completed, joined

_AT_ONCE: Final = 16


class AccountLoader(Loader[Private]):
    """Reads the state of private channels as they are wanted, and again until it is there."""

    def __init__(self, replica: ReplicaClient, ledger: Ledger, accounts: Accounts) -> None:
        super().__init__()
        self._replica = replica
        self._ledger = ledger
        self._accounts = accounts
        self._free = asyncio.Semaphore(_AT_ONCE)

    async def _load(self, channel: Private) -> None:
        async with self._free:
            while self._accounts.holds(channel):
                try:
                    reading = await self._read(channel)
                except (EngineError, psycopg.Error, PoolTimeout):
                    await asyncio.sleep(RETRY_S)
                    continue
                if channel.begin(reading):
                    self._accounts.begun(channel)
                    return

    async def _read(self, channel: Private) -> Reading[Any]:
        account = channel.account
        if isinstance(channel, OrdersChannel):
            orders = await self._replica.open_orders(account, 0, LIMIT_MAX)
            return Reading(orders.sequence, await completed(orders.value, self._ledger))
        if isinstance(channel, BalancesChannel):
            return await self._replica.balances(account)
        if isinstance(channel, PreventionsChannel):
            # Nobody keeps them: it begins where it was made.
            return Reading(channel.sequence, None)
        if isinstance(channel, TransfersChannel):
            return await self._transfers(channel)
        assert isinstance(channel, FillsChannel)
        return await joined(
            recent=partial(self._replica.fills, account, 0),
            position=self._ledger.position,
            older=partial(self._ledger.fills, account, EVERY),
            place=_place,
            page=Page(account, EVERY, None, FILLS_SHOWN),
        )

    async def _transfers(self, channel: TransfersChannel) -> Reading[list[TransferEntry]]:
        """The newest transfers, which PostgreSQL alone keeps: it has to have all that the channel has not."""
        position = await self._ledger.position()
        if position < channel.sequence:
            raise NotYetVisible(f"PostgreSQL has reached {position} of {channel.sequence}")
        entries = await self._ledger.transfers(channel.account, (position + 1, 0), TRANSFERS_SHOWN)
        return Reading(position, entries)


def _place(trade: DatedTrade) -> tuple[int, int]:
    return trade.sequence, trade.traded.trade_id
