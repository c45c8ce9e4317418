"""Cancel on disconnect: orders that are cancelled when the connection ends that guards them.

A guard belongs to one connection. When that ends, for whatever reason, the orders of its account, in all
markets or in some, are cancelled as by `cancel_all`, unless the guard is resumed within its grace. The
process of the connection does it; should that die, another one does that looks on, or the next to start.
What a guard says is in files (`guard_files`), so it outlives every process.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.client import LeaderClient
from cse.engine.models import EngineError, OutcomeUnknown
from cse.trading.guard_files import Guard, GuardFiles, new_name
from cse.trading.mass_cancels import cancel_open

_LOG: Final = logging.getLogger("cse.trading")

LOOK_S: Final = 1.0
# A process that has given no sign of life at so many looks in a row is taken for dead, though it is not.
STALLED_LOOKS: Final = 15
# So long a resumption waits for cancels that have begun.
RESUME_TIMEOUT_S: Final = 5.0
# So long a process that stops carries on with cancels that have begun; others go on with the rest.
CLOSE_TIMEOUT_S: Final = 5.0
_PAUSE_FIRST_S: Final = 0.02
_PAUSE_LAST_S: Final = 1.0

Sleep = Callable[[float], Awaitable[None]]


class Holder(Protocol):
    """The connection that a guard belongs to."""

    def guard_lost(self, name: str) -> None:
        """Another connection has resumed its guard: it goes on without one."""

    def guard_spent(self) -> None:
        """Its guard was taken for one of a dead process: its orders are cancelled, and so it must end."""


class Armed(NamedTuple):
    """A guard that a connection has, and whether it is an earlier one's that goes on."""

    name: str
    resumed: bool


class Guards:
    """The guards of a process, and those that it takes over from the dead."""

    def __init__(self, files: GuardFiles, leader: LeaderClient, sleep: Sleep = asyncio.sleep) -> None:
        self._files = files
        self._leader = leader
        self._sleep = sleep
        self._holders: dict[str, Holder] = {}
        self._ending: set[asyncio.Task[None]] = set()
        # Those whose connections have ended, as long as they may be resumed.
        self._in_grace: dict[str, asyncio.Task[None]] = {}
        # What waits for the grace of guards of stalled processes.
        self._looking_on: set[asyncio.Task[None]] = set()
        # The last sign of life of other processes, and how many looks ago it came.
        self._lives: dict[Path, tuple[int, int]] = {}
        self._is_closing = False

    @property
    def held(self) -> int:
        """How many belong to connections of this process."""
        return len(self._holders)

    def open(self) -> None:
        """Begins; guards may be armed from now on."""
        self._files.open()

    async def close(self) -> None:
        """Carries on with what has begun, for a while, and leaves the rest to others."""
        self._is_closing = True
        for waiting in (*self._in_grace.values(), *self._looking_on):
            waiting.cancel()
        if self._ending:
            await asyncio.wait(self._ending, timeout=CLOSE_TIMEOUT_S)
        for task in self._ending:
            task.cancel()
        await asyncio.gather(*self._ending, return_exceptions=True)
        await asyncio.to_thread(self._files.close)

    async def arm(
        self, guard: Guard, holder: Holder, held: str | None = None, resume: str | None = None
    ) -> Armed:
        """Has a connection guard orders; returns once that is durable.

        It takes up the guard `resume` of the same account, wherever that is. Where it is not there any more
        its orders are cancelled already: with cancels that have begun this waits until they are done, so
        that none of them meets an order that is placed after this. `held` is the guard that the connection
        has; it is this one from now on, or is let be.

        Raises:
            CodedError: `unavailable`: it cannot be kept, or those cancels are not done in time. The
                connection has the guard that it had.
        """
        try:
            new = await asyncio.to_thread(self._files.prepare, guard)
            try:
                resumed = resume is not None and await self._take_over(resume, guard.account, new)
                name = resume if resume is not None and resumed else self._put(new, held, holder)
            finally:
                new.unlink(missing_ok=True)
            # It is had at once: nothing else happens in this process between that and here.
            self._release(name, holder)
            self._holders[name] = holder
            await self._make_durable(name, guard, holder, held, resumed=resumed)
        except OSError as error:
            _LOG.error("a guard cannot be kept: %s", error)
            raise CodedError(codes.UNAVAILABLE) from error
        if held is not None and held != name:
            self._let_go(held, holder)
        return Armed(name, resumed)

    def is_held(self, name: str, holder: Holder) -> bool:
        """Whether a guard is a connection's, as far as this process knows."""
        return self._holders.get(name) is holder

    async def disarm(self, name: str, holder: Holder) -> None:
        """Lets orders be, whatever becomes of the connection.

        Raises:
            CodedError: `unavailable`: after a failure of the machine they might be cancelled all the same.
        """
        try:
            self._let_go(name, holder)
            await asyncio.to_thread(self._files.sync)
        except OSError as error:
            _LOG.error("a guard cannot be let go: %s", error)
            raise CodedError(codes.UNAVAILABLE) from error

    def end(self, name: str, guard: Guard, holder: Holder) -> None:
        """The connection has ended; nothing happens where another one has resumed its guard."""
        if not self.is_held(name, holder):
            return
        del self._holders[name]
        if not guard.grace_ms or self._files.is_spent(name):
            self._fall_due(name, guard)
        elif not self._is_closing:
            self._begin_grace(name, self._wait(name, guard))

    async def watch(self) -> None:
        """Looks after the guards of processes that are dead, as long as this one lives."""
        while True:
            try:
                self.look()
            except Exception:
                _LOG.exception("guards cannot be looked after")
            await self._sleep(LOOK_S)

    def look(self) -> None:
        """Looks once, and begins with what it finds."""
        files = self._files
        files.sign_of_life()
        if files.was_stalled():
            for holder in list(self._holders.values()):
                holder.guard_spent()
        for name in [name for name in self._holders if not files.holds(name)]:
            self._holders.pop(name).guard_lost(name)
        others = files.others()
        self._lives = {directory: self._lives.get(directory, (0, 0)) for directory in others}
        for directory in others:
            left = files.adopt(directory)
            if left is None:
                self._look_at(directory)
            else:
                for name, is_due in left.items():
                    taking_up = self._take_up(name, is_due=is_due)
                    if is_due:
                        self._begin(taking_up)
                    else:
                        self._begin_grace(name, taking_up)

    def _look_at(self, directory: Path) -> None:
        """Looks at a process that lives, and may have stalled."""
        before, looks = self._lives[directory]
        try:
            now = self._files.life(directory)
        except FileNotFoundError:
            return
        self._lives[directory] = (now, looks + 1 if now == before else 0)
        # Once; whoever else looks on does so too, lest this one dies before it comes to cancel.
        if looks != STALLED_LOOKS:
            return
        for name, guard in self._files.note_stalled(directory).items():
            task = self._begin(self._relieve(directory, name, guard))
            self._looking_on.add(task)
            task.add_done_callback(self._looking_on.discard)

    async def _take_over(self, name: str, account: int, new: Path) -> bool:
        """Takes up a guard of the account wherever it is; False when it is not there any more."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + RESUME_TIMEOUT_S
        while True:
            found = self._files.find(name, account)
            if found is None:
                return False
            if self._files.take(found, new):
                return True
            if self._files.take_spent(found):
                self._files.drop(name)
                return False
            if loop.time() > give_up_at:
                raise CodedError(codes.UNAVAILABLE)
            await self._sleep(_PAUSE_FIRST_S)

    def _put(self, new: Path, held: str | None, holder: Holder) -> str:
        """Makes a guard of what was prepared: the one that the connection still has, or a new one."""
        is_held = held is not None and self.is_held(held, holder)
        if held is not None and is_held and self._files.take(self._files.find_own(held), new):
            return held
        name = new_name()
        self._files.put(new, name)
        return name

    async def _make_durable(
        self, name: str, guard: Guard, holder: Holder, held: str | None, *, resumed: bool
    ) -> None:
        try:
            await asyncio.to_thread(self._files.sync)
        except OSError:
            if resumed and name != held:
                # It was taken from where it was, and nobody is told that he has it.
                self.end(name, guard, holder)
            elif name != held:
                self._let_go(name, holder)
            raise

    def _let_go(self, name: str, holder: Holder) -> None:
        if self.is_held(name, holder):
            del self._holders[name]
            self._files.drop(name)

    def _release(self, name: str, holder: Holder) -> None:
        """Whoever had a guard in this process, and is not the one who has it now, has it no more."""
        before = self._holders.pop(name, None)
        if before is not None and before is not holder:
            before.guard_lost(name)
        self._end_grace(name)

    def _begin_grace(self, name: str, work: Coroutine[None, None, None]) -> None:
        # One of an earlier end may still be there: the guard was elsewhere meanwhile, and has come back.
        self._end_grace(name)
        self._in_grace[name] = self._begin(work)

    def _end_grace(self, name: str) -> None:
        waiting = self._in_grace.pop(name, None)
        if waiting is not None:
            waiting.cancel()

    def _begin(self, work: Coroutine[None, None, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._ending.add(task)
        task.add_done_callback(self._note_end)
        return task

    def _note_end(self, task: asyncio.Task[None]) -> None:
        self._ending.discard(task)
        if not task.cancelled() and task.exception() is not None:
            _LOG.error("orders are not cancelled", exc_info=task.exception())

    async def _wait(self, name: str, guard: Guard) -> None:
        """A guard whose connection has ended, and that may still be resumed."""
        if guard.grace_ms:
            await self._sleep(guard.grace_ms / 1_000)
        self._in_grace.pop(name, None)
        self._fall_due(name, guard)

    def _fall_due(self, name: str, guard: Guard) -> None:
        """Nobody has resumed it; unless somebody did, in another process."""
        found: Guard | None = guard
        try:
            found = self._files.make_due(name)
        except OSError as error:
            _LOG.error("a guard cannot be marked as due: %s", error)
        if found is not None:
            self._begin(self._carry_out(name, found))

    async def _carry_out(self, name: str, guard: Guard) -> None:
        await self._cancel(guard)
        self._files.drop(name)
        await asyncio.to_thread(self._files.sync)

    async def _take_up(self, name: str, *, is_due: bool) -> None:
        """A guard of a dead process. What that sent last, the leader has read before it answers this."""
        await self._until_answered(self._leader.status)
        guard = self._files.read_own(name)
        if guard is None:
            self._in_grace.pop(name, None)
            return
        _LOG.info("orders of account %d are left to this process to cancel", guard.account)
        if is_due:
            await self._carry_out(name, guard)
        else:
            await self._wait(name, guard)

    async def _relieve(self, directory: Path, name: str, guard: Guard) -> None:
        """A guard of a process that does nothing: until its grace is over it can be resumed, as any other.

        Then it is spent. Its process, when it goes on, ends the connection and cancels once more what came
        meanwhile; unless somebody has come back by then, for whom the guard is gone.
        """
        if guard.grace_ms:
            await self._sleep(guard.grace_ms / 1_000)
        self._looking_on.discard(_this_task())
        if not self._files.relieve(directory, name):
            return
        _LOG.warning("a process has stalled; orders of account %d are cancelled", guard.account)
        await self._cancel(guard)
        if not self._files.give_back(directory, name):
            # What it has sent meanwhile, the leader has read before it answers this.
            await self._until_answered(self._leader.status)
            await self._carry_out(name, guard)

    async def _cancel(self, guard: Guard) -> None:
        for market in guard.markets or [0]:
            try:
                await self._until_answered(partial(self._cancel_in, guard.account, market))
            except CodedError as error:
                _LOG.error("orders of account %d are not cancelled: %s", guard.account, error)

    async def _cancel_in(self, account: int, market: int) -> None:
        try:
            await cancel_open(self._leader, account, market)
        except CodedError as error:
            if error.code is codes.OUTCOME_UNKNOWN:
                raise OutcomeUnknown(str(error)) from error
            raise

    async def _until_answered(self, ask: Callable[[], Awaitable[object]]) -> None:
        """Asks the leader until it answers: each time has the same effect."""
        pause_s = _PAUSE_FIRST_S
        while True:
            try:
                await ask()
                return
            except EngineError:
                await self._sleep(pause_s)
                pause_s = min(2 * pause_s, _PAUSE_LAST_S)


def _this_task() -> asyncio.Task[None]:
    task = asyncio.current_task()
    assert task is not None
    return task
