"""Routes of what takes several members: policy, transfers, keys, and decisions about what was asked for."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from cse.accounts.organisations.acts.keys import asked_key
from cse.accounts.organisations.acts.policy_changes import Assets, asked_policy
from cse.accounts.organisations.acts.transfers import Transfers
from cse.accounts.organisations.api import OF_ASKING, OF_ONE, OF_ROLES
from cse.accounts.organisations.approvals.models import (
    ApprovalRequestViews,
    Approving,
    Asked,
    NewPolicy,
    OneApprovalRequest,
    OrganisationTransfer,
    Refusing,
)
from cse.accounts.organisations.approvals.service import Found, OrganisationApprovals
from cse.accounts.organisations.key_models import NewOrganisationKey, OrganisationKeys
from cse.accounts.organisations.keys import OrganisationKeyList
from cse.accounts.organisations.views import approval_request_view
from cse.domain import codes
from cse.runtime.http.query import idempotency_key
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class OrganisationApprovalsApi:
    """Parse, call, answer."""

    def __init__(self, approvals: OrganisationApprovals, keys: OrganisationKeyList, assets: Assets) -> None:
        self._approvals = approvals
        self._keys = keys
        self._assets = assets

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, one = Access.PERSON, "/api/organisations/{organisation}"
        asked, accepted, gone = OneApprovalRequest, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT
        decides = (*OF_ROLES, codes.APPROVAL_UNKNOWN, codes.REQUEST_CLOSED, codes.OWN_REQUEST)
        moves = (
            codes.ACCOUNT_UNKNOWN, codes.ASSET_UNKNOWN, codes.INVALID_DECIMAL, codes.TOO_MANY_DECIMALS,
            codes.INSUFFICIENT_FUNDS, codes.ACCOUNT_FROZEN, codes.OUTCOME_UNKNOWN,
        )  # fmt: skip
        keys = (codes.ACCOUNT_UNKNOWN, codes.API_KEY_LIMIT)
        return [
            Route("PATCH", f"{one}/policy", person, "Sets how many approvals what takes, or asks for that.",
                  asked, handler=self.set_policy, request=NewPolicy, status=accepted, step_up=True,
                  codes=(*OF_ASKING, codes.ASSET_UNKNOWN, codes.VERSION_OUTDATED)),
            Route("POST", f"{one}/transfers", person,
                  "Moves money between two accounts of the organisation, or asks for that.", asked,
                  handler=self.transfer, request=OrganisationTransfer, status=accepted,
                  idempotency_key=True, codes=(*OF_ASKING, *moves, codes.IDEMPOTENCY_KEY_CONFLICT),
                  weight=20),
            Route("GET", f"{one}/keys", person, "The organisation's API keys.", OrganisationKeys,
                  handler=self.keys, codes=OF_ONE),
            Route("POST", f"{one}/keys", person, "Makes an API key of the organisation, or asks for that.",
                  asked, handler=self.make_key, request=NewOrganisationKey, status=accepted, step_up=True,
                  codes=(*OF_ASKING, *keys)),
            Route("DELETE", f"{one}/keys/{{key}}", person, "Revokes an API key of the organisation at once.",
                  None, handler=self.revoke_key, status=gone, codes=(*OF_ROLES, codes.API_KEY_UNKNOWN)),
            Route("GET", f"{one}/requests", person, "What was asked for, and how it stands.",
                  ApprovalRequestViews, handler=self.all, codes=OF_ONE, weight=5),
            Route("POST", f"{one}/requests/{{request}}/approve", person,
                  "Approves what another has asked for; the last approval it needs has it done.", asked,
                  handler=self.approve, request=Approving, step_up=True,
                  codes=(*decides, *moves, *keys, codes.VERSION_OUTDATED, codes.ASKER_ROLE_MISSING,
                         codes.LAST_OWNER, codes.POLICY_OUT_OF_REACH, codes.ALREADY_MEMBER,
                         codes.MEMBER_UNKNOWN, codes.ORGANISATION_LIMIT)),
            Route("POST", f"{one}/requests/{{request}}/refuse", person, "Refuses what another has asked for.",
                  asked, handler=self.refuse, request=Refusing, codes=(*decides, codes.VERSION_OUTDATED)),
            Route("DELETE", f"{one}/requests/{{request}}", person, "Takes back what one has asked for.", None,
                  handler=self.withdraw, status=gone,
                  codes=(*OF_ONE, codes.APPROVAL_UNKNOWN, codes.REQUEST_CLOSED)),
        ]  # fmt: skip

    async def set_policy(self, call: Call[NewPolicy, Nothing]) -> Reply:
        """PATCH /api/organisations/{organisation}/policy."""
        return await self._ask(call, await asked_policy(call.body, self._assets))

    async def transfer(self, call: Call[OrganisationTransfer, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/transfers."""
        key = idempotency_key(call.headers)
        return await self._ask(call, await Transfers(self._assets).asked(call.body), key)

    async def keys(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/organisations/{organisation}/keys."""
        return answer(OrganisationKeys(await self._keys.all(call.person, call.path["organisation"])))

    async def make_key(self, call: Call[NewOrganisationKey, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/keys."""
        return await self._ask(call, asked_key(call.body, call.person.person))

    async def revoke_key(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/organisations/{organisation}/keys/{key}."""
        await self._keys.revoke(call.person, call.path["organisation"], call.path["key"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def all(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/organisations/{organisation}/requests."""
        found = await self._approvals.all(call.person, call.path["organisation"])
        return answer(ApprovalRequestViews([approval_request_view(one) for one in found]))

    async def approve(self, call: Call[Approving, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/requests/{request}/approve."""
        there, request = call.path["organisation"], call.path["request"]
        return _one(await self._approvals.approve(call.person, there, request, call.body.digest))

    async def refuse(self, call: Call[Refusing, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/requests/{request}/refuse."""
        there, request = call.path["organisation"], call.path["request"]
        return _one(await self._approvals.refuse(call.person, there, request, call.body.reason))

    async def withdraw(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/organisations/{organisation}/requests/{request}."""
        await self._approvals.withdraw(call.person, call.path["organisation"], call.path["request"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def _ask(
        self,
        call: Call[Any, Nothing],
        asked: Asked,
        key: str | None = None,
    ) -> Reply:
        found = await self._approvals.ask(call.person, call.path["organisation"], asked, key)
        return _one(found, HTTPStatus.ACCEPTED)


def _one(found: Found, status: int = HTTPStatus.OK) -> Reply:
    return answer(OneApprovalRequest(approval_request_view(found)), status=status)
