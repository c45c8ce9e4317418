"""Routes of people: finding them, their past, freezing, fee tiers."""

from __future__ import annotations

from http import HTTPStatus

from cse.audit.models import Actor
from cse.desk.people.looks import PeopleLooks
from cse.desk.people.models import (
    FeeTier,
    Freeze,
    PeopleQuery,
    PersonDetail,
    PersonViews,
    Timeline,
    TimelineQuery,
    Unfreeze,
)
from cse.desk.people.service import PeopleDesk
from cse.desk.requests.models import RequestView
from cse.domain import codes
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class PeopleApi:
    """Parse, call, answer."""

    def __init__(self, people: PeopleDesk, looks: PeopleLooks) -> None:
        self._people = people
        self._looks = looks

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator, see = Access.OPERATOR, Right.SEE_PEOPLE
        acts = (
            codes.ACCOUNT_UNKNOWN, codes.NOT_TO_ONESELF, codes.NOT_YET_VISIBLE, codes.OUTCOME_UNKNOWN,
        )  # fmt: skip
        return [
            Route("GET", "/api/admin/people", operator, "Finds people.", PersonViews, handler=self.search,
                  query=PeopleQuery, right=see),
            Route("GET", "/api/admin/people/{id}", operator, "A person and their account.", PersonDetail,
                  handler=self.one, right=see),
            Route("GET", "/api/admin/people/{id}/timeline", operator,
                  "What was done to an account and by it, orders as they closed, and transfers.", Timeline,
                  handler=self.timeline, query=TimelineQuery, codes=(codes.INVALID_CURSOR,), right=see),
            Route("POST", "/api/admin/people/{id}/freeze", operator,
                  "Freezes a person: sessions end, nobody signs in, nothing is placed or paid.", PersonDetail,
                  handler=self.freeze, request=Freeze, codes=acts, right=Right.FREEZE, step_up=True),
            Route("POST", "/api/admin/people/{id}/unfreeze", operator, "Asks for letting a person go.",
                  RequestView, handler=self.ask_unfreeze, request=Unfreeze, status=HTTPStatus.ACCEPTED,
                  codes=(codes.ACCOUNT_UNKNOWN, codes.NOT_TO_ONESELF), right=Right.UNFREEZE, step_up=True),
            Route("POST", "/api/admin/people/{id}/fee-tier", operator,
                  "Puts all of a person's accounts into a fee tier.", PersonDetail, handler=self.set_fee_tier,
                  request=FeeTier, codes=acts, right=Right.SET_FEE_TIER, step_up=True),
        ]  # fmt: skip

    async def search(self, call: Call[Nothing, PeopleQuery]) -> Reply:
        """GET /api/admin/people."""
        return answer(PersonViews(await self._looks.search(Actor.desk(call.person), call.query.sought)))

    async def one(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/people/{id}."""
        return answer(await self._looks.one(Actor.desk(call.person), call.path["id"]))

    async def timeline(self, call: Call[Nothing, TimelineQuery]) -> Reply:
        """GET /api/admin/people/{id}/timeline."""
        by, asked = Actor.desk(call.person), call.query
        return answer(await self._looks.timeline(by, call.path["id"], asked.cursor, asked.limit))

    async def freeze(self, call: Call[Freeze, Nothing]) -> Reply:
        """POST /api/admin/people/{id}/freeze."""
        return answer(await self._people.freeze(call.person, call.path["id"], call.body))

    async def ask_unfreeze(self, call: Call[Unfreeze, Nothing]) -> Reply:
        """POST /api/admin/people/{id}/unfreeze."""
        view = await self._people.ask_unfreeze(call.person, call.path["id"], call.body.reason)
        return answer(view, status=HTTPStatus.ACCEPTED)

    async def set_fee_tier(self, call: Call[FeeTier, Nothing]) -> Reply:
        """POST /api/admin/people/{id}/fee-tier."""
        return answer(await self._people.set_fee_tier(call.person, call.path["id"], call.body))
