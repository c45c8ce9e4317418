"""Routes of operators' roles and of incidents."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.people.service import People
from cse.audit.models import Actor
from cse.desk import incident_feed
from cse.desk.incidents import Banner, Incidents
from cse.desk.models import (
    CurrentIncident,
    Incident,
    IncidentTexts,
    IncidentView,
    IncidentViews,
    NewIncident,
    OperatorView,
    OperatorViews,
    OwnRoles,
)
from cse.desk.overview import Overview, Services
from cse.desk.service import Operators
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Right, rights_of
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer
from cse.runtime.http.times import format_time


class DeskApi:
    """Parse, call, answer."""

    def __init__(
        self,
        operators: Operators,
        people: People,
        incidents: Incidents,
        banner: Banner,
        services: Services,
        origin: str,
    ) -> None:
        self._operators = operators
        self._people = people
        self._incidents = incidents
        self._banner = banner
        self._services = services
        self._origin = origin

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator = Access.OPERATOR
        return [
            Route("GET", "/api/incident", Access.EVERYONE, "What everybody is to know just now.",
                  CurrentIncident, handler=self.current_incident),
            Route("GET", "/api/incidents", Access.EVERYONE, "The last incidents that everybody was told of.",
                  IncidentViews, handler=self.told_incidents),
            Route("GET", incident_feed.PATH, Access.EVERYONE, "The same as a feed to subscribe to.", None,
                  handler=self.feed, content_type=incident_feed.TYPE),
            Route("GET", "/api/admin/self", operator, "The roles and rights of the operator who asks.",
                  OwnRoles, handler=self.own_roles),
            Route("GET", "/api/admin/operators", operator, "Everybody with a role.", OperatorViews,
                  handler=self.all_operators, right=Right.SEE_OPERATORS),
            Route("GET", "/api/admin/overview", operator, "How every service is.", Overview,
                  handler=self.overview, right=Right.SEE_SERVICES),
            Route("GET", "/api/admin/incidents", operator, "The last incidents.", IncidentViews,
                  handler=self.last_incidents, right=Right.SEE_SERVICES),
            Route("POST", "/api/admin/incidents", operator,
                  "Tells everybody of an incident, in the place of one that goes on.", IncidentView,
                  handler=self.begin_incident, request=NewIncident, status=HTTPStatus.CREATED,
                  right=Right.SET_INCIDENT, step_up=True),
            Route("DELETE", "/api/admin/incidents/current", operator, "Ends the incident that goes on.",
                  None, handler=self.end_incident, status=HTTPStatus.NO_CONTENT, codes=(codes.NOT_FOUND,),
                  right=Right.SET_INCIDENT, step_up=True),
        ]  # fmt: skip

    async def current_incident(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/incident."""
        found = await self._banner.current()
        return answer(CurrentIncident(None if found is None else _incident(found)))

    async def told_incidents(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/incidents."""
        return answer(IncidentViews([_incident(one) for one in await self._banner.last()]))

    async def feed(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/incidents/feed."""
        body = incident_feed.feed(await self._banner.last(), self._origin)
        return Reply(body, content_type=incident_feed.TYPE.encode())

    async def own_roles(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/self."""
        roles = await self._operators.roles(call.person.person)
        return answer(OwnRoles(sorted(roles), sorted(rights_of(roles))))

    async def all_operators(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/operators."""
        operators = await self._operators.all()
        emails = await self._people.emails([operator.person for operator in operators])
        views = [
            OperatorView(
                person=str(operator.person),
                email=emails.get(operator.person),
                roles=[role.value for role in operator.roles],
                since=format_time(operator.since_us),
            )
            for operator in operators
        ]
        return answer(OperatorViews(views))

    async def overview(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/overview."""
        return answer(await self._services.overview())

    async def last_incidents(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/incidents."""
        return answer(IncidentViews([_incident(one) for one in await self._incidents.last()]))

    async def begin_incident(self, call: Call[NewIncident, Nothing]) -> Reply:
        """POST /api/admin/incidents."""
        incident = await self._incidents.begin(call.body, Actor.desk(call.person))
        return answer(_incident(incident), status=HTTPStatus.CREATED)

    async def end_incident(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/admin/incidents/current."""
        if not await self._incidents.end(Actor.desk(call.person)):
            raise CodedError(codes.NOT_FOUND)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)


def _incident(found: Incident) -> IncidentView:
    ended_us = found.ended_at_us
    return IncidentView(
        id=str(found.id),
        severity=found.severity,
        texts=IncidentTexts(**found.texts),
        begun_at=format_time(found.begun_at_us),
        ended_at=None if ended_us is None else format_time(ended_us),
    )
