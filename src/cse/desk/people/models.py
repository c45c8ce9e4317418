"""What the room shows of people, and takes about them."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.accounts.mail.catalogue.words import FreezeClass
from cse.domain.limits import FEE_TIER_MAX
from cse.trading.models import Balance, Order

TIMELINE_MAX: Final = 100


class PersonView(msgspec.Struct, frozen=True):
    """A person; `account` is null until the core has opened it.

    Who has closed their account (`closed_since`) is frozen for good, and nothing is done to them any more.
    """

    person: str
    email: str
    display_name: str
    account: str | None
    created_at: str
    email_verified_since: str | None
    frozen_since: str | None
    closed_since: str | None


class PersonViews(msgspec.Struct, frozen=True):
    """Persons that were found, at most 20."""

    items: list[PersonView]


class PeopleQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The beginning of an e-mail, an account's number or a person's id."""

    sought: str


class PersonDetail(msgspec.Struct, frozen=True):
    """A person and their account.

    `account_frozen` says how it stands in the core, which hears of a freeze a moment later. `methods` are
    those by which the person shows that it is them. `balances` and `open_orders` are those of all of the
    person's accounts together; orders are counted up to 1,000.
    """

    person: PersonView
    frozen_reason: str | None
    account_frozen: bool
    fee_tier: int
    methods: list[str]
    sessions: int
    api_keys: int
    open_orders: int
    balances: list[Balance]
    roles: list[str]


class TimelineEvent(msgspec.Struct, frozen=True):
    """An event of the audit log, with all of it. `actor_name` is a person's id or a login."""

    act: str
    actor: str
    actor_name: str
    refused: str | None
    client: str | None
    platform: str | None
    address: str | None
    target: str | None
    details: dict[str, str]


class TimelineTransfer(msgspec.Struct, frozen=True):
    """What a transfer moved: `amount` is negative where it left the account."""

    asset: str
    amount: str
    reason: str


class TimelineEntry(msgspec.Struct, frozen=True):
    """Something of a person's past: one of `event`, `order` and `transfer` is there.

    `reference` is the id of the event, of the order or of the transfer. Orders stand at their closing.
    """

    at: str
    reference: str
    event: TimelineEvent | None = None
    order: Order | None = None
    transfer: TimelineTransfer | None = None


class Timeline(msgspec.Struct, frozen=True):
    """A person's past, the latest first. `next_cursor` is null at its end."""

    items: list[TimelineEntry]
    next_cursor: str | None


class TimelineQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much of it."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=TIMELINE_MAX)] = 50
    cursor: str | None = None


OrdersOfFrozen: TypeAlias = Literal["cancel", "keep"]


class Freeze(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that freezes a person. Open orders are cancelled, or kept, in which case they may trade.

    `reason` is for operators. Of it the person is told no more than its class, by mail: `told`.
    """

    reason: str
    told: FreezeClass = "review"
    open_orders: OrdersOfFrozen = "cancel"


class Unfreeze(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that lets a person go."""

    reason: str


class FeeTier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that puts a person's account into a fee tier; 0 is none."""

    tier: Annotated[int, msgspec.Meta(ge=0, le=FEE_TIER_MAX)]


class Place(NamedTuple):
    """How far somebody has read each of the lists that a timeline is made of; None is not at all."""

    event: UUID | None = None
    order: tuple[int, int] | None = None
    transfer: tuple[int, int] | None = None
