"""The client's side of a stream without a socket and without a clock: text in, text out.

Whoever holds the socket tells when it opened, what came, when it closed and what time it is, and sends
what stands in `outgoing` after each of these.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import msgspec

from cse_client import codes
from cse_client.signing import Signing
from cse_client.stream import messages
from cse_client.stream.messages import Incoming
from cse_client.stream.pulse import Pulse
from cse_client.stream.reader import Reader
from cse_client.stream.times import seconds_of

State = Literal["offline", "connecting", "synchronising", "live", "closed"]

# Asked for so long before its end, a new access token is there in time.
_RENEWED_BEFORE_S: Final = 60.0
_CHANNELS_PER_MESSAGE: Final = 100
_LONGEST_WAIT_S: Final = 30.0
# What a channel is refused with for now; all other codes are for good.
_FOR_NOW: Final = frozenset({codes.NOT_AUTHENTICATED, codes.SESSION_ENDED})


@dataclass(frozen=True, slots=True)
class Status:
    """How the stream is.

    Attributes:
        state: `live` when every channel is up to date.
        session: the server's name of the connection.
        journal_sequence: the highest of the journal that was heard of.
        heard_at: when a message came last, by the clock of whoever holds the socket.
    """

    state: State = "offline"
    session: str = ""
    journal_sequence: int = 0
    heard_at: float = 0.0


class Core:
    """Subscriptions over any number of connections, one at a time.

    Attributes:
        outgoing: messages to be sent; whoever sends them empties it.
        status: how the stream is now.
        pulse: whether the connection lives, and how long answers take.
        is_token_wanted: an access token is to be handed to `authenticate`; `refused_token` is good no
            more.
        on_refused: told of a channel, a code and a sentence when a channel is refused for good.
        on_status: told of each new state.
    """

    def __init__(self, account: str | None = None) -> None:
        self._account = account
        self.outgoing: list[str] = []
        self.status = Status()
        self.pulse = Pulse()
        self.is_token_wanted = False
        self.refused_token = ""
        self.on_refused: Callable[[str, str, str], None] = lambda channel, code, sentence: None
        self.on_status: Callable[[Status], None] = lambda status: None
        self._readers: dict[str, Reader] = {}
        self._asked: set[str] = set()
        self._answered: set[str] = set()
        self._not_before: dict[str, float] = {}
        self._token = ""
        self._is_token_sent = False
        self._token_failures = 0
        self._is_authenticated = False
        self._renew_at = 0.0
        self._numbers = 0
        self._channels_per_message = _CHANNELS_PER_MESSAGE

    def add(self, reader: Reader, now: float) -> None:
        """Subscribes to a channel, now or once there is a connection."""
        self._readers[reader.channel] = reader
        self._ask(now)

    def remove(self, channel: str, now: float) -> None:
        """Subscribes to it no more."""
        if self._readers.pop(channel, None) is None:
            return
        self._not_before.pop(channel, None)
        self._answered.discard(channel)
        if channel in self._asked:
            self._asked.discard(channel)
            self._say("unsubscribe", channels=[channel])
        self._settle(now)

    def restart(self, reader: Reader, now: float) -> None:
        """Asks for a snapshot of a channel, for one who has not heard it from the beginning."""
        reader.forget()
        self._asked.discard(reader.channel)
        self._answered.discard(reader.channel)
        self._ask(now)

    def is_live(self, channel: str) -> bool:
        """Whether a channel is up to date, as far as the connection tells."""
        reader = self._readers.get(channel)
        return reader is not None and channel in self._answered and reader.position is not None

    def opened(self, now: float) -> None:
        """The socket is there."""
        self.pulse.begin(now)
        self._to("connecting")

    def closed(self) -> None:
        """The socket is gone; where each channel stood is kept, to go on from there."""
        self.outgoing.clear()
        self._asked.clear()
        self._answered.clear()
        self._not_before.clear()
        self._is_authenticated = self._is_token_sent = self.is_token_wanted = False
        self._token_failures = 0
        self.pulse.end()
        self._to("offline")

    def received(self, text: str | bytes, now: float) -> None:
        """Takes a message. One that cannot be read is left aside: what it had is found missing later."""
        self.pulse.heard(now)
        try:
            message = messages.read_incoming(text)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return
        self.status = replace(
            self.status,
            heard_at=now,
            journal_sequence=max(self.status.journal_sequence, _number(message.journal_sequence)),
        )
        if message.op:
            self._control(message, now)
        elif (reader := self._readers.get(message.channel)) is not None:
            self._data(reader, message, now)

    def tick(self, now: float) -> None:
        """Does what is due; to be called about once a second."""
        if self.status.state in ("offline", "connecting"):
            return
        if self.pulse.is_due(now):
            self._numbers += 1
            self._say("ping", id=self.pulse.sent(str(self._numbers), now))
        if self._is_authenticated and now >= self._renew_at:
            self._renew_at = now + _RENEWED_BEFORE_S / 2
            self.is_token_wanted = True
        self._ask(now)

    def authenticate(self, access_token: str) -> None:
        """Says who listens, on this connection."""
        self.is_token_wanted = False
        self.refused_token = ""
        self._token = access_token
        self._is_token_sent = True
        chosen = {} if self._account is None else {"account": self._account}
        self._say("authenticate", id="token", access_token=access_token, **chosen)

    def sign_in(self, signing: Signing) -> None:
        """Says which API key listens, on this connection."""
        self.is_token_wanted = False
        self._is_token_sent = True
        self._say("authenticate", id="token", **signing.sign_in(self.status.session, self._account))

    def no_token(self, sentence: str) -> None:
        """There is no token to be had: private channels are refused."""
        self.is_token_wanted = False
        for channel in [name for name in self._readers if name.startswith(messages.PRIVATE)]:
            self._refuse(channel, codes.NOT_AUTHENTICATED, sentence)

    def _control(self, message: Incoming, now: float) -> None:
        match message.op:
            case "welcome":
                self.status = replace(self.status, session=message.session)
                self.pulse.heartbeat_s = message.heartbeat_s or self.pulse.heartbeat_s
                limit = message.limits.get("channels_per_message", _CHANNELS_PER_MESSAGE)
                self._channels_per_message = max(1, limit)
                self.pulse.note_server_time(message.time, now)
                self._to("synchronising")
                self._ask(now)
            case "subscribed":
                self._answered.update(set(message.channels) & self._asked)
            case "unsubscribed" if message.code:
                self._ended(message)
            case "authenticated":
                self._authenticated(message, now)
            case "pong":
                self.pulse.answered(message.id, message.time, now)
            case "heartbeat":
                self.pulse.note_server_time(message.time, now)
            case "error":
                self._refused(message, now)
        self._settle(now)

    def _data(self, reader: Reader, message: Incoming, now: float) -> None:
        fault = reader.take(message)
        if fault is not None:
            # Once at once; what goes wrong again and again is not asked for without end.
            wait_s = 0.0 if reader.faults == 1 else min(2.0 ** (reader.faults - 2), _LONGEST_WAIT_S)
            self._asked.discard(reader.channel)
            self._answered.discard(reader.channel)
            self._not_before[reader.channel] = now + wait_s
            self._ask(now)
        if fault is not None or self.status.state != "live":
            self._settle(now)

    def _ended(self, message: Incoming) -> None:
        """The server has ended private channels: the token is good no more."""
        self._lose_token()
        for channel in message.channels:
            self._asked.discard(channel)
            self._answered.discard(channel)

    def _authenticated(self, message: Incoming, now: float) -> None:
        self._is_authenticated = True
        self._is_token_sent = False
        self._token_failures = 0
        self._renew_at = math.inf
        if message.expires_at is not None:
            left_s = seconds_of(message.expires_at) - self.pulse.server_time(now)
            self._renew_at = now + max(left_s - _RENEWED_BEFORE_S, 1.0)
        self._ask(now)

    def _refused(self, message: Incoming, now: float) -> None:
        if message.channel:
            self._asked.discard(message.channel)
            if message.code in _FOR_NOW:
                self._lose_token()
            else:
                self._refuse(message.channel, message.code, message.message)
        elif message.id == "token":
            self._is_token_sent = False
            self._token_failures += 1
            if self._token_failures > 1:
                self.no_token(message.message)
            else:
                self._lose_token()

    def _lose_token(self) -> None:
        self._is_authenticated = False
        self.refused_token = self._token
        self.is_token_wanted = True

    def _refuse(self, channel: str, code: str, sentence: str) -> None:
        if self._readers.pop(channel, None) is not None:
            self._asked.discard(channel)
            self.on_refused(channel, code, sentence)

    def _ask(self, now: float) -> None:
        """Subscribes to what is wanted and not asked for yet, as far as it may be."""
        if self.status.state in ("offline", "connecting", "closed"):
            return
        wanted = [reader for reader in self._readers.values() if self._may_ask(reader.channel, now)]
        step = self._channels_per_message
        for start in range(0, len(wanted), step):
            self._numbers += 1
            part = wanted[start : start + step]
            self._say("subscribe", id=str(self._numbers), channels=[_wish(reader) for reader in part])
            self._asked.update(reader.channel for reader in part)
        self._settle(now)

    def _may_ask(self, channel: str, now: float) -> bool:
        if channel in self._asked or now < self._not_before.get(channel, 0.0):
            return False
        if channel.startswith(messages.PRIVATE) and not self._is_authenticated:
            # One that is on its way may be right.
            self.is_token_wanted = self.is_token_wanted or not self._is_token_sent
            return False
        return True

    def _settle(self, now: float) -> None:
        """Finds the state: live when every channel has answered and knows where it stands."""
        if self.status.state not in ("synchronising", "live"):
            return
        is_live = all(self.is_live(channel) for channel in self._readers)
        self._to("live" if is_live else "synchronising")

    def _say(self, op: str, **fields: object) -> None:
        self.outgoing.append(messages.write(op, **fields))

    def _to(self, state: State) -> None:
        if state != self.status.state:
            self.status = replace(self.status, state=state)
            self.on_status(self.status)


def _wish(reader: Reader) -> object:
    """A channel's name, with where to go on from if the reader stands somewhere."""
    if reader.position is None:
        return reader.channel
    epoch, sequence = reader.position
    return {"channel": reader.channel, "epoch": str(epoch), "sequence": str(sequence)}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
