"""Organisations that a person acts for. What takes others' approvals answers with what was asked for."""

from __future__ import annotations

import uuid

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

    async def organisation_log(
        self, organisation: str, limit: int = 20, cursor: str | None = None
    ) -> models.OrganisationEvents:
        """A page of what its members did, the latest first."""
        path = target("organisations", organisation, "log", limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.OrganisationEvents)
