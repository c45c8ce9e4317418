"""Organisations that a person acts for. What takes others' approvals answers with what was asked for."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

import msgspec

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.requests import target


class OrganisationCalls(Calls):
    """What a member may do; trading for one is trading with `for_account`."""

    async def organisations(self) -> list[models.OrganisationView]:
        """The person's organisations, with their accounts and what the person may do there."""
        return (await self._requests.ask("GET", "/api/organisations", models.OrganisationViews)).items

    async def organisation(self, organisation: str) -> models.OneOrganisation:
        """One of them: members, invitations, policy."""
        return await self._requests.ask("GET", target("organisations", organisation), models.OneOrganisation)

    async def make_organisation(self, name: str) -> models.OneOrganisation:
        """Makes one, once, in which the person has every role. Needs a step up."""
        body = models.NewOrganisation(name=name)
        return await self._requests.ask(
            "POST", "/api/organisations", models.OneOrganisation, body=body, repeatable=False
        )

    async def open_organisation_account(self, organisation: str, name: str) -> models.OneOrganisation:
        """Opens another account of it, once."""
        path, body = (
            target("organisations", organisation, "accounts"),
            models.NewOrganisationAccount(name=name),
        )
        return await self._requests.ask("POST", path, models.OneOrganisation, body=body, repeatable=False)

    async def rename_organisation(self, organisation: str, name: str) -> models.OneOrganisation:
        """Names it anew."""
        path, body = target("organisations", organisation), models.NamedOrganisation(name=name)
        return await self._requests.ask("PATCH", path, models.OneOrganisation, body=body)

    async def rename_organisation_account(
        self, organisation: str, account: str, name: str
    ) -> models.OneOrganisation:
        """Names one of its accounts anew."""
        path = target("organisations", organisation, "accounts", account)
        body = models.NamedOrganisationAccount(name=name)
        return await self._requests.ask("PATCH", path, models.OneOrganisation, body=body)

    async def archive_organisation_account(self, organisation: str, account: str) -> models.OneOrganisation:
        """Takes one of its accounts out of use that is empty."""
        path = target("organisations", organisation, "accounts", account, "archive")
        return await self._requests.ask("POST", path, models.OneOrganisation)

    async def restore_organisation_account(self, organisation: str, account: str) -> models.OneOrganisation:
        """Takes one of its archived accounts into use again."""
        path = target("organisations", organisation, "accounts", account, "restore")
        return await self._requests.ask("POST", path, models.OneOrganisation)

    async def invite(
        self, organisation: str, email: str, roles: Sequence[models.Roles]
    ) -> models.ApprovalRequestView:
        """Invites whoever reads an e-mail, or asks for that, once. Needs a step up."""
        body = models.NewInvitation(email=email, member_roles=list(roles))
        return await self._ask_for("POST", target("organisations", organisation, "invitations"), body)

    async def uninvite(self, organisation: str, invitation: str) -> None:
        """Withdraws an invitation."""
        path = target("organisations", organisation, "invitations", invitation)
        await self._requests.ask("DELETE", path, type(None))

    async def invitation(self, token: str) -> models.InvitationView:
        """What a mailed link invites to."""
        path, body = "/api/organisation-invitation", models.InvitationToken(token=token)
        return await self._requests.ask("POST", path, models.InvitationView, body=body)

    async def accept_invitation(self, token: str) -> models.OneOrganisation:
        """Joins by a mailed link, once."""
        path, body = "/api/organisation-invitation/accept", models.InvitationToken(token=token)
        return await self._requests.ask("POST", path, models.OneOrganisation, body=body, repeatable=False)

    async def set_member_roles(
        self, organisation: str, member: str, roles: Sequence[models.Roles]
    ) -> models.ApprovalRequestView:
        """Gives a member other roles, or asks for that, once. Needs a step up."""
        body = models.NewMemberRoles(member_roles=list(roles))
        return await self._ask_for("PATCH", target("organisations", organisation, "members", member), body)

    async def remove_member(self, organisation: str, member: str) -> models.ApprovalRequestView:
        """Removes a member, or asks for that, once. Needs a step up."""
        return await self._ask_for("DELETE", target("organisations", organisation, "members", member), None)

    async def leave_organisation(self, organisation: str) -> None:
        """Ends the person's own membership."""
        path = target("organisations", organisation, "leave")
        await self._requests.ask("POST", path, type(None), repeatable=False)

    async def set_policy(self, organisation: str, policy: models.NewPolicy) -> models.ApprovalRequestView:
        """Sets how many approvals what takes, or asks for that, once. Needs a step up."""
        return await self._ask_for("PATCH", target("organisations", organisation, "policy"), policy)

    async def organisation_keys(self, organisation: str) -> list[models.OrganisationKeyView]:
        """Its API keys that are not revoked, newest first."""
        path = target("organisations", organisation, "keys")
        return (await self._requests.ask("GET", path, models.OrganisationKeys)).items

    async def make_organisation_key(
        self, organisation: str, key: models.NewOrganisationKey
    ) -> models.ApprovalRequestView:
        """Makes an API key, or asks for that, once; what is private of it stays here. Needs a step up."""
        return await self._ask_for("POST", target("organisations", organisation, "keys"), key)

    async def revoke_organisation_key(self, organisation: str, key: str) -> None:
        """Revokes a key, everywhere within a second."""
        await self._requests.ask("DELETE", target("organisations", organisation, "keys", key), type(None))

    async def organisation_transfer(
        self,
        organisation: str,
        from_account: str,
        to_account: str,
        asset: str,
        amount: str,
        key: str | None = None,
    ) -> models.ApprovalRequestView:
        """Moves money between two of its accounts, or asks for that, once for a `key`."""
        body = models.OrganisationTransfer(
            from_account=from_account, to_account=to_account, asset=asset, amount=amount
        )
        path, headers = target("organisations", organisation, "transfers"), {}
        headers["idempotency-key"] = key or uuid.uuid4().hex
        answer = await self._requests.ask("POST", path, models.OneApprovalRequest, body=body, headers=headers)
        return answer.request

    async def approval_requests(self, organisation: str) -> list[models.ApprovalRequestView]:
        """What was asked for, what is open first."""
        path = target("organisations", organisation, "requests")
        return (await self._requests.ask("GET", path, models.ApprovalRequestViews)).items

    async def approve(
        self, organisation: str, request: models.ApprovalRequestView
    ) -> models.ApprovalRequestView:
        """Approves what was seen; the last approval it needs has it done. Needs a step up."""
        path = target("organisations", organisation, "requests", request.id, "approve")
        body = models.Approving(digest=request.digest)
        return (await self._requests.ask("POST", path, models.OneApprovalRequest, body=body)).request

    async def refuse(self, organisation: str, request: str, reason: str) -> models.ApprovalRequestView:
        """Refuses what another has asked for."""
        path = target("organisations", organisation, "requests", request, "refuse")
        body = models.Refusing(reason=reason)
        return (await self._requests.ask("POST", path, models.OneApprovalRequest, body=body)).request

    async def withdraw_request(self, organisation: str, request: str) -> None:
        """Takes back what the person has asked for."""
        path = target("organisations", organisation, "requests", request)
        await self._requests.ask("DELETE", path, type(None))

    async def organisation_log(
        self, organisation: str, limit: int = 20, cursor: str | None = None
    ) -> models.OrganisationEvents:
        """A page of what its members did, the latest first."""
        path = target("organisations", organisation, "log", limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.OrganisationEvents)

    async def _ask_for(
        self, method: str, path: str, body: msgspec.Struct | None
    ) -> models.ApprovalRequestView:
        """What has no key by which a repeat is known is sent once."""
        answer = await self._requests.ask(
            method, path, models.OneApprovalRequest, body=body, repeatable=False
        )
        return answer.request
