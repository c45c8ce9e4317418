"""A connection that hears channels, without its socket: what it asks for, and what it is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol, TypeAlias

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.scopes import KeyScope
from cse.runtime.http.route import Access, Caller
from cse.streams import messages, names
from cse.streams.channels.channel import Channel
from cse.streams.hub import Hub
from cse.streams.messages import From, Message
from cse.streams.peer import Connection, Peer, Surroundings

# What was missed is put together for one connection alone, and a position that is ahead of a channel's is
# told to all who hear it. A snapshot of all orders is long.
_COST_OF_POSITIONS: Final = 5.0

_ORDERS: Final = f"{names.ORDERS}."

# Where a subscriber goes on: a position it brought along, a sequence of this process, or the beginning.
Since: TypeAlias = tuple[int, int] | int | None


class Shared(Surroundings, Protocol):
    """What all sessions of a process share."""

    hub: Hub


class Session(Peer):
    """A connection that hears channels."""

    __slots__ = ("_account", "_behind", "_is_another", "_is_expected", "_shared", "_subscriptions")

    def __init__(self, around: Shared, connection: Connection, address: str) -> None:
        super().__init__(around, connection, address)
        self._shared = around
        # Who was signed in last, and whether that was somebody else before: a position does not say whose
        # it is, so from then on none of a private channel is good here.
        self._account: int | None = None
        self._is_another = False
        self._subscriptions: dict[str, Channel] = {}
        # Channels that it is not in step with.
        self._behind: dict[Channel, Since] = {}
        # Whether it has subscribed to something since the last turn.
        self._is_expected = False

    @property
    def subscriptions(self) -> int:
        """How many there are."""
        return len(self._subscriptions)

    def bounds(self) -> dict[str, int]:
        """What a client is told of the limits."""
        limits = self._around.limits
        return {
            "subscriptions": limits.subscriptions,
            "channels_per_message": limits.channels_per_message,
            **limits.announced(),
        }

    def take(self, payload: bytes) -> None:
        """Takes a text message."""
        try:
            self._carry_out(messages.read_message(payload))
        except CodedError as error:
            self._refuse(error, messages.id_of(payload))

    def _carry_out(self, message: Message) -> None:
        match message.op:
            case "subscribe":
                wanted = self._named(message)
                if not any(map(_is_dear, wanted)) or self._spend(_COST_OF_POSITIONS):
                    self._subscribe(message.id, wanted)
            case "unsubscribe":
                self._unsubscribe(message.id, self._named(message))
            case "authenticate":
                self._authenticate(message)
            case "ping":
                self._pong(message.id)
            case unknown:
                raise messages.unknown_op(unknown)

    def _named(self, message: Message) -> list[str | From]:
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
            self._shared.hub.expect(self)

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
            is_notifications = parsed.kind == names.USER_NOTIFICATIONS
            (Access.PERSON if is_notifications else Access.READ).admit(self.caller)
            account = self.caller.account
        limit = self._around.limits.subscriptions
        if name not in self._subscriptions and len(self._subscriptions) >= limit:
            raise CodedError(codes.SUBSCRIPTION_LIMIT, limit=limit)
        if parsed.kind == names.USER_NOTIFICATIONS:
            assert self.caller is not None, "who is not signed in has no private channel"
            return self._shared.hub.notifications.channel(self.caller.person)
        return self._shared.hub.find(parsed, account)

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
        if not channel.listeners:
            self._shared.hub.drop(channel)
        return True

    def _unsubscribe(self, id_: str | None, unwanted: Iterable[str | From]) -> None:
        given = [item if isinstance(item, str) else item.channel for item in unwanted]
        gone = [name for name in given if self._remove(name)]
        self._tell(messages.unsubscribed(gone, id_))

    def _sign_in(self, id_: str | None, caller: Caller) -> None:
        if self.caller is not None and self.caller.account != caller.account:
            self._end_private(codes.NOT_AUTHENTICATED)
        elif KeyScope.READ not in caller.scopes:
            self._end_private(codes.SCOPE_MISSING)
        self._is_another |= self._account not in (None, caller.account)
        self._account = caller.account
        super()._sign_in(id_, caller)

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
        super().buffer_full()
        for channel in self._subscriptions.values():
            if channel.leave(self):
                self._behind[channel] = channel.sequence

    def buffer_free(self) -> None:
        """It has read: what it missed can be told now."""
        super().buffer_free()
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
            if not channel.ready:
                channel.wait(self)
                continue
            del self._behind[channel]
            if isinstance(since, tuple):
                since = channel.resumed(*since)
            channel.join(self)
            frame = channel.missed_since(since)
            if frame is not None:
                self._tell(frame)

    def _last_told_s(self) -> float:
        """When it was last sent a message, whichever."""
        return max(
            self._told_at_s,
            max((channel.published_at_s for channel in self._subscriptions.values()), default=0.0),
        )

    def leave(self) -> None:
        """Nothing more is told and nothing more is taken."""
        self.is_closed = True
        self._shared.hub.forget(self)
        for name in list(self._subscriptions):
            self._remove(name)


def _is_dear(item: str | From) -> bool:
    return not isinstance(item, str) or item.startswith(_ORDERS)
