"""One connection, without its socket: that it lives, who it is, and how much it may ask for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Final, Protocol, TypeAlias

from cse.accounts.api_keys.signed_text import Claim
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.ids import parse_account
from cse.runtime.http.route import Caller
from cse.streams import frames, messages
from cse.streams.channels.channel import Write
from cse.streams.limits import Limits

# What a message takes of a connection's allowance.
COST: Final = 1.0
COST_OF_REFUSAL: Final = 1.0
# To verify a signature takes much longer than anything else that a client can ask for.
COST_OF_TOKEN: Final = 5.0


# Who signed in, or why nobody did.
Result: TypeAlias = Caller | CodedError


class Connection(Protocol):
    """The socket of a peer."""

    @property
    def write(self) -> Write:
        """Sends a frame, now or as soon as there is room."""

    def buffered(self) -> int:
        """Bytes that wait to be sent."""

    def take_in(self, *, on: bool) -> None:
        """Whether what the other side sends is read."""

    def close(self, frames: bytes) -> None:
        """Sends the last frames and closes; in time, whatever the other side does."""


class Surroundings(Protocol):
    """What all connections of a process share."""

    limits: Limits

    @property
    def sequence(self) -> int:
        """The journal's, as far as this process knows."""

    def now_s(self) -> float:
        """A clock that never falls."""

    def wall_us(self) -> int:
        """The time."""

    def authenticate(
        self, peer: Peer, access_token: str, account: int | None, then: Callable[[Result], None]
    ) -> None:
        """Tells `then`, now or later, whose token it is, for one of the person's accounts or the main one.

        Notes that the connection depends on it. What a connection asked for before is answered before.
        Raises `CodedError`.
        """

    def authenticate_key(
        self, peer: Peer, claim: Claim, account: int | None, then: Callable[[Result], None]
    ) -> None:
        """The same of an API key's claim; never raises."""

    def signed_out(self, peer: Peer) -> None:
        """The connection depends on no sign-in any more."""

    def refused(self, code: Code) -> None:
        """Counts a refusal."""


class Peer(ABC):
    """A connection. `address` is who is behind it."""

    __slots__ = (
        "_allowance",
        "_around",
        "_connection",
        "_counted_at_s",
        "_full_since_s",
        "_heard_at_s",
        "_pinged_at_s",
        "_told_at_s",
        "address",
        "bucket",
        "caller",
        "is_closed",
        "name",
        "write",
    )

    def __init__(self, around: Surroundings, connection: Connection, address: str) -> None:
        self.write: Write = connection.write
        self.address = address
        # What it was welcomed as.
        self.name = ""
        self.bucket = 0
        self.caller: Caller | None = None
        self.is_closed = False
        self._around = around
        self._connection = connection
        self._full_since_s: float | None = None
        now_s = around.now_s()
        self._told_at_s = self._heard_at_s = self._counted_at_s = self._pinged_at_s = now_s
        self._allowance = float(around.limits.messages_at_once)

    # What differs from kind to kind

    @abstractmethod
    def bounds(self) -> dict[str, int]:
        """What a client is told of the limits."""

    @abstractmethod
    def take(self, payload: bytes) -> None:
        """Takes a text message of a right size."""

    @abstractmethod
    def sign_out(self, code: Code) -> None:
        """Its token is good no more."""

    @abstractmethod
    def leave(self) -> None:
        """Nothing more is told and nothing more is taken."""

    # What comes

    def welcome(self, name: str) -> None:
        """The first frame."""
        self.name = name
        heartbeat_s = self._around.limits.heartbeat_s
        self._tell(messages.welcome(name, self._around.wall_us(), heartbeat_s, self.bounds()))

    def heard(self, part: int = 0) -> bool:
        """A frame came; False when nothing more is taken of this connection.

        `part` counts the frames of a text message, from 1 on; most come in one. It is 0 for other frames.
        """
        self._heard_at_s = self._around.now_s()
        return not self.is_closed and self._spend(COST)

    def receive(self, payload: bytes) -> None:
        """Takes a text message."""
        limit = self._around.limits.message_bytes
        if len(payload) > limit:
            self.close(CodedError(codes.MESSAGE_TOO_LARGE, limit=limit), frames.CLOSE_TOO_LARGE)
            return
        try:
            payload.decode()
        except UnicodeDecodeError:
            self.close(messages.malformed("it is not UTF-8"), frames.CLOSE_INVALID_TEXT)
            return
        self.take(payload)

    def receive_binary(self) -> None:
        """Takes a message in another kind of frame than its connection has."""
        reason = "it is binary, or is not where that was asked for"
        self.close(messages.malformed(reason), frames.CLOSE_UNSUPPORTED)

    def refuse(self, error: CodedError) -> None:
        """Refuses a message that cannot be read."""
        self._refuse(error, None)

    def ping(self, payload: bytes) -> None:
        """Answers a ping of the WebSocket itself."""
        self._tell(frames.pong_frame(payload))

    def buffer_full(self) -> None:
        """Its buffer is full: it gets nothing more until it has read."""
        if self._full_since_s is None:
            self._full_since_s = self._around.now_s()

    def buffer_free(self) -> None:
        """It has read."""
        self._full_since_s = None

    # Who it is

    def _pong(self, id_: str | None) -> None:
        self._tell(messages.pong(id_, self._around.wall_us(), self._around.sequence))

    def _authenticate(self, message: messages.SignIn) -> None:
        """Takes an access token, or the signature of an API key. Raises `CodedError`."""
        account = None if message.account is None else parse_account(message.account)
        then = partial(self._answered, message.id)
        if message.key is not None:
            claim = messages.claim_of(message, self.name)
            if self._spend(COST_OF_TOKEN):
                self._around.authenticate_key(self, claim, account, then)
            return
        if message.access_token is None:
            raise messages.malformed("access_token is missing")
        if self._spend(COST_OF_TOKEN):
            self._around.authenticate(self, message.access_token, account, then)

    def _answered(self, id_: str | None, result: Result) -> None:
        """A sign-in was looked at."""
        if isinstance(result, CodedError):
            self._refuse(result, id_)
        elif not self.is_closed:
            self._sign_in(id_, result)

    def _sign_in(self, id_: str | None, caller: Caller) -> None:
        self.caller = caller
        self._tell(messages.authenticated(id_, caller.account, caller.expires_at_s))

    # That it lives

    def tick(self, now_s: float, wall_s: float) -> None:
        """Looks after the connection; to be called about once a second."""
        limits = self._around.limits
        if self.is_closed:
            return
        if self._full_since_s is not None:
            if now_s - self._full_since_s > limits.behind_s:
                self.close(CodedError(codes.SLOW_READER), frames.CLOSE_POLICY)
            return
        if now_s - self._heard_at_s > limits.silent_s:
            error = CodedError(codes.HEARTBEAT_MISSED, seconds=int(limits.silent_s))
            self.close(error, frames.CLOSE_POLICY)
            return
        if now_s - max(self._heard_at_s, self._pinged_at_s) >= limits.ping_s:
            self._pinged_at_s = now_s
            self.write(frames.PING_FRAME)
        if now_s - self._last_told_s() >= limits.heartbeat_s:
            self._tell(messages.heartbeat(self._around.wall_us(), self._around.sequence))
        if self.caller is not None and self.caller.expires_at_s <= wall_s:
            by_key = self.caller.key is not None
            self.sign_out(codes.API_KEY_ENDED if by_key else codes.NOT_AUTHENTICATED)

    def _last_told_s(self) -> float:
        """When it was last sent a message, whichever."""
        return self._told_at_s

    def close(self, error: CodedError, close_code: int) -> None:
        """Says why, and closes."""
        if self.is_closed:
            return
        self._around.refused(error.code)
        self.leave()
        last = self._last_words(error, close_code) + frames.close_frame(close_code, error.code.name)
        self._connection.close(last)

    def _last_words(self, error: CodedError, close_code: int) -> bytes:
        """The frames that say why it is closed, before the one that closes it."""
        return messages.closing(error, close_code)

    # What it is told, and what it may spend

    def _refuse(self, error: CodedError, id_: str | None, channel: str | None = None) -> None:
        if self.is_closed:
            return
        self._around.refused(error.code)
        self._tell(messages.refused(error, id_, channel))
        self._spend(COST_OF_REFUSAL)

    def _tell(self, frame: bytes) -> None:
        """Sends a frame of its own, unless it has let too much pile up already."""
        if self.is_closed:
            return
        bound = self._around.limits.buffer_bytes_max
        if self._full_since_s is not None and self._connection.buffered() > bound:
            self.close(CodedError(codes.SLOW_READER), frames.CLOSE_POLICY)
            return
        self._told_at_s = self._around.now_s()
        self.write(frame)

    def _spend(self, cost: float) -> bool:
        """Takes from its allowance, which grows with time; a connection that overdraws it is closed."""
        limits = self._around.limits
        now_s = self._around.now_s()
        grown = self._allowance + (now_s - self._counted_at_s) * limits.messages_per_second
        self._allowance = min(grown, limits.messages_at_once) - cost
        self._counted_at_s = now_s
        if self._allowance >= 0:
            return True
        error = CodedError(codes.MESSAGE_RATE, limit=limits.messages_per_second)
        self.close(error, frames.CLOSE_POLICY)
        return False
