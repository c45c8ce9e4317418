"""Prices that persons wait for: each is told once, by what trades after it was set, whoever looks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final, cast

import pytest

from cse.accounts.notifications.models import NotificationsQuery
from cse.accounts.notifications.service import NotificationCentre
from cse.accounts.price_alerts.models import WAITING_MAX, Direction, NewPriceAlert
from cse.accounts.price_alerts.service import PersonPriceAlerts
from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine.models import Reading
from cse.ledger.models import Activity
from cse.ledger.service import Ledger
from cse.runtime.http.route import Caller
from cse.services.ledger_notifications import LedgerNotifications
from tests.integration.accounts.conftest import Room
from tests.postgres import Database

# A tick is 0.01.
LUNA: Final = Market(
    1, Asset(2, "LUNA", 6), Asset(1, "USDC", 6), tick_size=1, tick_decimals=2, lot_size=1_000_000,
    min_notional=1, max_quantity=1_000, maker_fee_ppm=0, taker_fee_ppm=0,
)  # fmt: skip


@dataclass
class Books:
    """A ledger with one trade at each sequence, at these prices in ticks, and a replica that may be behind."""

    prices: list[int] = field(default_factory=lambda: [100])
    behind: int = 0

    async def position(self) -> int:
        return len(self.prices)

    async def activity(self, after: int, until: int) -> Activity:
        return Activity([], [])

    async def price_ranges(self, after: int, until: int) -> list[tuple[int, int, int]]:
        prices = self.prices[after:until]
        return [(LUNA.id, min(prices), max(prices)), (99, 1, 1_000_000)] if prices else []

    async def market_now(self, name: str, min_sequence: int) -> Reading[Market]:
        if name != LUNA.name:
            raise CodedError(codes.MARKET_UNKNOWN, field="market")
        sequence = max(min_sequence, len(self.prices) - self.behind)
        last = self.prices[sequence - 1] if self.prices else 0
        return Reading(sequence, replace(LUNA, last_price=last))


@dataclass
class Desk:
    """Alerts of one person, and two processes that tell of prices."""

    room: Room
    caller: Caller
    books: Books
    alerts: PersonPriceAlerts
    tellers: list[LedgerNotifications]

    async def ask(self, price: str, direction: Direction, *, by_mail: bool = False) -> str:
        asked = NewPriceAlert(LUNA.name, price, direction, by_mail)
        return (await self.alerts.set(self.caller, asked)).alert.id

    async def trade(self, *prices: int) -> None:
        self.books.prices.extend(prices)

    async def tell(self) -> None:
        await asyncio.gather(*(teller.tell() for teller in self.tellers))

    async def told(self) -> list[str]:
        page = await NotificationCentre(self.room.pool).page(self.caller, NotificationsQuery())
        return [one.facts["price"] for one in reversed(page.items) if one.kind == "price_reached"]

    async def waiting(self) -> list[str]:
        return [one.price for one in (await self.alerts.all(self.caller)).items if one.reached_at is None]


@pytest.fixture
async def desk(room: Room) -> Desk:
    books = Books()
    tellers = [LedgerNotifications(room.pool, cast(Ledger, books)) for _ in range(2)]
    await tellers[0].tell()
    caller = room.caller(await room.sign_in())
    return Desk(room, caller, books, PersonPriceAlerts(room.pool, books.market_now), tellers)


@pytest.mark.parametrize(
    ("price", "direction", "trades", "told"),
    [
        ("1.10", "at_or_above", [109], False),
        ("1.10", "at_or_above", [110], True),
        ("1.10", "at_or_above", [109, 400, 101], True),
        ("0.90", "at_or_below", [91], False),
        ("0.90", "at_or_below", [90], True),
        ("0.90", "at_or_below", [91, 1, 99], True),
    ],
)
async def test_the_first_trade_there_or_beyond_is_told_once(
    desk: Desk, price: str, direction: Direction, trades: list[int], told: bool
) -> None:
    await desk.ask(price, direction)
    await desk.trade(*trades)
    await desk.tell()
    expected = [price] if told else []
    assert await desk.told() == expected
    assert await desk.waiting() == ([] if told else [price])
    await desk.trade(*trades)
    await desk.tell()
    assert await desk.told() == expected


async def test_what_traded_before_it_was_set_does_not_count(desk: Desk) -> None:
    # The ledger has not told of these two yet when the alert is set.
    await desk.trade(150, 100)
    await desk.ask("1.40", "at_or_above")
    await desk.trade(101)
    await desk.tell()
    assert await desk.told() == []
    await desk.trade(140)
    await desk.tell()
    assert await desk.told() == ["1.40"]


async def test_the_market_is_seen_no_older_than_what_was_told(desk: Desk) -> None:
    # A replica that is behind would have the alert wait for a trade that is looked at no more.
    await desk.trade(112)
    await desk.tell()
    desk.books.behind = 1
    with pytest.raises(CodedError) as refused:
        await desk.ask("1.10", "at_or_above")
    assert refused.value.code == codes.PRICE_REACHED


async def test_asked_for_twice_it_is_one(desk: Desk) -> None:
    first = await desk.ask("1.10", "at_or_above", by_mail=True)
    assert await desk.ask("1.10", "at_or_above") == first
    (only,) = (await desk.alerts.all(desk.caller)).items
    assert not only.by_mail
    await desk.trade(110, 100)
    await desk.tell()
    assert await desk.told() == ["1.10"]
    assert await desk.ask("1.10", "at_or_above") != first


async def test_where_the_last_trade_is_already_nothing_is_set(desk: Desk) -> None:
    for price, direction in (("1.00", "at_or_above"), ("0.99", "at_or_above"), ("1.00", "at_or_below")):
        with pytest.raises(CodedError) as refused:
            await desk.ask(price, direction)  # type: ignore[arg-type]
        assert (refused.value.code, refused.value.details["last"]) == (codes.PRICE_REACHED, "1.00")
    desk.books.prices.clear()
    await desk.ask("0.99", "at_or_above")
    assert await desk.waiting() == ["0.99"]


async def test_there_is_an_end_to_how_many_wait(desk: Desk) -> None:
    for number in range(WAITING_MAX - 1):
        await desk.ask(f"2.{number:02}", "at_or_above")
    outcomes = await asyncio.gather(
        *(desk.ask(price, "at_or_above") for price in ("3", "4", "5")), return_exceptions=True
    )
    refused = [one for one in outcomes if isinstance(one, CodedError)]
    assert [one.code for one in refused] == [codes.PRICE_ALERT_LIMIT] * 2
    await desk.trade(200)
    await desk.tell()
    await desk.ask("6", "at_or_above")
    assert len(await desk.waiting()) == WAITING_MAX


async def test_a_mail_comes_where_it_was_asked_for_and_is_read(desk: Desk, database: Database) -> None:
    async def subjects() -> list[str]:
        return [mail.subject for mail in await desk.room.mails()]

    await subjects()
    await desk.ask("1.20", "at_or_above", by_mail=True)
    await desk.ask("1.30", "at_or_above", by_mail=False)
    await desk.trade(130, 100)
    await desk.tell()
    assert await subjects() == ["LUNA-USDC has reached 1.20 - CS Exchange"]
    database.change("UPDATE accounts.persons SET email_verified_at = NULL")
    await desk.ask("1.40", "at_or_above", by_mail=True)
    await desk.trade(140)
    await desk.tell()
    assert (await desk.told(), await subjects()) == (["1.20", "1.30", "1.40"], [])


async def test_another_s_is_as_unknown_as_none(desk: Desk) -> None:
    alert = await desk.ask("1.10", "at_or_above")
    eve = desk.caller._replace(person=await desk.room.add_person("eve@example.com", 8))
    for caller, named in ((eve, alert), (desk.caller, "nonsense")):
        with pytest.raises(CodedError) as refused:
            await desk.alerts.remove(caller, named)
        assert refused.value.code == codes.PRICE_ALERT_UNKNOWN
    assert (await desk.alerts.all(eve)).items == []
    await desk.alerts.remove(desk.caller, alert)
    await desk.trade(110)
    await desk.tell()
    assert await desk.told() == []
