"""Routes of organisations: what there is, members, accounts and invitations. Programs reach none of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.emails.spelling import normalised
from cse.accounts.events.models import SecurityEventsQuery
from cse.accounts.organisations.accounts import OrganisationAccounts
from cse.accounts.organisations.acts.members import asked_invitation, asked_removal, asked_roles
from cse.accounts.organisations.approvals.models import OneApprovalRequest
from cse.accounts.organisations.approvals.service import OrganisationApprovals
from cse.accounts.organisations.history import OrganisationEvents, OrganisationHistory
from cse.accounts.organisations.looking import member_of
from cse.accounts.organisations.models import (
    InvitationToken,
    InvitationView,
    NamedOrganisation,
    NamedOrganisationAccount,
    NewInvitation,
    NewMemberRoles,
    NewOrganisation,
    NewOrganisationAccount,
    OneOrganisation,
    OrganisationViews,
    read_roles,
)
from cse.accounts.organisations.service import Organisations
from cse.accounts.organisations.views import (
    approval_request_view,
    invitation_view,
    one_organisation,
)
from cse.domain import codes
from cse.domain.ids import parse_account
from cse.runtime.http.route import Access, Call, Caller, Example, Nothing, Reply, Route, answer

# What any route about one organisation may say, and what takes members with roles.
OF_ONE: Final = (codes.ORGANISATION_UNKNOWN,)
OF_ROLES: Final = (*OF_ONE, codes.MEMBER_ROLE_MISSING)
# And what is asked for, where others may have to approve it.
OF_ASKING: Final = (*OF_ROLES, codes.ORGANISATION_LIMIT, codes.POLICY_OUT_OF_REACH)
_OF_LINKS: Final = (codes.LINK_ENDED, codes.LINK_OF_ANOTHER, codes.EMAIL_NOT_VERIFIED)
# Each is a command of the core, which waits for PostgreSQL.
_WEIGHT: Final = 20
_MAKE: Final = (Example("organisation", "an organisation of one's own", {"name": "Northern Fund"}),)
_INVITE: Final = (
    Example("trader", "somebody who trades", {"email": "ada@example.com", "member_roles": ["trader"]}),
)


class OrganisationsApi:
    """Parse, call, answer."""

    def __init__(
        self,
        organisations: Organisations,
        accounts: OrganisationAccounts,
        approvals: OrganisationApprovals,
        history: OrganisationHistory,
    ) -> None:
        self._organisations = organisations
        self._accounts = accounts
        self._approvals = approvals
        self._history = history

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, one = Access.PERSON, "/api/organisations/{organisation}"
        asked = OneApprovalRequest
        of_account = (*OF_ROLES, codes.ACCOUNT_UNKNOWN, codes.ACCOUNT_IS_MAIN, codes.ACCOUNT_FROZEN)
        return [
            Route("GET", "/api/organisations", person, "The person's organisations, with their accounts.",
                  OrganisationViews, handler=self.all, weight=5),
            Route("POST", "/api/organisations", person, "Makes an organisation with an account.",
                  OneOrganisation, handler=self.make, request=NewOrganisation, status=HTTPStatus.CREATED,
                  codes=(codes.ORGANISATION_LIMIT, codes.OUTCOME_UNKNOWN), step_up=True, weight=_WEIGHT,
                  examples=_MAKE),
            Route("GET", one, person, "An organisation: members, invitations, policy.", OneOrganisation,
                  handler=self.one, codes=OF_ONE, weight=5),
            Route("POST", f"{one}/accounts", person, "Opens another account of the organisation.",
                  OneOrganisation, handler=self.open_account, request=NewOrganisationAccount,
                  status=HTTPStatus.CREATED, weight=_WEIGHT,
                  codes=(*OF_ROLES, codes.ORGANISATION_LIMIT, codes.ACCOUNT_NAME_TAKEN,
                         codes.ACCOUNT_FROZEN, codes.OUTCOME_UNKNOWN)),
            Route("PATCH", one, person, "Names an organisation anew.", OneOrganisation, handler=self.rename,
                  request=NamedOrganisation, codes=OF_ROLES),
            Route("PATCH", f"{one}/accounts/{{account}}", person, "Names an account of the organisation.",
                  OneOrganisation, handler=self.rename_account, request=NamedOrganisationAccount,
                  codes=(*of_account, codes.ACCOUNT_NAME_TAKEN)),
            Route("POST", f"{one}/accounts/{{account}}/archive", person,
                  "Takes an empty account of the organisation out of use.", OneOrganisation,
                  handler=self.archive_account, weight=_WEIGHT,
                  codes=(*of_account, codes.ACCOUNT_NOT_EMPTY, codes.OUTCOME_UNKNOWN)),
            Route("POST", f"{one}/accounts/{{account}}/restore", person,
                  "Takes an archived account of the organisation into use again.", OneOrganisation,
                  handler=self.restore_account, weight=_WEIGHT,
                  codes=(*of_account, codes.ORGANISATION_LIMIT, codes.ACCOUNT_NAME_TAKEN,
                         codes.OUTCOME_UNKNOWN)),
            Route("POST", f"{one}/invitations", person,
                  "Invites whoever reads an e-mail, or asks for that.", asked, handler=self.invite,
                  request=NewInvitation, status=HTTPStatus.ACCEPTED, step_up=True,
                  codes=(*OF_ASKING, codes.ALREADY_MEMBER, codes.TOO_MANY_ATTEMPTS), examples=_INVITE),
            Route("DELETE", f"{one}/invitations/{{invitation}}", person, "Withdraws an invitation at once.",
                  None, handler=self.uninvite, status=HTTPStatus.NO_CONTENT,
                  codes=(*OF_ROLES, codes.INVITATION_UNKNOWN)),
            Route("PATCH", f"{one}/members/{{member}}", person,
                  "Gives a member other roles, or asks for that.", asked, handler=self.set_roles,
                  request=NewMemberRoles, status=HTTPStatus.ACCEPTED, step_up=True,
                  codes=(*OF_ASKING, codes.MEMBER_UNKNOWN, codes.LAST_OWNER)),
            Route("DELETE", f"{one}/members/{{member}}", person, "Removes a member, or asks for that.",
                  asked, handler=self.remove, status=HTTPStatus.ACCEPTED, step_up=True,
                  codes=(*OF_ASKING, codes.MEMBER_UNKNOWN, codes.LAST_OWNER)),
            Route("POST", f"{one}/leave", person, "Ends one's own membership.", None, handler=self.leave,
                  status=HTTPStatus.NO_CONTENT,
                  codes=(*OF_ONE, codes.LAST_OWNER, codes.POLICY_OUT_OF_REACH)),
            Route("GET", f"{one}/log", person, "What was done in the organisation.", OrganisationEvents,
                  handler=self.log, query=SecurityEventsQuery, codes=(*OF_ROLES, codes.INVALID_CURSOR),
                  weight=5),
            Route("POST", "/api/organisation-invitation", person, "What a mailed link invites to.",
                  InvitationView, handler=self.invited, request=InvitationToken, codes=_OF_LINKS),
            Route("POST", "/api/organisation-invitation/accept", person,
                  "Makes the person a member by a mailed link.", OneOrganisation, handler=self.accept,
                  request=InvitationToken,
                  codes=(*_OF_LINKS, codes.ALREADY_MEMBER, codes.ORGANISATION_LIMIT)),
        ]  # fmt: skip

    async def all(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/organisations."""
        return answer(OrganisationViews(await self._organisations.views(call.person)))

    async def make(self, call: Call[NewOrganisation, Nothing]) -> Reply:
        """POST /api/organisations."""
        made = await self._organisations.make(call.person, call.body.name)
        return await self._one(call.person, made, HTTPStatus.CREATED)

    async def one(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/organisations/{organisation}."""
        return await self._one(call.person, call.path["organisation"])

    async def open_account(self, call: Call[NewOrganisationAccount, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/accounts."""
        there = call.path["organisation"]
        await self._accounts.open(call.person, there, call.body.name)
        return await self._one(call.person, there, HTTPStatus.CREATED)

    async def rename(self, call: Call[NamedOrganisation, Nothing]) -> Reply:
        """PATCH /api/organisations/{organisation}."""
        there = call.path["organisation"]
        await self._organisations.rename(call.person, there, call.body.name)
        return await self._one(call.person, there)

    async def rename_account(self, call: Call[NamedOrganisationAccount, Nothing]) -> Reply:
        """PATCH /api/organisations/{organisation}/accounts/{account}."""
        there, account = call.path["organisation"], parse_account(call.path["account"])
        await self._accounts.rename(call.person, there, account, call.body.name)
        return await self._one(call.person, there)

    async def archive_account(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/accounts/{account}/archive."""
        there, account = call.path["organisation"], parse_account(call.path["account"])
        await self._accounts.archive(call.person, there, account)
        return await self._one(call.person, there)

    async def restore_account(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/accounts/{account}/restore."""
        there, account = call.path["organisation"], parse_account(call.path["account"])
        await self._accounts.restore(call.person, there, account)
        return await self._one(call.person, there)

    async def invite(self, call: Call[NewInvitation, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/invitations."""
        asked = asked_invitation(normalised(call.body.email), read_roles(call.body.member_roles))
        found = await self._approvals.ask(call.person, call.path["organisation"], asked)
        return answer(OneApprovalRequest(approval_request_view(found)), status=HTTPStatus.ACCEPTED)

    async def uninvite(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/organisations/{organisation}/invitations/{invitation}."""
        await self._organisations.uninvite(call.person, call.path["organisation"], call.path["invitation"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def set_roles(self, call: Call[NewMemberRoles, Nothing]) -> Reply:
        """PATCH /api/organisations/{organisation}/members/{member}."""
        looked, _ = await self._organisations.one(call.person, call.path["organisation"])
        member = member_of(looked, call.path["member"])
        asked = asked_roles(member, read_roles(call.body.member_roles))
        found = await self._approvals.ask(call.person, call.path["organisation"], asked)
        return answer(OneApprovalRequest(approval_request_view(found)), status=HTTPStatus.ACCEPTED)

    async def remove(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/organisations/{organisation}/members/{member}."""
        looked, _ = await self._organisations.one(call.person, call.path["organisation"])
        asked = asked_removal(member_of(looked, call.path["member"]))
        found = await self._approvals.ask(call.person, call.path["organisation"], asked)
        return answer(OneApprovalRequest(approval_request_view(found)), status=HTTPStatus.ACCEPTED)

    async def leave(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/organisations/{organisation}/leave."""
        await self._organisations.leave(call.person, call.path["organisation"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def log(self, call: Call[Nothing, SecurityEventsQuery]) -> Reply:
        """GET /api/organisations/{organisation}/log."""
        return answer(await self._history.page(call.person, call.path["organisation"], call.query))

    async def invited(self, call: Call[InvitationToken, Nothing]) -> Reply:
        """POST /api/organisation-invitation."""
        return answer(invitation_view(*await self._organisations.invited(call.person, call.body.token)))

    async def accept(self, call: Call[InvitationToken, Nothing]) -> Reply:
        """POST /api/organisation-invitation/accept."""
        return await self._one(call.person, await self._organisations.accept(call.person, call.body.token))

    async def _one(self, caller: Caller, organisation: str, status: int = HTTPStatus.OK) -> Reply:
        looked, invitations = await self._organisations.one(caller, organisation)
        accounts = await self._accounts.of([looked.organisation.id])
        return answer(one_organisation(looked, invitations, accounts), status=status)
