"""A connection that carries orders, without its socket."""

from __future__ import annotations

import asyncio
from collections import deque
from functools import partial
from typing import Final, Protocol

from msgspec import UNSET

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.scopes import KeyScope
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Caller, Reply
from cse.streams import frames
from cse.streams.messages import id_of, malformed, unknown_op
from cse.streams.orders import messages
from cse.streams.orders.limits import CANCELS_OF_GUARD, FREE_PARTS, OrderLimits
from cse.streams.orders.messages import OrderMessage
from cse.streams.orders.operations import Operation
from cse.streams.orders.parts import CONTROLS
from cse.streams.peer import COST, Connection, Peer, Surroundings
from cse.trading.guard_files import Guard
from cse.trading.guards import Guards

_UNAUTHORIZED: Final = 401


class Answered(Protocol):
    """Takes the answer to a request, once."""

    def __call__(self, reply: Reply) -> None: ...


class Shared(Surroundings, Protocol):
    """What all of them in a process share."""

    limits: OrderLimits
    operations: dict[str, Operation]
    guards: Guards
    rates: Rates

    def serve(
        self, operation: Operation, message: OrderMessage, session: OrderSession, answered: Answered
    ) -> asyncio.Task[None] | None:
        """Carries a request out; the task that does, where it takes one."""

    async def market_ids(self, names: list[str]) -> list[int]:
        """The ids that the core gave to markets. Raises `CodedError`."""


class OrderSession(Peer):
    """A connection that carries orders of one account."""

    __slots__ = (
        "_arming",
        "_arrived_at_s",
        "_guard",
        "_guard_name",
        "_is_draining",
        "_is_held",
        "_shared",
        "_starting",
        "_tasks",
        "_under_way",
        "_waiting",
    )

    def __init__(self, around: Shared, connection: Connection, address: str) -> None:
        super().__init__(around, connection, address)
        self._shared = around
        self._arrived_at_s = around.now_s()
        # What requests under way weigh together, and messages that wait until that is less.
        self._under_way = 0
        self._waiting: deque[bytes] = deque()
        self._is_held = False
        self._is_draining = False
        self._tasks: set[asyncio.Task[None]] = set()
        # The task that was made last, if what it sends to the core may not have gone out yet.
        self._starting: asyncio.Task[None] | None = None
        self._guard_name = ""
        self._guard: Guard | None = None
        self._arming: asyncio.Task[None] | None = None

    def bounds(self) -> dict[str, int]:
        """What a client is told of the limits."""
        limits = self._shared.limits
        return {
            "in_flight": limits.in_flight,
            "grace_ms": limits.grace_ms_max,
            **limits.announced(),
        }

    def heard(self, part: int = 0) -> bool:
        """A frame came. What a request takes is told by the account's rates, as over HTTP."""
        if not 0 < part <= FREE_PARTS:
            return super().heard(part)
        self._heard_at_s = self._around.now_s()
        return not self.is_closed

    def take(self, payload: bytes) -> None:
        """Takes a text message, at once unless too much is under way."""
        if self._is_full() or self._waiting:
            self._waiting.append(payload)
            if self._is_full() or len(self._waiting) > self._shared.limits.in_flight:
                self._hold()
        elif not self._take(payload):
            self._waiting.append(payload)

    def buffer_full(self) -> None:
        """It does not read its answers: nothing more is taken of it until it does."""
        super().buffer_full()
        self._hold()

    def buffer_free(self) -> None:
        """It has read."""
        super().buffer_free()
        self._drain()

    def sign_out(self, code: Code) -> None:
        """Its token is good no more; without one it is of no use."""
        self.close(CodedError(code), frames.CLOSE_POLICY)

    def signed_in(self) -> Caller | None:
        """Who is signed in. Its end is told within a second, and counts at once."""
        caller = self.caller
        if caller is not None and caller.expires_at_s * 1_000_000 <= self._shared.wall_us():
            return None
        return caller

    def tick(self, now_s: float, wall_s: float) -> None:
        """Looks after the connection; to be called about once a second."""
        if self.caller is None and now_s - self._arrived_at_s > self._shared.limits.sign_in_s:
            self.close(CodedError(codes.NOT_AUTHENTICATED), frames.CLOSE_POLICY)
        super().tick(now_s, wall_s)

    def leave(self) -> None:
        """Nothing more is told and nothing more is taken; what it guards is cancelled."""
        if self.is_closed:
            return
        self.is_closed = True
        self._waiting.clear()
        if self._guard is None:
            return
        # What has not gone to the core yet must not come there after the cancels.
        for task in self._tasks:
            task.cancel()
        self._shared.guards.end(self._guard_name, self._guard, self)
        self._guard = None

    def guard_lost(self, name: str) -> None:
        """Another connection has resumed its guard."""
        # One that it was not told of yet, it is told of as lost.
        if self._guard is not None and name == self._guard_name:
            self._guard = None
            self._tell(messages.unguarded())

    def guard_spent(self) -> None:
        """Its orders were cancelled, for this process did nothing for too long."""
        self.close(CodedError(codes.UNAVAILABLE), frames.CLOSE_RESTART)

    # Requests

    def _is_full(self) -> bool:
        return self._under_way >= self._shared.limits.in_flight or self._full_since_s is not None

    def _take(self, payload: bytes) -> bool:
        """Takes a message; False when it is to be taken a little later."""
        try:
            message = messages.read_message(payload)
            operation = self._shared.operations.get(message.op)
            if operation is None:
                if self._spend(COST):
                    self._control(message)
                return True
        except CodedError as error:
            if self._spend(COST):
                self._refuse(error, id_of(payload))
            return True
        if self._starting is not None and operation.route.direct is not None:
            # What needs no task must not overtake what was sent before it.
            return False
        self._under_way += operation.weight
        answered = partial(self._answer, message.id, operation.weight)
        task = self._shared.serve(operation, message, self, answered)
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            self._starting = task
            # It begins with the next turn of the loop, and what it begins (a batch) with the one after.
            loop = asyncio.get_running_loop()
            loop.call_soon(loop.call_soon, self._started, task)
        return True

    def _started(self, task: asyncio.Task[None]) -> None:
        if task is self._starting:
            self._starting = None
            self._drain()

    def _answer(self, id_: str | None, weight: int, reply: Reply) -> None:
        self._under_way -= weight
        if self.is_closed:
            return
        self._tell(messages.answer(id_, reply))
        if reply.status == _UNAUTHORIZED or self.caller is None:
            # Nobody's rates have paid for it.
            self._spend(COST)
        if self._waiting or self._is_held:
            self._drain()

    def _hold(self) -> None:
        if not self._is_held:
            self._is_held = True
            self._connection.take_in(on=False)

    def _drain(self) -> None:
        """Takes what waits, as far as there is room, and reads on once nothing does."""
        if self._is_draining or self.is_closed:
            return
        self._is_draining = True
        while self._waiting and not self._is_full():
            payload = self._waiting.popleft()
            if not self._take(payload):
                self._waiting.appendleft(payload)
                break
        self._is_draining = False
        if self._is_held and not self._is_full() and not self._waiting and not self.is_closed:
            self._is_held = False
            self._connection.take_in(on=True)

    # All else

    def _control(self, message: OrderMessage) -> None:
        if message.op in CONTROLS:
            CONTROLS[message.op].check(message)
        match message.op:
            case "authenticate":
                self._authenticate(message)
            case "cancel_on_disconnect":
                self._set_guard(message)
            case "ping":
                self._pong(message.id)
            case unknown:
                raise unknown_op(unknown)

    def _sign_in(self, id_: str | None, caller: Caller) -> None:
        if self.caller is not None and self.caller.account != caller.account:
            # What is guarded here is somebody else's.
            self.close(CodedError(codes.NOT_AUTHENTICATED), frames.CLOSE_POLICY)
            return
        super()._sign_in(id_, caller)

    def _set_guard(self, message: OrderMessage) -> None:
        caller = self.signed_in()
        if caller is None:
            raise CodedError(codes.NOT_AUTHENTICATED)
        caller.require(KeyScope.TRADE)
        limit = self._shared.limits.grace_ms_max
        if message.grace_ms is not UNSET and message.grace_ms > limit:
            raise malformed(f"grace_ms is at most {limit}")
        self._arming = asyncio.create_task(self._arm(message, caller, self._arming))

    async def _arm(self, message: OrderMessage, caller: Caller, before: asyncio.Task[None] | None) -> None:
        """Begins to guard, one message after another, and says so when it is durable."""
        if before is not None:
            await asyncio.wait({before})
        try:
            if message.enabled is not False:
                await self._guard_from_now(message, caller)
            else:
                await self._let_be(message.id)
        except CodedError as error:
            self._refuse(error, message.id)

    async def _guard_from_now(self, message: OrderMessage, caller: Caller) -> None:
        guards = self._shared.guards
        named = None if message.markets is None else list(dict.fromkeys(message.markets))
        markets = None if named is None else await self._shared.market_ids(named)
        guard = Guard(caller.account, markets, 0 if message.grace_ms is UNSET else message.grace_ms)
        if guard == self._guard and message.resume is None:
            self._tell(messages.guarded(message.id, self._guard_name, named, guard.grace_ms, resumed=False))
            return
        # Its end is paid for here: when that comes nobody can be refused, or asked to wait.
        self._shared.rates.take_cancels(caller, CANCELS_OF_GUARD + (1 if markets is None else len(markets)))
        held = self._guard_name if self._guard is not None else None
        name, resumed = await guards.arm(guard, self, held, message.resume)
        if self.is_closed:
            guards.end(name, guard, self)
            return
        is_held = guards.is_held(name, self)
        self._guard_name, self._guard = name, guard if is_held else None
        self._tell(messages.guarded(message.id, name, named, guard.grace_ms, resumed=resumed))
        if not is_held:
            # Somebody else has resumed it in that moment.
            self._tell(messages.unguarded())

    async def _let_be(self, id_: str | None) -> None:
        if self._guard is not None:
            self._guard = None
            await self._shared.guards.disarm(self._guard_name, self)
        self._tell(messages.unguarded(id_))
