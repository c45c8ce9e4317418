"""What a person is told of: once, by the ways they have chosen, and nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from uuid import UUID

import pyotp
import pytest

from cse.accounts.mail.catalogue.english import ENGLISH
from cse.accounts.models import EmailChange, PasswordChange, Visit
from cse.accounts.notifications.models import Kind, NotificationsQuery, ReadNotifications
from cse.accounts.notifications.noting import note
from cse.accounts.notifications.service import NotificationCentre
from cse.accounts.preferences.models import ChangedPreferences
from cse.accounts.preferences.service import PersonPreferences
from cse.domain.errors import CodedError
from cse.runtime.http.origin import ORIGIN, Origin
from cse.runtime.http.route import Caller
from tests.integration.accounts.authenticator import SoftAuthenticator
from tests.integration.accounts.conftest import HOME, PASSWORD, Room
from tests.integration.accounts.conftest import ORIGIN as PAGES

ALL = NotificationsQuery(limit=100)
LUNA = {"market": "LUNA-USDC"}


@pytest.fixture
def centre(room: Room) -> NotificationCentre:
    return NotificationCentre(room.pool)


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


async def tell(
    room: Room, kind: Kind, facts: Mapping[str, str], target: str = "", count: int = 1, to: UUID | None = None
) -> None:
    async with room.pool.connection() as connection:
        await note(connection, to or room.person, kind, facts, target=target, count=count)


async def choose(room: Room, caller: Caller, **chosen: bool) -> None:
    preferences = PersonPreferences(room.pool)
    seen = (await preferences.of(caller)).version
    await preferences.change(caller, ChangedPreferences(seen, **chosen))  # type: ignore[arg-type]


async def test_what_concerns_security_is_told_in_the_app_whatever_was_chosen(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    ways = {
        f"{topic}_{way}": False
        for topic in ("orders", "transfers", "operators")
        for way in ("in_app", "by_mail")
    }
    await choose(room, caller, **ways)
    await room.sign_in(Visit("198.51.100.7"))
    change = PasswordChange(PASSWORD, "another long pass phrase")
    await room.password_changes.change(caller, change, HOME)
    await tell(room, Kind.TRADED, LUNA, "7/LUNA-USDC")
    found = await centre.page(caller, ALL)
    assert [(one.kind, one.topic, one.facts["address"]) for one in found.items] == [
        ("password_changed", "security", HOME),
        ("new_sign_in", "security", "198.51.100.7"),
    ]
    assert sorted(mail.subject for mail in await room.mails()) == [
        "A new sign-in - CS Exchange",
        "Your password was changed - CS Exchange",
    ]


async def test_every_new_way_in_is_told_of_and_each_that_is_gone(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    ORIGIN.set(Origin(HOME))
    secret = (await room.second_factor.begin_totp(caller)).secret
    assert await room.mails() == []
    await room.second_factor.confirm_totp(caller, pyotp.TOTP(secret).at(int(room.clock())), HOME)
    await room.second_factor.renew_codes(caller)
    await room.second_factor.remove_totp(caller)
    device = SoftAuthenticator(origin=PAGES, host="exchange.example")
    made = device.make(await room.passkeys.begin_registration(caller))
    passkey = (await room.passkeys.register(caller, made, "phone")).id
    await room.passkeys.remove(caller, passkey)
    found = (await centre.page(caller, ALL)).items
    assert {(one.kind, one.topic, one.facts["address"]) for one in found} == {
        ("credential_changed", "security", HOME)
    }
    changes = [one.facts["change"] for one in reversed(found)]
    assert changes == [
        "authenticator_added",
        "recovery_codes_renewed",
        "authenticator_removed",
        "passkey_added",
        "passkey_removed",
    ]
    mails = [mail.text for mail in await room.mails()]
    assert all(any(ENGLISH.credential_changes[change] in text for text in mails) for change in changes)
    assert len(mails) == 5


async def test_who_only_claims_an_e_mail_is_told_of_it_in_the_app_alone(
    room: Room, centre: NotificationCentre
) -> None:
    await room.add_person("eve@example.com", 8, verified=False)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    await room.sign_in(Visit("198.51.100.7"), email="eve@example.com")
    change = PasswordChange(PASSWORD, "another long pass phrase")
    await room.password_changes.change(eve, change, HOME)
    asked = EmailChange("eve@lovelace.example", change.password)
    await room.changes.ask(
        room.caller(await room.sign_in(email="eve@example.com", password=change.password)), asked, HOME
    )
    assert [(one.kind, one.facts["address"]) for one in (await centre.page(eve, ALL)).items] == [
        ("email_change_asked", HOME),
        ("password_changed", HOME),
        ("new_sign_in", "198.51.100.7"),
    ]
    assert "eve@example.com" not in {mail.recipient for mail in await room.mails()}


async def test_what_is_not_read_yet_counts_what_comes_of_the_same(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    await choose(room, caller, orders_by_mail=True)
    await asyncio.gather(*(tell(room, Kind.TRADED, LUNA, "7/LUNA-USDC", 2) for _ in range(5)))
    for amount in ("1.5", "0.25"):
        await tell(room, Kind.RECEIVED, {"asset": "USDC", "amount": amount}, "7/USDC")
    received, traded = (await centre.page(caller, ALL)).items
    assert (traded.count, traded.facts, received.count) == (10, LUNA, 2)
    assert received.facts["amount"] == "1.75"
    (mail,) = await room.mails()
    assert "LUNA-USDC" in mail.text
    await centre.mark_read(caller, ReadNotifications(up_to=received.id))
    await tell(room, Kind.TRADED, LUNA, "7/LUNA-USDC")
    assert [one.count for one in (await centre.page(caller, ALL)).items] == [1, 2, 10]


async def test_a_way_that_was_not_chosen_is_not_gone(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    await tell(room, Kind.ACCOUNT_UNFROZEN, {})
    assert len(await room.mails()) == 1
    await choose(room, caller, operators_by_mail=False)
    await tell(room, Kind.ACCOUNT_UNFROZEN, {})
    assert await room.mails() == []
    await choose(room, caller, operators_in_app=False, operators_by_mail=True)
    await tell(room, Kind.ACCOUNT_UNFROZEN, {})
    assert len(await room.mails()) == 1
    assert [one.kind for one in (await centre.page(caller, ALL)).items] == [
        "account_unfrozen",
        "account_unfrozen",
    ]


async def test_nothing_goes_to_an_e_mail_that_is_only_claimed(room: Room) -> None:
    eve = await room.add_person("eve@example.com", 8, verified=False)
    await tell(room, Kind.ACCOUNT_UNFROZEN, {}, to=eve)
    assert await room.mails() == []


async def test_pages_go_on_where_the_last_one_ended(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    for number in range(5):
        await tell(room, Kind.TRADED, LUNA, f"7/{number}")
    first = await centre.page(caller, NotificationsQuery(limit=2))
    assert (len(first.items), first.unread) == (2, 5)
    rest = await centre.page(caller, NotificationsQuery(limit=3, cursor=first.next_cursor))
    assert (len(rest.items), rest.next_cursor) == (3, None)
    assert len({one.id for one in (*first.items, *rest.items)}) == 5
    with pytest.raises(CodedError):
        await centre.page(caller, NotificationsQuery(cursor="1; drop table"))


async def test_another_neither_sees_them_nor_marks_them_as_read(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    await tell(room, Kind.TRADED, LUNA, "7/LUNA-USDC")
    (one,) = (await centre.page(caller, ALL)).items
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    assert (await centre.page(eve, NotificationsQuery(cursor="f" * 32))).items == []
    await centre.mark_read(eve, ReadNotifications(id=one.id))
    await centre.mark_read(eve, ReadNotifications(up_to=one.id))
    assert await centre.unread(caller) == 1
    await centre.mark_read(caller, ReadNotifications(id=one.id))
    assert await centre.unread(caller) == 0


async def test_what_causes_it_and_does_not_come_to_be_is_not_told(
    room: Room, centre: NotificationCentre, caller: Caller
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with room.pool.connection() as connection:
            await note(connection, room.person, Kind.TRADED, LUNA, target="7/LUNA-USDC")
            raise ZeroDivisionError
    assert await centre.unread(caller) == 0
