"""A stream over aiohttp: connects, keeps it alive, comes back after a loss."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final, Self

import aiohttp

from cse_client import backoff
from cse_client.encodings import Encoding, packed, query_of, unpacked
from cse_client.errors import ClientError
from cse_client.market import Market
from cse_client.signing import Signing
from cse_client.stream import messages
from cse_client.stream.book import OrderBook
from cse_client.stream.core import Core, Status
from cse_client.stream.order_queues import OrderQueues
from cse_client.stream.reader import Book, Listener, Reader, Update

TokenSource = Callable[[str], Awaitable[str]]

_MESSAGES: Final = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)
_FIRST_WAIT_S: Final = 0.1
_LONGEST_WAIT_S: Final = 15.0
_STEADY_AFTER_S: Final = 10.0
_TICK_S: Final = 0.5
_MESSAGE_BYTES_MAX: Final = 16 << 20


class ChannelRefused(Exception):
    """A channel is not to be had; `code` says why."""

    def __init__(self, channel: str, code: str, sentence: str) -> None:
        super().__init__(f"{channel}: {code}: {sentence}")
        self.channel = channel
        self.code = code
        self.sentence = sentence


class StreamClient:
    """Channels of one exchange, over one connection that is made anew whenever it is lost.

    What listeners are told is checked: nothing is missing between two updates of a channel, and a book
    is the server's. Where something is missing they get a snapshot, as they do at the beginning.

    Args:
        url: the exchange, such as `http://127.0.0.1:8000`; the stream is at `/ws` there.
        access_token: gives a token for private channels; it is handed the token that was refused, or an
            empty text. `CseClient.access_token` is one.
        signing: signs in with an API key, in the place of a token; `CseClient.signing` is one.
        account: which of the person's accounts private channels are of; the main one, or the key's,
            without it.
        encoding: `json`, or `msgpack` for MessagePack in binary frames.
        session: whose connections are used; by default one of its own.
    """

    def __init__(
        self,
        url: str,
        *,
        access_token: TokenSource | None = None,
        signing: Signing | None = None,
        account: str | None = None,
        encoding: Encoding = "json",
        session: aiohttp.ClientSession | None = None,
    ) -> None:
        self._url = url.rstrip("/") + "/ws" + query_of(encoding)
        self._is_packed = encoding == "msgpack"
        self._access_token = access_token
        self._signing = signing
        self._session = session
        self._core = Core(account)
        self._core.on_refused = self._refused
        self._core.on_status = self._noted
        self._readers: dict[str, Reader] = {}
        self._refusals: dict[str, ChannelRefused] = {}
        self._status_listeners: list[Callable[[Status], None]] = []
        self._work: asyncio.Task[None] | None = None
        self._token_work: asyncio.Task[None] | None = None
        # Set when there is something to send; and whenever something has changed, for those who wait.
        self._to_send = asyncio.Event()
        self._changed = asyncio.Event()

    async def __aenter__(self) -> Self:
        self._work = asyncio.create_task(self._run())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in (self._work, self._token_work):
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    @property
    def status(self) -> Status:
        """How the stream is."""
        return self._core.status

    @property
    def latency_s(self) -> float | None:
        """How long an answer takes, and None before the first."""
        return self._core.pulse.latency_s

    def on_status(self, listener: Callable[[Status], None]) -> None:
        """Tells the listener of each new state."""
        self._status_listeners.append(listener)

    def subscribe(self, channel: str, listener: Listener) -> Callable[[], None]:
        """Tells the listener what is new in a channel, a snapshot first; returns how to end that.

        Listeners of one channel share it. They are called in turn and must not wait.

        Raises:
            ValueError: this client cannot read such a channel.
        """
        return self._subscribe(channel, listener, None)

    def order_book(self, market: Market, listener: Listener | None = None) -> OrderBook:
        """A market's book, kept up to date; empty while it is not known. The listener is told of changes."""
        channel = f"{messages.BOOK}.{market.name}"
        book = self._book(channel)
        found = book if isinstance(book, OrderBook) else OrderBook(market)
        self._subscribe(channel, listener or _nothing, found)
        return found

    def order_queues(self, market: Market, listener: Listener | None = None) -> OrderQueues:
        """A market's single orders, kept up to date; empty while they are not known. The listener is told of
        changes."""
        channel = f"{messages.ORDERS}.{market.name}"
        book = self._book(channel)
        found = book if isinstance(book, OrderQueues) else OrderQueues(market)
        self._subscribe(channel, listener or _nothing, found)
        return found

    def _book(self, channel: str) -> Book | None:
        reader = self._readers.get(channel)
        return None if reader is None else reader.book

    async def live(self, *channels: str, timeout_s: float = 15.0) -> None:
        """Returns once these channels, or all there are, are up to date.

        Raises:
            ChannelRefused: one of them is not to be had.
            TimeoutError: it took too long.
        """
        async with asyncio.timeout(timeout_s):
            while not self._are_live(channels or tuple(self._readers)):
                self._changed.clear()
                await self._changed.wait()

    def _are_live(self, channels: tuple[str, ...]) -> bool:
        for channel in channels:
            if channel in self._refusals:
                raise self._refusals[channel]
        return all(self._core.is_live(channel) for channel in channels)

    def _subscribe(self, channel: str, listener: Listener, book: Book | None) -> Callable[[], None]:
        if not messages.is_known(channel):
            raise ValueError(f"{channel} is no channel that this client can read")
        self._refusals.pop(channel, None)
        reader = self._readers.get(channel)
        # A book that begins later than its channel begins with a snapshot.
        if reader is None or (book is not None and reader.book is None):
            before = [] if reader is None else reader.listeners
            if reader is not None:
                self._core.remove(channel, self._now())
            reader = self._readers[channel] = Reader(channel, book)
            reader.listeners += before
            self._core.add(reader, self._now())
            self._to_send.set()
        elif reader.position is not None:
            # What a later listener is to begin with is no longer there.
            self._core.restart(reader, self._now())
            self._to_send.set()
        reader.listeners.append(listener)
        return lambda: self._unsubscribe(channel, listener)

    def _unsubscribe(self, channel: str, listener: Listener) -> None:
        reader = self._readers.get(channel)
        if reader is None or listener not in reader.listeners:
            return
        reader.listeners.remove(listener)
        if not reader.listeners:
            del self._readers[channel]
            self._core.remove(channel, self._now())
            self._to_send.set()

    async def _run(self) -> None:
        """Connects again and again."""
        async with contextlib.AsyncExitStack() as stack:
            session = self._session
            if session is None:
                session = await stack.enter_async_context(aiohttp.ClientSession())
            losses = 0
            while True:
                began = self._now()
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                    await self._connection(session)
                self._core.closed()
                losses = 0 if self._now() - began > _STEADY_AFTER_S else losses + 1
                await asyncio.sleep(backoff.wait_s(losses, first_s=_FIRST_WAIT_S, longest_s=_LONGEST_WAIT_S))

    async def _connection(self, session: aiohttp.ClientSession) -> None:
        async with session.ws_connect(self._url, max_msg_size=_MESSAGE_BYTES_MAX) as socket:
            self._core.opened(self._now())
            minding = asyncio.create_task(self._mind(socket))
            try:
                async for message in socket:
                    if message.type in _MESSAGES:
                        text = unpacked(message.data) if self._is_packed else message.data
                        self._core.received(text, self._now())
                        self._after_input()
            finally:
                minding.cancel()
                with contextlib.suppress(asyncio.CancelledError, aiohttp.ClientError, OSError):
                    await minding

    def _after_input(self) -> None:
        self._changed.set()
        if self._core.outgoing or self._core.is_token_wanted:
            self._to_send.set()

    async def _mind(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Sends what is to be said, and closes a connection from which nothing comes any more."""
        while not self._core.pulse.is_lost(self._now()):
            self._to_send.clear()
            if self._core.is_token_wanted and (self._token_work is None or self._token_work.done()):
                self._token_work = asyncio.create_task(self._fetch_token())
            while self._core.outgoing:
                text = self._core.outgoing.pop(0)
                if self._is_packed:
                    await socket.send_bytes(packed(text))
                else:
                    await socket.send_str(text)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_TICK_S):
                    await self._to_send.wait()
            self._core.tick(self._now())
        await socket.close()

    async def _fetch_token(self) -> None:
        """Gets the token that the core asks for; one that cannot be had for now is asked for again."""
        if self._signing is not None:
            self._core.sign_in(self._signing)
            self._to_send.set()
            return
        if self._access_token is None:
            self._core.no_token("the stream has no access token")
            return
        while self._core.is_token_wanted:
            try:
                token = await self._access_token(self._core.refused_token)
            except ClientError as error:
                if not error.retryable:
                    self._core.no_token(str(error))
                    return
                await asyncio.sleep(_TICK_S)
                continue
            if self._core.is_token_wanted:
                self._core.authenticate(token)
                self._to_send.set()

    def _refused(self, channel: str, code: str, sentence: str) -> None:
        self._readers.pop(channel, None)
        self._refusals[channel] = ChannelRefused(channel, code, sentence)
        self._changed.set()

    def _noted(self, status: Status) -> None:
        self._changed.set()
        for listener in tuple(self._status_listeners):
            listener(status)

    def _now(self) -> float:
        return asyncio.get_running_loop().time()


def _nothing(_: Update) -> None:
    """Listens to a book that is only looked at."""
