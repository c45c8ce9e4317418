"""Every role against every right, and what a policy may ask for."""

from __future__ import annotations

from typing import Final
from uuid import UUID

import pytest

from cse.accounts.organisations.models import Member, Policy
from cse.accounts.organisations.policy import RULES, GuardedAct, require_workable
from cse.domain.errors import CodedError
from cse.domain.organisations import ALL_ROLES, MemberRight, MemberRole, rights_of, scopes_of
from cse.domain.scopes import KeyScope

VIEWER, TRADER, TREASURER, APPROVER, OWNER = MemberRole

# What each right is for; a new one has a row here.
MAY: Final = {
    MemberRight.SEE: {VIEWER, TRADER, TREASURER, APPROVER, OWNER},
    MemberRight.TRADE: {TRADER},
    MemberRight.TRANSFER: {TREASURER},
    MemberRight.SET_KEYS: {TRADER, OWNER},
    MemberRight.APPROVE: {APPROVER},
    MemberRight.SEE_LOG: {APPROVER, OWNER},
    MemberRight.SET_MEMBERS: {OWNER},
    MemberRight.SET_POLICY: {OWNER},
    MemberRight.OPEN_ACCOUNTS: {OWNER},
}
ASKED_BY: Final = {
    GuardedAct.INVITE: {OWNER},
    GuardedAct.SET_ROLES: {OWNER},
    GuardedAct.REMOVE: {OWNER},
    GuardedAct.SET_POLICY: {OWNER},
    GuardedAct.MAKE_KEY: {TRADER, OWNER},
    GuardedAct.TRANSFER: {TREASURER},
}


def member(number: int, *roles: MemberRole, acting: bool = True) -> Member:
    return Member(UUID(int=number), "A member", "a@example.com", True, frozenset(roles), acting, 0)


@pytest.mark.parametrize("role", MemberRole)
@pytest.mark.parametrize("right", MemberRight)
def test_what_a_role_may(role: MemberRole, right: MemberRight) -> None:
    assert (right in rights_of([role])) == (role in MAY[right])


@pytest.mark.parametrize("act", GuardedAct)
@pytest.mark.parametrize("role", MemberRole)
def test_who_asks_for_an_act(role: MemberRole, act: GuardedAct) -> None:
    assert member(1, role).may(RULES[act].right) == (role in ASKED_BY[act])


def test_who_has_several_roles_may_what_each_allows_and_who_has_none_nothing() -> None:
    assert rights_of([]) == frozenset()
    assert rights_of(ALL_ROLES) == frozenset(MemberRight)
    assert scopes_of([]) == frozenset()


@pytest.mark.parametrize("role", MemberRole)
def test_a_member_reads_and_only_a_trader_trades_and_nobody_takes_out(role: MemberRole) -> None:
    expected = {KeyScope.READ, KeyScope.TRADE} if role is TRADER else {KeyScope.READ}
    assert scopes_of([role]) == expected


@pytest.mark.parametrize(
    ("members", "policy", "refused"),
    [
        # One alone decides alone, and cannot ask for others.
        ([member(1, OWNER, APPROVER)], Policy(), None),
        ([member(1, OWNER, APPROVER)], Policy(members=1), "policy_out_of_reach"),
        ([member(1, OWNER, APPROVER)], Policy(policy=1), "policy_out_of_reach"),
        # Who asks never counts, but is somebody else's approver.
        ([member(1, OWNER), member(2, APPROVER)], Policy(members=1, policy=1), None),
        ([member(1, OWNER), member(2, APPROVER)], Policy(policy=2), "policy_out_of_reach"),
        ([member(1, OWNER, APPROVER), member(2, OWNER, APPROVER)], Policy(policy=1), None),
        ([member(1, OWNER, APPROVER), member(2, OWNER)], Policy(policy=1), None),
        # Nobody asks for a transfer yet: there may be approvers for one who will.
        ([member(1, OWNER), member(2, APPROVER)], Policy(transfers=1), None),
        ([member(1, OWNER), member(2, APPROVER)], Policy(transfers=2), "policy_out_of_reach"),
        ([member(1, OWNER), member(2, APPROVER, TREASURER)], Policy(transfers=1), "policy_out_of_reach"),
        ([member(1, OWNER, TREASURER), member(2, APPROVER, TREASURER)], Policy(transfers=1), None),
        # An organisation has an owner.
        ([member(1, TRADER)], Policy(), "last_owner"),
        ([], Policy(), "last_owner"),
    ],
)
def test_a_policy_can_be_met_by_who_is_there(
    members: list[Member], policy: Policy, refused: str | None
) -> None:
    try:
        require_workable(policy, members)
        said = None
    except CodedError as error:
        said = error.code.name
    assert said == refused
