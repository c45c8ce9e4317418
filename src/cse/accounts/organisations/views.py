"""Organisations as the API shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from cse.accounts.organisations.approvals.models import ApprovalRequestView, ApprovalView
from cse.accounts.organisations.approvals.service import Found, counted
from cse.accounts.organisations.models import (
    Invitation,
    InvitationView,
    Looked,
    Member,
    MemberView,
    OneOrganisation,
    OpenInvitationView,
    Organisation,
    OrganisationAccount,
    OrganisationAccountView,
    OrganisationView,
    PolicyView,
    role_names,
)
from cse.domain.organisations import MemberRight, MemberRole, rights_of
from cse.runtime.http.times import format_time


def organisation_view(
    there: Organisation, roles: frozenset[MemberRole], accounts: Iterable[OrganisationAccount]
) -> OrganisationView:
    """An organisation to a member with these roles, with those of the accounts that are its and open."""
    rights = rights_of(roles)
    return OrganisationView(
        id=str(there.id),
        name=there.name,
        roles=role_names(roles),
        rights=[right.value for right in MemberRight if right in rights],
        frozen=there.frozen,
        accounts=[
            OrganisationAccountView(
                id=str(one.account),
                kind="main" if one.name is None else "sub",
                name=one.name,
                archived_at=None if one.archived_at_us is None else format_time(one.archived_at_us),
            )
            for one in accounts
            if one.organisation == there.id and one.account is not None
        ],
        created_at=format_time(there.created_at_us),
    )


def one_organisation(
    looked: Looked, invitations: Iterable[Invitation], accounts: Iterable[OrganisationAccount]
) -> OneOrganisation:
    """An organisation with all that its members see; invitations are for who makes them."""
    there, own = looked.organisation, looked.own
    policy = there.policy
    return OneOrganisation(
        organisation=organisation_view(there, own.roles, accounts),
        members=[_member_view(one, own) for one in looked.members.values()],
        invitations=[
            OpenInvitationView(
                str(one.id), one.email, role_names(one.roles), format_time(one.expires_at_us)
            )
            for one in invitations
            if own.may(MemberRight.SET_MEMBERS)
        ],
        policy=PolicyView(
            there.policy_version, policy.members, policy.policy, policy.keys, policy.transfers,
            dict(policy.limits),
        ),
    )  # fmt: skip


def invitation_view(invitation: Invitation, there: Organisation) -> InvitationView:
    """An invitation to who has followed its link."""
    until = format_time(invitation.expires_at_us)
    return InvitationView(str(there.id), there.name, role_names(invitation.roles), until)


def approval_request_view(found: Found) -> ApprovalRequestView:
    """What was asked for, to a member."""
    request, own, members = found.request, found.looked.own, found.looked.members
    counting = {one.person for one in counted(found.approvals, members)}
    approved = any(one.person == own.person for one in found.approvals)
    is_open, is_own = request.state == "open", request.asked_by == own.person
    may = own.may(MemberRight.APPROVE)
    decided_at_us = request.decided_at_us
    return ApprovalRequestView(
        id=str(request.id),
        act=request.asked.act.value,
        facts=dict(request.asked.facts),
        digest=request.digest.hex(),
        state=request.state,
        needed=request.needed,
        approvals=[
            ApprovalView(_name(one.person, members), format_time(one.approved_at_us), one.person in counting)
            for one in found.approvals
        ],
        asked_by=_name(request.asked_by, members),
        asked_at=format_time(request.asked_at_us),
        expires_at=format_time(request.expires_at_us),
        own=is_own,
        decidable=is_open and may and not is_own,
        approved=approved,
        decided_by=None if request.decided_by is None else _name(request.decided_by, members),
        decided_at=None if decided_at_us is None else format_time(decided_at_us),
        decision_reason=request.decision_reason,
        failure=request.failure,
    )


def _member_view(member: Member, own: Member) -> MemberView:
    return MemberView(
        person=str(member.person),
        name=member.name,
        email=member.email,
        roles=role_names(member.roles),
        acting=member.acting,
        own=member.person == own.person,
        joined_at=format_time(member.joined_at_us),
    )


def _name(person: UUID, members: Mapping[UUID, Member]) -> str:
    """A member's name; of who has left the person's id."""
    member = members.get(person)
    return str(person) if member is None else member.name
