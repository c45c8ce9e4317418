"""Members: invited, given other roles, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cse.accounts import attempts
from cse.accounts.api_keys import store as key_store
from cse.accounts.mail import store as mail_store
from cse.accounts.mail.models import MailKind
from cse.accounts.organisations import invitation_store, store
from cse.accounts.organisations.approvals.models import Asked
from cse.accounts.organisations.approvals.service import Plan, Prepare
from cse.accounts.organisations.looking import member_of
from cse.accounts.organisations.models import MEMBERS_MAX, Looked, Member, role_names
from cse.accounts.organisations.policy import GuardedAct, require_workable
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.organisations import MemberRight, MemberRole, rights_of
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected

# Whoever reads them need not have asked for them.
_INVITATIONS_PER_ORGANISATION: Final = attempts.Limit("invitation organisation", 50, 86_400)
_INVITATIONS_PER_EMAIL: Final = attempts.Limit("invitation e-mail", 10, 86_400)


def acts() -> Mapping[GuardedAct, Prepare]:
    """What prepares each act."""
    return {GuardedAct.INVITE: _invite, GuardedAct.SET_ROLES: _set_roles, GuardedAct.REMOVE: _remove}


def asked_invitation(email: str, roles: frozenset[MemberRole]) -> Asked:
    """An invitation as it is asked for."""
    return Asked(GuardedAct.INVITE, {"email": email, "roles": " ".join(role_names(roles))})


def asked_roles(member: Member, roles: frozenset[MemberRole]) -> Asked:
    """Other roles of a member, as they are asked for."""
    return Asked(GuardedAct.SET_ROLES, {**_facts(member), "roles": " ".join(role_names(roles))})


def asked_removal(member: Member) -> Asked:
    """A removal as it is asked for."""
    return Asked(GuardedAct.REMOVE, _facts(member))


async def end(connection: Connected, looked: Looked, member: Member, act: Act, by: Actor) -> None:
    """Ends a membership with all that acts by it. Raises `CodedError` last_owner, policy_out_of_reach."""
    there = looked.organisation
    _require_without(looked, member)
    await store.remove_member(connection, there.id, member.person)
    await invitation_store.take_of(connection, there.id, member.person)
    details = Details(member=str(member.person), before=" ".join(role_names(member.roles)))
    await log.record(connection, act, by, target=str(there.id), details=details)
    for key in await key_store.revoke_of_member(connection, there.id, member.person):
        because = Details(member=str(member.person), request=str(key), reason="its member is gone")
        await log.record(connection, Act.ORGANISATION_KEY_REVOKED, by, target=str(there.id), details=because)


async def _invite(connection: Connected, looked: Looked, asker: Member, asked: Asked, by: Actor) -> Plan:
    email, roles = asked.facts["email"], _roles(asked)
    there = looked.organisation
    # Of who only claims an e-mail it is not said that they are a member by it.
    if any(member.email == email and member.is_verified for member in looked.members.values()):
        raise CodedError(codes.ALREADY_MEMBER)
    open_ = [one for one in await invitation_store.open_of(connection, there.id) if one.email != email]
    if len(looked.members) + len(open_) >= MEMBERS_MAX:
        raise CodedError(codes.ORGANISATION_LIMIT, limit=MEMBERS_MAX, what="members")

    async def carry_out(connection: Connected) -> None:
        left_s = await attempts.tally(connection, _INVITATIONS_PER_ORGANISATION, str(there.id), asker.person)
        if left_s is not None:
            raise attempts.too_many(left_s)
        invitation = new_uuid()
        await invitation_store.add(connection, invitation, there.id, email, roles, asker.person)
        # The rest of what an address is sent is not, and nobody is told: it may be a stranger's.
        if await attempts.admits(connection, _INVITATIONS_PER_EMAIL, email):
            facts = {"invitation": str(invitation), "at": format_time(wall_us())}
            worth_s = invitation_store.GOOD_FOR_S
            await mail_store.add(connection, MailKind.INVITATION, email, facts, worth_s=worth_s)
        details = Details(request=str(invitation), roles=" ".join(role_names(roles)))
        await log.record(connection, Act.MEMBER_INVITED, by, target=str(there.id), details=details)

    return Plan(there.policy.members, carry_out)


async def _set_roles(connection: Connected, looked: Looked, _: Member, asked: Asked, by: Actor) -> Plan:
    member, roles, there = _member(looked, asked), _roles(asked), looked.organisation
    after = {**looked.members, member.person: member._replace(roles=roles)}
    require_workable(there.policy, after.values())

    async def carry_out(connection: Connected) -> None:
        await store.set_roles(connection, there.id, member.person, roles)
        await key_store.tell_keys_of_member(connection, there.id, member.person)
        if MemberRight.SET_MEMBERS not in rights_of(roles):
            await invitation_store.take_of(connection, there.id, member.person)
        details = Details(
            member=str(member.person),
            before=" ".join(role_names(member.roles)),
            roles=" ".join(role_names(roles)),
        )
        await log.record(connection, Act.MEMBER_ROLES_SET, by, target=str(there.id), details=details)

    return Plan(there.policy.members, carry_out)


async def _remove(connection: Connected, looked: Looked, _: Member, asked: Asked, by: Actor) -> Plan:
    member = _member(looked, asked)
    _require_without(looked, member)

    async def carry_out(connection: Connected) -> None:
        await end(connection, looked, member, Act.MEMBER_REMOVED, by)

    return Plan(looked.organisation.policy.members, carry_out)


def _member(looked: Looked, asked: Asked) -> Member:
    """Whom it is about, as they were when it was asked for.

    Raises:
        CodedError: `member_unknown`; `version_outdated` where they have other roles since.
    """
    member = member_of(looked, asked.facts["person"])
    if " ".join(role_names(member.roles)) != asked.facts["before"]:
        raise CodedError(codes.VERSION_OUTDATED)
    return member


def _require_without(looked: Looked, member: Member) -> None:
    rest = [one for one in looked.members.values() if one.person != member.person]
    require_workable(looked.organisation.policy, rest)


def _facts(member: Member) -> dict[str, str]:
    return {
        "person": str(member.person),
        "name": member.name,
        "email": member.email,
        "before": " ".join(role_names(member.roles)),
    }


def _roles(asked: Asked) -> frozenset[MemberRole]:
    return store.read(asked.facts["roles"].split())
