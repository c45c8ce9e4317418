"""Routes of one's own verification."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.verification.models import DocumentQuery, NewApplication, VerificationView
from cse.accounts.verification.service import Verifications
from cse.domain import codes
from cse.domain.verification import DOCUMENT_BYTES_MAX
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, Upload, answer

_UPLOAD: Final = Upload(("application/pdf", "image/jpeg", "image/png"), DOCUMENT_BYTES_MAX)
# It is read whole, looked at and sealed.
_UPLOAD_WEIGHT: Final = 20


class VerificationApi:
    """Parse, call, answer."""

    def __init__(self, verifications: Verifications) -> None:
        self._verifications = verifications

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, path = Access.PERSON, "/api/verification"
        closed = codes.VERIFICATION_NOT_OPEN
        return [
            Route("GET", path, person, "How far the person is verified, and what they have applied for.",
                  VerificationView, handler=self.show),
            Route("POST", f"{path}/application", person,
                  "Begins an application, or changes the one that is not handed in.", VerificationView,
                  handler=self.begin, request=NewApplication,
                  codes=(closed, codes.VERIFICATION_REACHED, codes.COUNTRY_REFUSED, codes.TOO_MANY_ATTEMPTS)),
            Route("DELETE", f"{path}/application", person,
                  "Takes the open application back, and erases what was handed in.", None,
                  handler=self.withdraw, status=HTTPStatus.NO_CONTENT, codes=(closed,)),
            Route("POST", f"{path}/documents", person, "Adds a document to the application.",
                  VerificationView, handler=self.add_document, query=DocumentQuery, upload=_UPLOAD,
                  status=HTTPStatus.CREATED, weight=_UPLOAD_WEIGHT,
                  codes=(closed, codes.DOCUMENT_REFUSED, codes.TOO_MANY_ATTEMPTS)),
            Route("DELETE", f"{path}/documents/{{id}}", person, "Takes a document away from it.",
                  VerificationView, handler=self.remove_document, codes=(closed, codes.NOT_FOUND)),
            Route("POST", f"{path}/submission", person, "Hands the application in.", VerificationView,
                  handler=self.submit,
                  codes=(closed, codes.DOCUMENTS_MISSING, codes.COUNTRY_REFUSED)),
        ]  # fmt: skip

    async def show(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/verification."""
        return answer(await self._verifications.of(call.person))

    async def begin(self, call: Call[NewApplication, Nothing]) -> Reply:
        """POST /api/verification/application."""
        return answer(await self._verifications.begin(call.person, call.body))

    async def withdraw(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/verification/application."""
        await self._verifications.withdraw(call.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def add_document(self, call: Call[Nothing, DocumentQuery]) -> Reply:
        """POST /api/verification/documents."""
        announced = call.headers[b"content-type"].decode("ascii")
        view = await self._verifications.add_document(call.person, call.query.kind, call.upload, announced)
        return answer(view, status=HTTPStatus.CREATED)

    async def remove_document(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/verification/documents/{id}."""
        return answer(await self._verifications.remove_document(call.person, call.path["id"]))

    async def submit(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/verification/submission."""
        return answer(await self._verifications.submit(call.person))
