"""Routes of who reviews applications for verification."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.audit.models import Actor
from cse.desk.verification.models import (
    Approval,
    ReviewedVerification,
    VerificationQueue,
    VerificationRefusal,
    VerificationsQuery,
)
from cse.desk.verification.service import VerificationDesk
from cse.domain import codes
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

# By what it was found to be, and never by what its sender called it.
_ENDINGS: Final = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
_DOCUMENT_WEIGHT: Final = 10


class VerificationDeskApi:
    """Parse, call, answer."""

    def __init__(self, desk: VerificationDesk) -> None:
        self._desk = desk

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator, right = Access.OPERATOR, Right.REVIEW_VERIFICATIONS
        path, own = "/api/admin/verifications", codes.NOT_TO_ONESELF
        decides = (codes.NOT_FOUND, own, codes.VERIFICATION_DECIDED, codes.ACCOUNT_UNKNOWN)
        return [
            Route("GET", path, operator, "What is handed in to be reviewed, or is approved.",
                  VerificationQueue, handler=self.queue, query=VerificationsQuery, right=right),
            Route("GET", f"{path}/{{id}}", operator, "An application, and what it says.",
                  ReviewedVerification, handler=self.one, codes=(own,), right=right),
            Route("GET", f"{path}/{{id}}/documents/{{document}}", operator,
                  "A document of an application, as a file to keep.", bytes, handler=self.document,
                  content_type="application/octet-stream", codes=(own,), right=right,
                  weight=_DOCUMENT_WEIGHT),
            Route("POST", f"{path}/{{id}}/approve", operator, "Approves an application.", None,
                  handler=self.approve, request=Approval, status=HTTPStatus.NO_CONTENT,
                  codes=(*decides, codes.SANCTIONS_HIT), right=right, step_up=True),
            Route("POST", f"{path}/{{id}}/refuse", operator, "Refuses an application.", None,
                  handler=self.refuse, request=VerificationRefusal, status=HTTPStatus.NO_CONTENT,
                  codes=decides, right=right, step_up=True),
            Route("POST", f"{path}/{{id}}/revoke", operator, "Takes an approval back.", None,
                  handler=self.revoke, request=VerificationRefusal, status=HTTPStatus.NO_CONTENT,
                  codes=decides, right=right, step_up=True),
        ]  # fmt: skip

    async def queue(self, call: Call[Nothing, VerificationsQuery]) -> Reply:
        """GET /api/admin/verifications."""
        approved = call.query.state == "approved"
        found = await self._desk.queue(Actor.desk(call.person), call.person.person, approved=approved)
        return answer(VerificationQueue(found))

    async def one(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/verifications/{id}."""
        by = Actor.desk(call.person)
        return answer(await self._desk.one(call.path["id"], by, call.person.person))

    async def document(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/verifications/{id}/documents/{document}.

        With the headers of every answer: it is sniffed at by nobody, and a page of its own runs nothing.
        """
        by, path = Actor.desk(call.person), call.path
        found = await self._desk.document(path["id"], path["document"], by, call.person.person)
        media_type = found.document.media_type
        name = f'attachment; filename="{found.document.kind}.{_ENDINGS[media_type]}"'
        return Reply(
            found.content,
            headers=((b"content-disposition", name.encode("ascii")),),
            content_type=media_type.encode("ascii"),
        )

    async def approve(self, call: Call[Approval, Nothing]) -> Reply:
        """POST /api/admin/verifications/{id}/approve."""
        by = Actor.desk(call.person)
        await self._desk.approve(call.path["id"], call.body, by, call.person.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def refuse(self, call: Call[VerificationRefusal, Nothing]) -> Reply:
        """POST /api/admin/verifications/{id}/refuse."""
        by = Actor.desk(call.person)
        await self._desk.refuse(call.path["id"], call.body, by, call.person.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def revoke(self, call: Call[VerificationRefusal, Nothing]) -> Reply:
        """POST /api/admin/verifications/{id}/revoke."""
        by = Actor.desk(call.person)
        await self._desk.revoke(call.path["id"], call.body, by, call.person.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
