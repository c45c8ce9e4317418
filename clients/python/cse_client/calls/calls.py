"""What the calls of every subject are made by."""

from __future__ import annotations

from typing import TypeVar

from cse_client.requests import Requests

Response = TypeVar("Response")


class Calls:
    """Calls of one client."""

    _requests: Requests

    async def _read(self, path: str, response: type[Response]) -> Response:
        return await self._requests.ask("GET", path, response, signed_in=False)
