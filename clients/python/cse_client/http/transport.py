"""What carries one request to the exchange and its answer back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol


class Answer(NamedTuple):
    """What came back; headers are found by their names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """Carries requests; several clients may share one.

    Raises `Unreachable` where the request did not go out, `NoAnswer` where it may have.
    """

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request. `target` is path and query, percent-encoded; an empty body is none."""
        ...

    async def close(self) -> None:
        """Lets go of all connections."""
        ...
