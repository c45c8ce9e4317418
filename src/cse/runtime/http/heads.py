"""Heads of requests that came before, so that a client's next one need not be parsed again.

A client that keeps its connection sends the same head again and again: method, path, token, type,
length. What the parser made of it once holds for the same bytes again. Only heads without anything
unusual are kept, and only those of callers who are known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from cse.runtime.http.application import Direct
from cse.runtime.http.route import Header

HEADS_MAX: Final = 4_096
HEAD_BYTES_MAX: Final = 2_048
_LINE_END: Final = b"\r\n"
# Each asks for more than an answer to one whole body on a connection that stays.
_UNUSUAL: Final = frozenset({b"transfer-encoding", b"expect", b"upgrade", b"connection"})


class Application(Protocol):
    """Who knows what is served directly."""

    def direct(
        self, method: str, path: str, query: bytes, headers: Mapping[bytes, bytes]
    ) -> Direct | None: ...


class KnownHead(NamedTuple):
    """What a head says."""

    body_bytes: int
    headers: Mapping[bytes, bytes]
    serve: Direct


class KnownHeads:
    """The heads that all connections of a process have brought, the latest of them."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._kept: dict[bytes, KnownHead] = {}
        self.find = self._kept.get

    def learn(self, head: bytes, method: str, path: str, query: bytes, headers: Sequence[Header]) -> None:
        """Keeps what the parser has made of `head`, the bytes before the empty line, if it is usual."""
        if len(head) > HEAD_BYTES_MAX or not _is_usual(head, headers):
            return
        named = dict(headers)
        serve = self._application.direct(method, path, query, named)
        if serve is None:
            return
        if len(self._kept) >= HEADS_MAX:
            del self._kept[next(iter(self._kept))]
        self._kept[head] = KnownHead(int(named[b"content-length"]), named, serve)


def _is_usual(head: bytes, headers: Sequence[Header]) -> bool:
    """Whether each line is one header, each header stands once, and a length says where the body ends."""
    names = {name for name, _ in headers}
    lines = head.count(_LINE_END)
    return (
        lines == len(headers) == len(names) == head.count(b"\n") == head.count(b"\r")
        and b"content-length" in names
        and names.isdisjoint(_UNUSUAL)
    )
