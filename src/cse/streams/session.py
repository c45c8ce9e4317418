"""One connection, without its socket: what it asks for, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Final, Protocol, TypeAlias

from cse.accounts.api_keys.signed_text import Claim
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.scopes import KeyScope
from cse.runtime.http.route import Caller
from cse.streams import frames, messages, names
from cse.streams.account_channel import AccountChannel
from cse.streams.channel import Channel, Write
from cse.streams.hub import Hub
from cse.streams.limits import Limits
from cse.streams.messages import From, Message

# What a message takes of a connection's allowance.
_COST: Final = 1.0
_COST_OF_REFUSAL: Final = 1.0
# To verify a signature takes much longer than anything else that a client can ask for.
_COST_OF_TOKEN: Final = 5.0
# What was missed is put together for one connection alone, and a position that is ahead of a channel's is
# told to all who hear it.
_COST_OF_POSITIONS: Final = 5.0

# Who signed in, or why nobody did.
Result: TypeAlias = Caller | CodedError

# Where a subscriber goes on: a position it brought along, a sequence of this process, or the beginning.
Since: TypeAlias = tuple[int, int] | int | None


class Connection(Protocol):
    """The socket of a session."""

    write: Write

    def buffered(self) -> int:
        """Bytes that wait to be sent."""

    def close(self, frames: bytes) -> None:
        """Sends the last frames and closes; in time, whatever the other side does."""


class Surroundings(Protocol):
    """What all sessions of a process share."""

    hub: Hub
    limits: Limits

    def now_s(self) -> float:
        """A clock that never falls."""

    def wall_us(self) -> int:
        """The time."""

    def authenticate(self, session: Session, access_token: str) -> Caller:
        """Whose token it is; notes that the session depends on it. Raises `CodedError`."""

    def authenticate_key(self, session: Session, claim: Claim, then: Callable[[Result], None]) -> None:
        """Tells `then`, now or later, whose claim it is; notes that the session depends on that key."""

    def signed_out(self, session: Session) -> None:
        """The session depends on no sign-in any more."""

    def refused(self, code: Code) -> None:
        """Counts a refusal."""


class Session:
    """A connection. `address` is who is behind it."""

    __slots__ = (
        "_account",
        "_allowance",
        "_around",
        "_behind",
        "_connection",
        "_counted_at_s",
        "_full_since_s",
        "_heard_at_s",
        "_is_another",
        "_is_expected",
        "_pinged_at_s",
        "_subscriptions",
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
        # Who was signed in last, and whether that was somebody else before: a position does not say whose
        # it is, so from then on none of a private channel is good here.
        self._account: int | None = None
        self._is_another = False
        self._around = around
        self._connection = connection
        self._subscriptions: dict[str, Channel] = {}
        # Channels that it is not in step with.
        self._behind: dict[Channel, Since] = {}
        # Whether it has subscribed to something since the last turn.
        self._is_expected = False
        self._full_since_s: float | None = None
        now_s = around.now_s()
        self._told_at_s = self._heard_at_s = self._counted_at_s = self._pinged_at_s = now_s
        self._allowance = float(around.limits.messages_at_once)

    @property
    def subscriptions(self) -> int:
        """How many there are."""
        return len(self._subscriptions)

    def welcome(self, name: str) -> None:
        """The first frame."""
        self.name = name
        limits = self._around.limits
        shown = {
            "subscriptions": limits.subscriptions,
            "channels_per_message": limits.channels_per_message,
            "messages_per_second": limits.messages_per_second,
            "message_bytes": limits.message_bytes,
        }
        self._tell(messages.welcome(name, self._around.wall_us(), limits.heartbeat_s, shown))

    def heard(self) -> bool:
        """A frame of any kind came; False when nothing more is taken of this connection."""
        self._heard_at_s = self._around.now_s()
        return not self.is_closed and self._spend(_COST)

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
        id_: str | None = None
        try:
            message = messages.read_message(payload)
            id_ = message.id
            self._carry_out(message)
        except CodedError as error:
            self._refuse(error, id_)

    def receive_binary(self) -> None:
        """Takes a binary message, which has no meaning here."""
        self.close(messages.malformed("it is binary"), frames.CLOSE_UNSUPPORTED)

    def ping(self, payload: bytes) -> None:
        """Answers a ping of the WebSocket itself."""
        self._tell(frames.pong_frame(payload))

    def _carry_out(self, message: Message) -> None:
        match message.op:
            case "subscribe":
                wanted = self._channels(message)
                if all(isinstance(item, str) for item in wanted) or self._spend(_COST_OF_POSITIONS):
                    self._subscribe(message.id, wanted)
            case "unsubscribe":
                self._unsubscribe(message.id, self._channels(message))
            case "authenticate":
                self._authenticate(message)
            case "ping":
                around = self._around
                self._tell(messages.pong(message.id, around.wall_us(), around.hub.place.stamp.sequence))
            case unknown:
                raise messages.unknown_op(unknown)

    def _channels(self, message: Message) -> list[str | From]:
        limit = self._around.limits.channels_per_message
        if not message.channels:
            raise messages.malformed("channels is missing")
        if len(message.channels) > limit:
            raise messages.malformed(f"it names more than {limit} channels")
        return message.channels

    def _subscribe(self, id_: str | None, wanted: Iterable[str | From]) -> None:
        taken: list[str] = []
        for item in wanted:
            name = item if isinstance(item, str) else item.channel
            try:
                channel = self._find(name)
            except CodedError as error:
                self._refuse(error, id_, name)
                if self.is_closed:
                    return
                continue
            self._add(name, channel, self._position(item))
            taken.append(name)
        # Before the first message of any of them: nothing is told before the next turn.
        self._tell(messages.subscribed(id_, taken))
        if taken and not self.is_closed:
            self._is_expected = True
            self._around.hub.expect(self)

    def _position(self, item: str | From) -> tuple[int, int] | None:
        """The position that a subscription goes on from; None where it begins anew."""
        if isinstance(item, str) or (self._is_another and item.channel in names.OF_USERS):
            return None
        return int(item.epoch), int(item.sequence)

    def _find(self, name: str) -> Channel:
        parsed = names.parse_channel(name)
        account = 0
        if parsed.kind in names.OF_USERS:
            if self.caller is None:
                raise CodedError(codes.NOT_AUTHENTICATED)
            self.caller.require(KeyScope.READ)
            account = self.caller.account
        limit = self._around.limits.subscriptions
        if name not in self._subscriptions and len(self._subscriptions) >= limit:
            raise CodedError(codes.SUBSCRIPTION_LIMIT, limit=limit)
        return self._around.hub.find(parsed, account)

    def _add(self, name: str, channel: Channel, since: Since) -> None:
        if name in self._subscriptions:
            self._remove(name)
        channel.listeners += 1
        self._subscriptions[name] = channel
        self._behind[channel] = since

    def _remove(self, name: str) -> bool:
        channel = self._subscriptions.pop(name, None)
        if channel is None:
            return False
        channel.leave(self)
        self._behind.pop(channel, None)
        channel.listeners -= 1
        if not channel.listeners and isinstance(channel, AccountChannel):
            self._around.hub.accounts.drop(channel)
        return True

    def _unsubscribe(self, id_: str | None, unwanted: Iterable[str | From]) -> None:
        given = [item if isinstance(item, str) else item.channel for item in unwanted]
        gone = [name for name in given if self._remove(name)]
        self._tell(messages.unsubscribed(gone, id_))

    def _authenticate(self, message: Message) -> None:
        if message.key is not None:
            claim = messages.claim_of(message, self.name)
            if self._spend(_COST_OF_TOKEN):
                self._around.authenticate_key(self, claim, partial(self._answered, message.id))
            return
        if message.access_token is None:
            raise messages.malformed("access_token is missing")
        if self._spend(_COST_OF_TOKEN):
            self._sign_in(message.id, self._around.authenticate(self, message.access_token))

    def _answered(self, id_: str | None, result: Result) -> None:
        """A sign-in by an API key was looked at."""
        if isinstance(result, CodedError):
            self._refuse(result, id_)
        elif not self.is_closed:
            self._sign_in(id_, result)

    def _sign_in(self, id_: str | None, caller: Caller) -> None:
        if self.caller is not None and self.caller.account != caller.account:
            self._end_private(codes.NOT_AUTHENTICATED)
        elif KeyScope.READ not in caller.scopes:
            self._end_private(codes.SCOPE_MISSING)
        self._is_another |= self._account not in (None, caller.account)
        self.caller, self._account = caller, caller.account
        self._tell(messages.authenticated(id_, caller.account, caller.expires_at_s))

    def sign_out(self, code: Code) -> None:
        """Its token is good no more: private channels end, the others go on."""
        self.caller = None
        self._around.signed_out(self)
        if not self.is_closed:
            self._end_private(code)

    def _end_private(self, code: Code) -> None:
        ended = [name for name in self._subscriptions if name in names.OF_USERS]
        for name in ended:
            self._remove(name)
        if ended:
            self._tell(messages.unsubscribed(ended, code=code))

    def buffer_full(self) -> None:
        """Its buffer is full: it gets nothing more until it has read."""
        if self._full_since_s is None:
            self._full_since_s = self._around.now_s()
        for channel in self._subscriptions.values():
            if channel.leave(self):
                self._behind[channel] = channel.sequence

    def buffer_free(self) -> None:
        """It has read: what it missed can be told now."""
        self._full_since_s = None
        self.catch_up()

    def arrive(self) -> None:
        """All has been read that was durable when it last subscribed."""
        self._is_expected = False
        self.catch_up()

    def catch_up(self) -> None:
        """Is told what it missed, as far as there is room, and is in step again.

        What it has subscribed to since the last turn waits for the next one.
        """
        for channel, since in list(self._behind.items()):
            if self._full_since_s is not None or self.is_closed:
                return
            if self._is_expected and not isinstance(since, int):
                continue
            if isinstance(channel, AccountChannel) and not channel.ready:
                channel.awaited_by[self] = None
                continue
            del self._behind[channel]
            if isinstance(since, tuple):
                since = channel.resumed(*since)
            channel.join(self)
            frame = channel.missed_since(since)
            if frame is not None:
                self._tell(frame)

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
        if self.caller is not None and self.caller.expires_at_s <= wall_s:
            by_key = self.caller.key is not None
            self.sign_out(codes.API_KEY_ENDED if by_key else codes.NOT_AUTHENTICATED)
        if now_s - max(self._heard_at_s, self._pinged_at_s) >= limits.ping_s:
            self._pinged_at_s = now_s
            self.write(frames.PING_FRAME)
        if now_s - self._last_told_s() >= limits.heartbeat_s:
            self._tell(messages.heartbeat(self._around.wall_us(), self._around.hub.place.stamp.sequence))

    def _last_told_s(self) -> float:
        """When it was last sent a message, whichever."""
        return max(
            self._told_at_s,
            max((channel.published_at_s for channel in self._subscriptions.values()), default=0.0),
        )

    def close(self, error: CodedError, close_code: int) -> None:
        """Says why, and closes."""
        if self.is_closed:
            return
        self._around.refused(error.code)
        self.leave()
        last = messages.closing(error) + frames.close_frame(close_code, error.code.name)
        self._connection.close(last)

    def leave(self) -> None:
        """Nothing more is told and nothing more is taken."""
        self.is_closed = True
        self._around.hub.forget(self)
        for name in list(self._subscriptions):
            self._remove(name)

    def _refuse(self, error: CodedError, id_: str | None, channel: str | None = None) -> None:
        if self.is_closed:
            return
        self._around.refused(error.code)
        self._tell(messages.refused(error, id_, channel))
        self._spend(_COST_OF_REFUSAL)

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
