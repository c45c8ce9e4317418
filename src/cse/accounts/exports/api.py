"""Routes of a person's exports."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.exports.models import Exports, ExportView
from cse.accounts.exports.service import PersonExports
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

# An archive may be hundreds of megabytes, which are opened piece by piece.
_WEIGHT: Final = 50


class ExportsApi:
    """Parse, call, answer."""

    def __init__(self, exports: PersonExports) -> None:
        self._exports = exports

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, path = Access.PERSON, "/api/account/exports"
        return [
            Route("GET", path, person, "Archives of the person's data.", Exports, handler=self.look),
            Route("POST", path, person, "Has an archive made of all that is kept of the person.", ExportView,
                  handler=self.ask, status=HTTPStatus.ACCEPTED, codes=(codes.TOO_MANY_ATTEMPTS,),
                  step_up=True),
            Route("GET", f"{path}/{{id}}/archive", person, "An archive that is ready, as a ZIP.", str,
                  handler=self.archive, content_type="application/zip", codes=(codes.NOT_FOUND,),
                  step_up=True, weight=_WEIGHT),
        ]  # fmt: skip

    async def look(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/account/exports."""
        return answer(await self._exports.look(call.person))

    async def ask(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/account/exports."""
        return answer(await self._exports.ask(call.person), status=HTTPStatus.ACCEPTED)

    async def archive(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/account/exports/{id}/archive."""
        return Reply(
            b"",
            headers=((b"content-disposition", b'attachment; filename="my-data.zip"'),),
            content_type=b"application/zip",
            stream=await self._exports.archive(call.person, call.path["id"]),
        )
