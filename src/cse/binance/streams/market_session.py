"""A connection that hears streams of markets, without its socket."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from cse.binance.streams.feeds import Feeds
from cse.binance.streams.peer import BinancePeer
from cse.binance.streams.requests import Request, answered, malformed, names_of, read_request, refusal
from cse.binance.streams.stream import Stream
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.streams.peer import Connection, Surroundings

_COMBINED = "combined"


class Shared(Surroundings, Protocol):
    """What all of them in a process share."""

    feeds: Feeds


class MarketSession(BinancePeer):
    """A connection that hears streams, those of its address first, and more or fewer as it asks."""

    __slots__ = ("_is_combined", "_shared", "_streams")

    def __init__(self, around: Shared, connection: Connection, address: str) -> None:
        super().__init__(around, connection, address)
        self._shared = around
        self._streams: dict[str, Stream] = {}
        self._is_combined = False

    @property
    def subscriptions(self) -> int:
        """How many streams it hears."""
        return len(self._streams)

    def begin(self, streams: Sequence[Stream], *, is_combined: bool) -> None:
        """Hears what its address has named."""
        self._is_combined = is_combined
        self._hear(streams)

    def take(self, payload: bytes) -> None:
        """Takes a text message."""
        try:
            self._carry_out(read_request(payload))
        except CodedError as error:
            self.answer(refusal(payload, error))
            self.refused(error)

    def leave(self) -> None:
        """Nothing more is told and nothing more is taken."""
        self.is_closed = True
        self._forget(list(self._streams))

    def _carry_out(self, request: Request) -> None:
        match request.method:
            case "SUBSCRIBE":
                self._subscribe(request)
            case "UNSUBSCRIBE":
                self._forget(names_of(request))
                self.answer(answered(request.id, None))
            case "LIST_SUBSCRIPTIONS":
                self.answer(answered(request.id, list(self._streams)))
            case "SET_PROPERTY":
                self._set(request)
            case "GET_PROPERTY" if request.params == [_COMBINED]:
                self.answer(answered(request.id, self._is_combined))
            case "GET_PROPERTY":
                raise malformed("there is no such property")
            case _:
                raise malformed("there is no such method")

    def _subscribe(self, request: Request) -> None:
        names = names_of(request)
        found = [self._shared.feeds.find(name) for name in dict.fromkeys(names)]
        limit = self._around.limits.subscriptions
        if len(self._streams.keys() | {stream.name for stream in found}) > limit:
            raise CodedError(codes.SUBSCRIPTION_LIMIT, limit=limit)
        self.answer(answered(request.id, None))
        self._hear(found)

    def _hear(self, streams: Sequence[Stream]) -> None:
        """Joins streams; what they tell as a whole it is told as it now is."""
        for stream in streams:
            if self.is_closed or stream.name in self._streams:
                continue
            self._streams[stream.name] = stream
            stream.join(self, self.write, is_combined=self._is_combined)
            now = stream.now(self._around.wall_us())
            if now is not None:
                self._tell(stream.framed(now, is_combined=self._is_combined))

    def _forget(self, names: Sequence[str]) -> None:
        for name in names:
            stream = self._streams.pop(name, None)
            if stream is not None:
                stream.leave(self)

    def _set(self, request: Request) -> None:
        if len(request.params) != 2 or request.params[0] != _COMBINED:
            raise malformed("the one property is combined")
        if not isinstance(request.params[1], bool):
            raise malformed("combined is true or false")
        self._is_combined = request.params[1]
        for stream in self._streams.values():
            stream.join(self, self.write, is_combined=self._is_combined)
        self.answer(answered(request.id, None))
