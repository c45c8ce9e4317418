"""Tells persons of what the ledger has of theirs: trades, receipts, and prices they wait for.

How far they were told is kept in the transaction that tells them, under a lock: whichever process does
it, and wherever it stops, nothing is told twice or never.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.notifications import store
from cse.accounts.notifications.models import Kind
from cse.accounts.notifications.noting import note, note_price
from cse.accounts.price_alerts import store as alert_store
from cse.accounts.price_alerts.models import PriceAlert, PriceRange
from cse.ledger.service import Ledger
from cse.runtime.postgres import Connected, Pool

# What goes on is told once in so long, and what nobody passed on is found after this.
PAUSE_S: Final = 1.0
LOOK_S: Final = 30.0
# Sequences that are looked at in one transaction.
AT_ONCE: Final = 20_000
_LOG: Final = logging.getLogger("cse.notifications")


class LedgerNotifications:
    """Tells of it. Any number of processes may have one; one of them at a time tells."""

    def __init__(self, pool: Pool, ledger: Ledger) -> None:
        self._pool = pool
        self._ledger = ledger
        self._moved = asyncio.Event()

    def moved(self, _: str = "") -> None:
        """The ledger has written something, or may have."""
        self._moved.set()

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            self._moved.clear()
            try:
                behind = await self.tell()
            except (psycopg.Error, PoolTimeout) as error:
                _LOG.warning("notifications wait for PostgreSQL: %s", error)
                behind = False
            except Exception:
                # What nobody expects must not be the end of all telling.
                _LOG.exception("notifications stay where they are")
                behind = False
            if not behind:
                await asyncio.sleep(PAUSE_S)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_S):
                        await self._moved.wait()

    async def tell(self) -> bool:
        """Tells of what is new; whether there is more. What was before the first call is told to nobody."""
        position = await self._ledger.position()
        async with self._pool.connection() as connection:
            told = await store.take_position(connection, position)
            if told is None or told >= position:
                return False
            until = min(position, told + AT_ONCE)
            activity = await self._ledger.activity(told, until)
            accounts = {traded.account for traded in activity.trades}
            accounts |= {receipt.account for receipt in activity.receipts}
            persons = await store.persons_of(connection, sorted(accounts))
            for traded in activity.trades:
                if (person := persons.get(traded.account)) is not None:
                    facts = {
                        "market": traded.market, "side": traded.side, "asset": traded.asset,
                        "amount": traded.amount, "account": str(traded.account),
                    }  # fmt: skip
                    target = f"{traded.account}/{traded.market}/{traded.side}"
                    await note(connection, person, Kind.TRADED, facts, target=target, count=traded.trades)
            for receipt in activity.receipts:
                if (person := persons.get(receipt.account)) is not None:
                    account = str(receipt.account)
                    facts = {"asset": receipt.asset, "amount": receipt.amount, "account": account}
                    target = f"{account}/{receipt.asset}"
                    await note(connection, person, Kind.RECEIVED, facts, target=target)
            await self._tell_prices(connection, told, until)
            await store.move_position(connection, until)
        return until < position

    async def _tell_prices(self, connection: Connected, after: int, until: int) -> None:
        """Tells of prices that trades above a sequence and up to another have reached."""
        if not await alert_store.any_waiting(connection):
            return
        ranges = [PriceRange(*one) for one in await self._ledger.price_ranges(after, until)]
        for alert in await alert_store.within(connection, ranges):
            if alert.sequence <= after or await self._reached_since(alert, until):
                await alert_store.set_reached(connection, alert.id)
                facts = {
                    "market": alert.market_name,
                    "price": alert.price_text,
                    "direction": alert.direction,
                }
                target = str(alert.id)
                await note_price(connection, alert.person, facts, target=target, by_mail=alert.by_mail)

    async def _reached_since(self, alert: PriceAlert, until: int) -> bool:
        """Whether a trade has reached an alert since it was set, which was not long ago."""
        ranges = await self._ledger.price_ranges(alert.sequence, until)
        return any(
            alert.is_reached(lowest, highest) for market, lowest, highest in ranges if market == alert.market
        )
