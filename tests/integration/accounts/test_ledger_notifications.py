"""What the ledger has of persons is told once, whoever tells it and wherever they stop."""

from __future__ import annotations

import asyncio
from typing import cast

import pytest

from cse.accounts.notifications import store
from cse.accounts.notifications.models import NotificationsQuery
from cse.accounts.notifications.service import NotificationCentre
from cse.ledger.models import Activity, Receipt, TradesOf
from cse.ledger.service import Ledger
from cse.services.ledger_notifications import AT_ONCE, LedgerNotifications
from tests.integration.accounts.conftest import Room
from tests.postgres import Database


class Books:
    """A ledger that has one trade and one receipt of the person's at each sequence, and others' trades."""

    def __init__(self, position: int) -> None:
        self.at = position

    async def position(self) -> int:
        return self.at

    async def activity(self, after: int, until: int) -> Activity:
        new = until - after
        trades = [
            TradesOf(7, "LUNA-USDC", "buy", new, "LUNA", f"{new}.5"),
            TradesOf(99, "LUNA-USDC", "sell", new, "LUNA", f"{new}.5"),
        ]
        return Activity(trades, [Receipt(7, "USDC", str(new))])


async def told(room: Room) -> list[tuple[str, int, str]]:
    caller = room.caller(await room.sign_in())
    found = await NotificationCentre(room.pool).page(caller, NotificationsQuery())
    return [(one.kind, one.count, one.facts.get("amount", "")) for one in reversed(found.items)]


async def test_it_begins_with_what_comes_and_tells_all_of_it_once(room: Room) -> None:
    books = Books(1_000)
    tellers = [LedgerNotifications(room.pool, cast(Ledger, books)) for _ in range(3)]
    await asyncio.gather(*(teller.tell() for teller in tellers))
    assert await told(room) == []
    for _ in range(4):
        books.at += 5
        await asyncio.gather(*(teller.tell() for teller in tellers))
    while await tellers[0].tell():
        pass
    assert await told(room) == [("traded", 20, "22.0"), ("received", 4, "20")]


async def test_much_is_told_in_parts(room: Room) -> None:
    books = Books(0)
    teller = LedgerNotifications(room.pool, cast(Ledger, books))
    await teller.tell()
    books.at = 2 * AT_ONCE + 1
    assert [await teller.tell() for _ in range(4)] == [True, True, False, False]
    count = 2 * AT_ONCE + 1
    assert await told(room) == [("traded", count, f"{count + 1}.5"), ("received", 3, str(count))]


async def test_a_ledger_that_is_written_anew_tells_nothing_again(room: Room) -> None:
    books = Books(50)
    teller = LedgerNotifications(room.pool, cast(Ledger, books))
    await teller.tell()
    books.at = 10
    assert not await teller.tell()
    assert await told(room) == []


async def test_who_has_closed_the_account_is_told_nothing_of_any_of_its_accounts(
    room: Room, database: Database
) -> None:
    eve = await room.add_person("eve@example.com", 8)
    for number, (person, account) in enumerate([(room.person, 70), (eve, 80)], 1_000):
        database.change(
            "INSERT INTO accounts.sub_accounts (outbox_number, person, account, name) VALUES (%s, %s, %s, 'new')",
            number, person, account,
        )  # fmt: skip
    accounts = [7, 8, 70, 80, 99]
    async with room.pool.connection() as connection:
        all_of_them = {7: room.person, 70: room.person, 8: eve, 80: eve}
        assert await store.persons_of(connection, accounts) == all_of_them
    database.change(
        "UPDATE accounts.persons SET frozen_at = now(), frozen_reason = 'closed', closed_at = now()"
        " WHERE id = %s",
        eve,
    )
    async with room.pool.connection() as connection:
        assert await store.persons_of(connection, accounts) == {7: room.person, 70: room.person}


async def test_what_nobody_expects_does_not_end_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [ValueError("what nobody expects")]
    has_gone_on = asyncio.Event()

    async def tell(self: LedgerNotifications) -> bool:
        if failures:
            raise failures.pop()
        has_gone_on.set()
        return False

    monkeypatch.setattr("cse.services.ledger_notifications.PAUSE_S", 0)
    monkeypatch.setattr("cse.services.ledger_notifications.LOOK_S", 0)
    monkeypatch.setattr(LedgerNotifications, "tell", tell)
    running = asyncio.create_task(LedgerNotifications(room.pool, cast(Ledger, Books(0))).run())
    waiting = asyncio.create_task(has_gone_on.wait())
    await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
    assert has_gone_on.is_set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
