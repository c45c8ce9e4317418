"""What members of an organisation may do: roles, and the rights that each gives."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from cse.domain.scopes import KeyScope


class MemberRole(StrEnum):
    """What a member is there for. A member may have several."""

    VIEWER = "viewer"
    TRADER = "trader"
    TREASURER = "treasurer"
    APPROVER = "approver"
    OWNER = "owner"


class MemberRight(StrEnum):
    """One thing that members do."""

    SEE = "see"
    TRADE = "trade"
    TRANSFER = "transfer"
    SET_KEYS = "set_keys"
    APPROVE = "approve"
    SEE_LOG = "see_log"
    SET_MEMBERS = "set_members"
    SET_POLICY = "set_policy"
    OPEN_ACCOUNTS = "open_accounts"


_OF_ALL: Final = frozenset({MemberRight.SEE})
_OF_ROLE: Final[dict[MemberRole, frozenset[MemberRight]]] = {
    MemberRole.VIEWER: _OF_ALL,
    MemberRole.TRADER: _OF_ALL | {MemberRight.TRADE, MemberRight.SET_KEYS},
    MemberRole.TREASURER: _OF_ALL | {MemberRight.TRANSFER},
    MemberRole.APPROVER: _OF_ALL | {MemberRight.APPROVE, MemberRight.SEE_LOG},
    # Who decides about members and policy neither trades nor moves money by that alone.
    MemberRole.OWNER: _OF_ALL
    | {MemberRight.SEE_LOG, MemberRight.SET_MEMBERS, MemberRight.SET_POLICY}
    | {MemberRight.OPEN_ACCOUNTS, MemberRight.SET_KEYS},
}
# Who has made an organisation is alone in it, and has to do all of it.
ALL_ROLES: Final = frozenset({MemberRole.OWNER, MemberRole.TRADER, MemberRole.TREASURER, MemberRole.APPROVER})


def rights_of(roles: Iterable[MemberRole]) -> frozenset[MemberRight]:
    """What a member with these roles may do."""
    return frozenset[MemberRight]().union(*(_OF_ROLE[role] for role in roles))


def scopes_of(roles: Iterable[MemberRole]) -> frozenset[KeyScope]:
    """What a member may do with the organisation's accounts, as an API key would be allowed to.

    Nothing that takes money out: that is asked for and approved, never done by one alone.
    """
    rights = rights_of(roles)
    scopes = {KeyScope.READ} if MemberRight.SEE in rights else set[KeyScope]()
    return frozenset(scopes | ({KeyScope.TRADE} if MemberRight.TRADE in rights else set()))
