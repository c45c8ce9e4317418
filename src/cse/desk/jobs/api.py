"""Routes of what waits and of what has failed."""

from __future__ import annotations

from http import HTTPStatus

from cse.audit.models import Actor
from cse.desk.jobs.models import Jobs
from cse.desk.jobs.service import JobDesk
from cse.desk.markets.models import Why
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class JobApi:
    """Parse, call, answer."""

    def __init__(self, jobs: JobDesk) -> None:
        self._jobs = jobs

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator, done = Access.OPERATOR, HTTPStatus.NO_CONTENT
        return [
            Route("GET", "/api/admin/jobs", operator, "What waits to be done, and what has failed.", Jobs,
                  handler=self.jobs, right=Right.SEE_JOBS),
            Route("POST", "/api/admin/jobs/mails/{id}/retry", operator, "Has a mail tried now.", None,
                  handler=self.retry, request=Why, status=done, right=Right.SET_JOBS, step_up=True),
            Route("POST", "/api/admin/jobs/mails/{id}/give-up", operator, "Has a mail tried no more.", None,
                  handler=self.give_up, request=Why, status=done, right=Right.SET_JOBS, step_up=True),
        ]  # fmt: skip

    async def jobs(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/jobs."""
        return answer(await self._jobs.jobs())

    async def retry(self, call: Call[Why, Nothing]) -> Reply:
        """POST /api/admin/jobs/mails/{id}/retry."""
        await self._jobs.retry(call.path["id"], call.body.reason, Actor.desk(call.person))
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def give_up(self, call: Call[Why, Nothing]) -> Reply:
        """POST /api/admin/jobs/mails/{id}/give-up."""
        await self._jobs.give_up(call.path["id"], call.body.reason, Actor.desk(call.person))
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
