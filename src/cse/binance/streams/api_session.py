"""A connection of the WebSocket API, without its socket: it opens the stream of an account, and hears it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from cse.binance.parameters import ms
from cse.binance.streams.account_events import AccountEvents
from cse.binance.streams.account_models import StreamTerminated
from cse.binance.streams.api_requests import (
    ALREADY_OPEN,
    ApiRequest,
    Id,
    answered,
    claim_of_message,
    id_of,
    read_request,
    refused,
    told,
)
from cse.binance.streams.events import ENCODE
from cse.binance.streams.peer import BinancePeer
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.route import Access
from cse.streams.frames import text_frame
from cse.streams.hub import Hub
from cse.streams.peer import COST_OF_TOKEN, Connection, Result, Surroundings


class Shared(Surroundings, Protocol):
    """What all of them in a process share."""

    hub: Hub


class ApiSession(BinancePeer):
    """A connection that may open the stream of one account at a time: of the key that has signed."""

    __slots__ = ("_channel", "_is_opening", "_opened", "_opening", "_shared")

    def __init__(self, around: Shared, connection: Connection, address: str) -> None:
        super().__init__(around, connection, address)
        self._shared = around
        self._channel: AccountEvents | None = None
        # How many streams it has opened so far: each has a number.
        self._opened = 0
        # The request that opens one, from its signature on until the account's state is there.
        self._is_opening = False
        self._opening: Id = None

    def take(self, payload: bytes) -> None:
        """Takes a text message."""
        try:
            self._carry_out(read_request(payload))
        except CodedError as error:
            self._refuse_request(id_of(payload), error)

    def sign_out(self, code: Code) -> None:
        """The key is good no more: the stream ends, and is told so."""
        super().sign_out(code)
        if self._channel is None:
            return
        is_told = not self._is_opening
        self._close_stream()
        if is_told and not self.is_closed:
            self._event(ENCODE(StreamTerminated(ms(self._around.wall_us()))))

    def leave(self) -> None:
        """Nothing more is told and nothing more is taken."""
        self.is_closed = True
        self._close_stream()

    def catch_up(self) -> None:
        """The account's state is there: from now on it is told."""
        channel = self._channel
        if channel is None or not self._is_opening or self.is_closed:
            return
        self._is_opening = False
        self.answer(answered(self._opening, {"subscriptionId": self._number}))
        channel.tell_to(self, self._tell_events)

    @property
    def _number(self) -> int:
        """That of the stream that is open."""
        return self._opened - 1

    def _carry_out(self, request: ApiRequest) -> None:
        match request.method:
            case "userDataStream.subscribe.signature":
                self._open(request)
            case "userDataStream.unsubscribe":
                if self._channel is not None and request.params.get("subscriptionId", 0) == self._number:
                    self._close_stream()
                    self._around.signed_out(self)
                self.answer(answered(request.id, {}))
            case "session.subscriptions":
                is_open = self._channel is not None and not self._is_opening
                listed = [{"subscriptionId": self._number}] if is_open else []
                self.answer(answered(request.id, listed))
            case "ping":
                self.answer(answered(request.id, {}))
            case "time":
                self.answer(answered(request.id, {"serverTime": ms(self._around.wall_us())}))
            case _:
                raise CodedError(codes.INVALID_FIELD, field="method", reason="there is no such method here")

    def _open(self, request: ApiRequest) -> None:
        if self._is_opening or self._channel is not None:
            # Who it depends on must not change while it is told.
            self.answer(told(request.id, ALREADY_OPEN))
            return
        claim = claim_of_message(request.params)
        if self._spend(COST_OF_TOKEN):
            self._is_opening, self._opening = True, request.id
            self._around.authenticate_key(self, claim, None, partial(self._admitted, request.id))

    def _admitted(self, id_: Id, result: Result) -> None:
        """The signature was looked at."""
        if self.is_closed:
            return
        try:
            if isinstance(result, CodedError):
                raise result
            Access.READ.admit(result)
        except CodedError as error:
            self._is_opening = False
            self._around.signed_out(self)
            self._refuse_request(id_, error)
            return
        self.caller = result
        self._opened += 1
        channel = self._shared.hub.accounts.channel_of_all(result.account, AccountEvents)
        assert isinstance(channel, AccountEvents), "nothing else is made here"
        channel.listeners += 1
        self._channel = channel
        if channel.ready:
            self.catch_up()
        else:
            channel.wait(self)

    def _close_stream(self) -> None:
        channel, self._channel, self._is_opening = self._channel, None, False
        self.caller = None
        if channel is not None:
            channel.leave(self)
            channel.listeners -= 1
            if not channel.listeners:
                self._shared.hub.drop(channel)

    def _refuse_request(self, id_: Id, error: CodedError) -> None:
        self.answer(refused(id_, error))
        self.refused(error)

    def _tell_events(self, payloads: Sequence[bytes]) -> None:
        self._tell(b"".join([text_frame(self._with_number(payload)) for payload in payloads]))

    def _event(self, payload: bytes) -> None:
        self.answer(self._with_number(payload))

    def _with_number(self, payload: bytes) -> bytes:
        return b'{"subscriptionId":%d,"event":%s}' % (self._number, payload)
