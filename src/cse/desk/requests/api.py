"""Routes of what takes two operators."""

from __future__ import annotations

from http import HTTPStatus

from cse.audit.models import Actor
from cse.desk.grants import Grants
from cse.desk.requests.models import NewOperator, Refusal, RequestView, RequestViews
from cse.desk.requests.service import Requests
from cse.domain import codes
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class RequestApi:
    """Parse, call, answer."""

    def __init__(self, requests: Requests, grants: Grants) -> None:
        self._requests = requests
        self._grants = grants

    def routes(self) -> list[Route]:
        """The room's rows of the table. What may be decided depends on the request's act."""
        operator = Access.OPERATOR
        decides = (codes.REQUEST_CLOSED, codes.OWN_REQUEST, codes.NOT_TO_ONESELF)
        return [
            Route("GET", "/api/admin/requests", operator, "What takes two operators, and how it stands.",
                  RequestViews, handler=self.all),
            Route("POST", "/api/admin/requests/{id}/approve", operator,
                  "Has what another operator asked for carried out.", RequestView, handler=self.approve,
                  codes=(*decides, codes.ASKER_ROLE_MISSING, codes.VERSION_OUTDATED, codes.OUTCOME_UNKNOWN),
                  step_up=True),
            Route("POST", "/api/admin/requests/{id}/refuse", operator,
                  "Refuses what another operator asked for.", RequestView, handler=self.refuse,
                  request=Refusal, codes=decides, step_up=True),
            Route("DELETE", "/api/admin/requests/{id}", operator, "Takes back what one has asked for.", None,
                  handler=self.withdraw, status=HTTPStatus.NO_CONTENT, codes=(codes.REQUEST_CLOSED,),
                  step_up=True),
            Route("POST", "/api/admin/operators", operator, "Asks for a role of a person.", RequestView,
                  handler=self.ask_role, request=NewOperator, status=HTTPStatus.ACCEPTED,
                  codes=(codes.NOT_TO_ONESELF,), right=Right.SET_OPERATORS, step_up=True),
            Route("DELETE", "/api/admin/operators/{id}/roles/{role}", operator,
                  "Takes a role away at once.", None, handler=self.take_role, status=HTTPStatus.NO_CONTENT,
                  codes=(codes.NOT_TO_ONESELF,), right=Right.SET_OPERATORS, step_up=True),
        ]  # fmt: skip

    async def all(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/requests."""
        return answer(RequestViews(await self._requests.all(call.person.person)))

    async def approve(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/admin/requests/{id}/approve."""
        by = Actor.desk(call.person)
        return answer(await self._requests.approve(call.path["id"], by, call.person.person))

    async def refuse(self, call: Call[Refusal, Nothing]) -> Reply:
        """POST /api/admin/requests/{id}/refuse."""
        by = Actor.desk(call.person)
        return answer(await self._requests.refuse(call.path["id"], call.body.reason, by, call.person.person))

    async def withdraw(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/admin/requests/{id}."""
        await self._requests.withdraw(call.path["id"], call.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def ask_role(self, call: Call[NewOperator, Nothing]) -> Reply:
        """POST /api/admin/operators."""
        return answer(await self._grants.ask(call.person, call.body), status=HTTPStatus.ACCEPTED)

    async def take_role(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/admin/operators/{id}/roles/{role}."""
        await self._grants.take(call.person, call.path["id"], call.path["role"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
