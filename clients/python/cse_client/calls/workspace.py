"""Texts that the app keeps for a person: layouts, lists of markets, drawings."""

from __future__ import annotations

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.requests import target


class WorkspaceCalls(Calls):
    """What is kept under names, each with a version that rises with every change."""

    async def kept_names(self) -> list[models.KeptName]:
        """All names, by their alphabet."""
        return (await self._requests.ask("GET", "/api/workspace", models.KeptNames)).items

    async def kept_text(self, name: str) -> models.KeptText:
        """What is kept under a name: version 0 and an empty text where there is nothing."""
        return await self._requests.ask("GET", target("workspace", name), models.KeptText)

    async def keep_text(self, name: str, text: str, version: int) -> models.KeptText:
        """Keeps a text in the place of the one whose version was seen; an empty one takes the name away.

        It is `version_outdated` where the text was changed since, also by a first try without an answer.
        """
        path, body = target("workspace", name), models.NewKeptText(version=version, text=text)
        return await self._requests.ask("PUT", path, models.KeptText, body=body, repeatable=False)
