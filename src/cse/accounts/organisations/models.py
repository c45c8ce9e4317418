"""What is taken, given and kept of organisations and their members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.domain.organisations import MemberRight, MemberRole, rights_of
from cse.runtime.http.confidential import Confidential

MADE_MAX: Final = 5
MEMBERS_MAX: Final = 50
ACCOUNTS_MAX: Final = 20
# The core keeps every account for ever, so that opening and archiving must have an end too.
ACCOUNTS_MADE_MAX: Final = 100
APPROVALS_MAX: Final = 10
# As the API writes them: the values of `MemberRole`.
RoleName: TypeAlias = Literal["viewer", "trader", "treasurer", "approver", "owner"]
RoleNames: TypeAlias = Annotated[list[RoleName], msgspec.Meta(min_length=1, max_length=5)]
Approvals: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=APPROVALS_MAX)]


class NamedOrganisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that names an organisation anew: 1 to 40 characters."""

    name: str


class NewOrganisation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that makes an organisation: a name of 1 to 40 characters."""

    name: str


class NewOrganisationAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that opens another account: a name of 1 to 40 characters, which no other of it has."""

    name: str


class NamedOrganisationAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that names an account of an organisation anew."""

    name: str


class NewInvitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for an invitation."""

    email: str
    member_roles: RoleNames


class InvitationToken(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body with what a mailed link carries."""

    token: str


class NewMemberRoles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for other roles of a member."""

    member_roles: RoleNames


class OrganisationAccountView(msgspec.Struct, frozen=True):
    """An account of an organisation; the main one has no name."""

    id: str
    kind: Literal["main", "sub"]
    name: str | None
    archived_at: str | None


class OrganisationView(msgspec.Struct, frozen=True):
    """An organisation that the caller is a member of, with their own roles and what these allow.

    While it is `frozen` nothing of it is placed, moved or opened.
    """

    id: str
    name: str
    roles: list[RoleName]
    rights: list[str]
    frozen: bool
    accounts: list[OrganisationAccountView]
    created_at: str


class OrganisationViews(msgspec.Struct, frozen=True):
    """The caller's organisations by name."""

    items: list[OrganisationView]


class MemberView(msgspec.Struct, frozen=True):
    """A member. `acting` is false of one who is frozen, `own` true of who asks."""

    person: str
    name: str
    email: str
    roles: list[RoleName]
    acting: bool
    own: bool
    joined_at: str


class OpenInvitationView(msgspec.Struct, frozen=True):
    """An invitation that was sent and not accepted yet."""

    id: str
    email: str
    roles: list[RoleName]
    expires_at: str


class PolicyView(msgspec.Struct, frozen=True):
    """How many approvals each thing needs beside who asks.

    `limits` are per asset what may be moved within 24 hours without approvals; an asset that is not there
    needs them for any amount, where `transfers` is not 0.
    """

    version: int
    members: int
    policy: int
    keys: int
    transfers: int
    limits: dict[str, str]


class OneOrganisation(msgspec.Struct, frozen=True):
    """An organisation, with its members and its policy."""

    organisation: OrganisationView
    members: list[MemberView]
    invitations: list[OpenInvitationView]
    policy: PolicyView


class InvitationView(msgspec.Struct, frozen=True):
    """What somebody is invited to."""

    organisation: str
    name: str
    roles: list[RoleName]
    expires_at: str


class Policy(NamedTuple):
    """How many approvals each thing needs, and per asset's symbol what needs none, as a decimal."""

    members: int = 0
    policy: int = 0
    keys: int = 0
    transfers: int = 0
    limits: Mapping[str, str] = {}


class Organisation(NamedTuple):
    """A row of `accounts.organisations`; times in microseconds since 1970."""

    id: UUID
    name: str
    created_at_us: int
    policy_version: int
    policy: Policy
    frozen: bool


class Member(NamedTuple):
    """A member. One who is frozen or whose account is closed is not `acting`."""

    person: UUID
    name: str
    email: str
    is_verified: bool
    roles: frozenset[MemberRole]
    acting: bool
    joined_at_us: int

    def may(self, right: MemberRight) -> bool:
        """Whether one of the roles gives the right."""
        return right in rights_of(self.roles)


class OrganisationAccount(NamedTuple):
    """A row of `accounts.organisation_accounts`; `account` is None until the core has opened it."""

    outbox_number: int
    organisation: UUID
    account: int | None
    name: str | None
    created_at_us: int
    archived_at_us: int | None


class Invitation(NamedTuple):
    """A row of `accounts.organisation_invitations` that is open."""

    id: UUID
    organisation: UUID
    email: str
    roles: frozenset[MemberRole]
    expires_at_us: int


class Looked(NamedTuple):
    """An organisation as one of its members finds it."""

    organisation: Organisation
    members: dict[UUID, Member]
    own: Member


def role_names(roles: frozenset[MemberRole]) -> list[RoleName]:
    """Roles as they are shown, in one order."""
    return [role.value for role in MemberRole if role in roles]


def read_roles(names: list[RoleName]) -> frozenset[MemberRole]:
    """Roles as they were sent."""
    return frozenset(MemberRole(name) for name in names)
