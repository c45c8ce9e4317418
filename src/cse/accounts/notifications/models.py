"""Notifications: their kinds and topics, and what is shown of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

NOTIFICATIONS_MAX: Final = 100
UNREAD_MAX: Final = 100
# What persons choose ways for; a notice of security always comes, by all of its ways, and each price alert
# says itself how it is told.
Topic: TypeAlias = Literal["security", "orders", "transfers", "operators", "alerts"]


class Kind(StrEnum):
    """What a notification tells."""

    PASSWORD_CHANGED = "password_changed"  # noqa: S105
    CREDENTIAL_CHANGED = "credential_changed"
    NEW_SIGN_IN = "new_sign_in"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGED = "email_changed"
    TRADED = "traded"
    RECEIVED = "received"
    EXPORT_READY = "export_ready"
    ACCOUNT_FROZEN = "account_frozen"
    ACCOUNT_UNFROZEN = "account_unfrozen"
    VERIFICATION_APPROVED = "verification_approved"
    VERIFICATION_REFUSED = "verification_refused"
    VERIFICATION_REVOKED = "verification_revoked"
    APPROVAL_WANTED = "approval_wanted"
    PRICE_REACHED = "price_reached"


TOPICS: Final[dict[Kind, Topic]] = {
    Kind.PASSWORD_CHANGED: "security",
    Kind.CREDENTIAL_CHANGED: "security",
    Kind.NEW_SIGN_IN: "security",
    Kind.EMAIL_CHANGE_ASKED: "security",
    Kind.EMAIL_CHANGED: "security",
    Kind.TRADED: "orders",
    Kind.RECEIVED: "transfers",
    Kind.EXPORT_READY: "security",
    Kind.ACCOUNT_FROZEN: "security",
    Kind.ACCOUNT_UNFROZEN: "operators",
    Kind.VERIFICATION_APPROVED: "security",
    Kind.VERIFICATION_REFUSED: "security",
    Kind.VERIFICATION_REVOKED: "security",
    Kind.APPROVAL_WANTED: "security",
    Kind.PRICE_REACHED: "alerts",
}


class NotificationView(msgspec.Struct, frozen=True):
    """Something that the person is told of.

    `count` is how many of its kind came since the last was read, and `at` when the latest did. `facts`
    depend on the kind: `market` and `side` of `traded`; of it and of `received` `asset` and `amount`, of
    all that are counted, and `account`, in which of the person's it was; `market`, `price` and
    `direction` of `price_reached`; `level` of a verification, with `reason` where it was refused or
    revoked; `change` of `credential_changed`; `address`, `client` and `platform` of what was done from
    somewhere; `organisation`, `name` and `act` of `approval_wanted`.
    """

    id: str
    topic: Topic
    kind: str
    at: str
    count: int
    read: bool
    facts: dict[str, str]


class Notifications(msgspec.Struct, frozen=True):
    """Notifications, the latest first. `unread` is how many there are in all, at most 100.

    `next_cursor` is null at the end of the list.
    """

    items: list[NotificationView]
    unread: int
    next_cursor: str | None


class NotificationsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which notifications."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=NOTIFICATIONS_MAX)] = 20
    cursor: str | None = None


class UnreadNotifications(msgspec.Struct, frozen=True):
    """How many notifications are not read yet, at most 100."""

    unread: int


class ReadNotifications(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that marks as read: the one with `id`, or all up to the one with `up_to`."""

    id: str | None = None
    up_to: str | None = None


class Notification(NamedTuple):
    """A row of `accounts.notifications`; times in microseconds since 1970."""

    id: UUID
    kind: str
    facts: dict[str, str]
    times: int
    updated_at_us: int
    read: bool
