"""What needs how many approvals, and whether that can be reached at all. Nothing here asks anybody."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final, NamedTuple

from cse.accounts.organisations.models import Member, Policy
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.organisations import MemberRight, MemberRole


class Guard(StrEnum):
    """What the policy has a number of approvals for; the names of its fields."""

    MEMBERS = "members"
    POLICY = "policy"
    KEYS = "keys"
    TRANSFERS = "transfers"


class GuardedAct(StrEnum):
    """What may take several members."""

    INVITE = "invite"
    SET_ROLES = "set_roles"
    REMOVE = "remove"
    SET_POLICY = "set_policy"
    MAKE_KEY = "make_key"
    TRANSFER = "transfer"


class Rule(NamedTuple):
    """Who may ask for an act, and which number of the policy is its."""

    right: MemberRight
    guard: Guard


RULES: Final[dict[GuardedAct, Rule]] = {
    GuardedAct.INVITE: Rule(MemberRight.SET_MEMBERS, Guard.MEMBERS),
    GuardedAct.SET_ROLES: Rule(MemberRight.SET_MEMBERS, Guard.MEMBERS),
    GuardedAct.REMOVE: Rule(MemberRight.SET_MEMBERS, Guard.MEMBERS),
    GuardedAct.SET_POLICY: Rule(MemberRight.SET_POLICY, Guard.POLICY),
    GuardedAct.MAKE_KEY: Rule(MemberRight.SET_KEYS, Guard.KEYS),
    GuardedAct.TRANSFER: Rule(MemberRight.TRANSFER, Guard.TRANSFERS),
}
_ASKS: Final = {rule.guard: rule.right for rule in RULES.values()}


def needed(policy: Policy, guard: Guard) -> int:
    """How many approvals a guard needs."""
    return {
        Guard.MEMBERS: policy.members,
        Guard.POLICY: policy.policy,
        Guard.KEYS: policy.keys,
        Guard.TRANSFERS: policy.transfers,
    }[guard]


def require_workable(policy: Policy, members: Iterable[Member]) -> None:
    """Refuses what would leave an organisation that nobody can change any more.

    There is an owner, and for each number somebody who may ask has as many approvers beside them.

    Raises:
        CodedError: `last_owner`, `policy_out_of_reach`.
    """
    there = list(members)
    if not any(MemberRole.OWNER in one.roles for one in there):
        raise CodedError(codes.LAST_OWNER)
    approvers = {one.person for one in there if one.may(MemberRight.APPROVE)}
    for guard, right in _ASKS.items():
        # Where nobody may ask, an owner can have somebody be able to, as long as members can be changed.
        others = [len(approvers - {one.person}) for one in there if one.may(right)]
        if needed(policy, guard) > max(others, default=len(approvers)):
            raise CodedError(codes.POLICY_OUT_OF_REACH, guard=guard, needed=needed(policy, guard))
