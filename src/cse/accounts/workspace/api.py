"""Routes of a workspace."""

from __future__ import annotations

from typing import Final

from cse.accounts.workspace.models import KeptNames, KeptText, NewKeptText
from cse.accounts.workspace.service import PersonWorkspace
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Example, Nothing, Reply, Route, answer

_TO_KEEP: Final = (
    Example("first", "a list of markets, for the first time", {"version": 0, "text": '["LUNA-USDC"]'}),
)


class WorkspaceApi:
    """Parse, call, answer."""

    def __init__(self, workspace: PersonWorkspace) -> None:
        self._workspace = workspace

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, path = Access.PERSON, "/api/workspace/{name}"
        return [
            Route("GET", "/api/workspace", person, "The names of what the app keeps for the person.",
                  KeptNames, handler=self.names),
            Route("GET", path, person, "What the app keeps under a name.", KeptText, handler=self.show),
            Route("PUT", path, person, "Keeps a text, unless it was changed elsewhere meanwhile.", KeptText,
                  handler=self.keep, request=NewKeptText, examples=_TO_KEEP,
                  codes=(codes.VERSION_OUTDATED, codes.WORKSPACE_FULL)),
        ]  # fmt: skip

    async def names(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/workspace."""
        return answer(await self._workspace.names(call.person))

    async def show(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/workspace/{name}."""
        return answer(await self._workspace.of(call.person, call.path["name"]))

    async def keep(self, call: Call[NewKeptText, Nothing]) -> Reply:
        """PUT /api/workspace/{name}."""
        return answer(await self._workspace.keep(call.person, call.path["name"], call.body))
