"""Noting what a person is to be told of, in the transaction of what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts import attempts, store
from cse.accounts.mail import store as mail_store
from cse.accounts.mail.models import MailKind
from cse.accounts.notifications import store as notification_store
from cse.accounts.notifications.models import TOPICS, Kind, Topic
from cse.accounts.preferences import store as preferences_store
from cse.accounts.preferences.models import Preferences
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected

_WORTH_S: Final = 86_400


async def note(
    connection: Connected,
    person: UUID,
    kind: Kind,
    facts: Mapping[str, str],
    *,
    target: str = "",
    count: int = 1,
) -> None:
    """Tells a person of something, by the ways they have chosen for its topic.

    Where one of this kind and target stands in the app and is not read yet, that one counts it, and there is
    no second mail. Where the topic is told by mail alone, or the target is empty, each time has a mail, up to
    so many a day. The mails of what concerns security are queued by what causes them, for they go to other
    places too.
    """
    topic = TOPICS[kind]
    if topic == "security":
        await notification_store.add(connection, person, kind, target, facts, count)
        return
    chosen = (await preferences_store.of(connection, person)).chosen
    is_new = True
    if _in_app(chosen, topic):
        is_new = await notification_store.add(connection, person, kind, target, facts, count)
    if is_new and _by_mail(chosen, topic):
        await _mail(connection, person, kind, facts, attempts.NOTICE_MAIL_PER_PERSON)


async def note_price(
    connection: Connected, person: UUID, facts: Mapping[str, str], *, target: str, by_mail: bool
) -> None:
    """Tells a person of a price that they asked to be told of, by the ways that the alert says.

    `facts` are `market`, `price` and `direction`; the target is the alert.
    """
    await notification_store.add(connection, person, Kind.PRICE_REACHED, target, facts, 1)
    if by_mail:
        await _mail(connection, person, Kind.PRICE_REACHED, facts, attempts.PRICE_MAIL_PER_PERSON)


async def _mail(
    connection: Connected, person: UUID, kind: Kind, facts: Mapping[str, str], limit: attempts.Limit
) -> None:
    """Queues a mail where it is known that the person reads it; not more than so many a day."""
    found = await store.person_by_id(connection, person)
    if found is None or not found.is_verified:
        return
    if await attempts.admits(connection, limit, str(person)):
        about = {**facts, "person": str(person), "notice": kind.value, "at": format_time(wall_us())}
        await mail_store.add(connection, MailKind.NOTICE, found.email, about, worth_s=_WORTH_S)


def _in_app(chosen: Preferences, topic: Topic) -> bool:
    ways = {
        "orders": chosen.orders_in_app,
        "transfers": chosen.transfers_in_app,
        "operators": chosen.operators_in_app,
    }
    return ways[topic]


def _by_mail(chosen: Preferences, topic: Topic) -> bool:
    ways = {
        "orders": chosen.orders_by_mail,
        "transfers": chosen.transfers_by_mail,
        "operators": chosen.operators_by_mail,
    }
    return ways[topic]
