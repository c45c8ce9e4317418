"""Who may go on next where only a few can at once."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from cse.accounts.passwords.turns import Turns
from cse.domain.errors import CodedError


class Queue:
    """Those who ask for turns, in the order given, and what became of them."""

    def __init__(self, at_once: int, waiting_max: int = 100) -> None:
        self.turns = Turns(at_once, waiting_max)
        self.served: list[str] = []
        self.refused: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}
        self._go_on = asyncio.Event()

    async def ask(self, *names: str) -> None:
        """Names such as `home 1`: of `home`, the first."""
        for name in names:
            self.tasks[name] = asyncio.create_task(self._one(name))
            await asyncio.sleep(0)

    async def finish(self) -> None:
        self._go_on.set()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)

    async def _one(self, name: str) -> None:
        try:
            async with self.turns.turn(name.split()[0]):
                self.served.append(name)
                await self._go_on.wait()
        except CodedError as error:
            assert error.code.name == "overloaded"
            self.refused.append(name)


@pytest.mark.parametrize(
    ("at_once", "asked", "served"),
    [
        (1, ["a 1", "a 2", "a 3"], ["a 1", "a 2", "a 3"]),
        (1, ["a 1", "a 2", "a 3", "a 4", "b 1", "b 2"], ["a 1", "a 2", "b 1", "a 3", "b 2", "a 4"]),
        (1, ["a 1", "b 1", "c 1", "a 2"], ["a 1", "b 1", "c 1", "a 2"]),
        (2, ["a 1", "a 2", "a 3", "a 4", "b 1"], ["a 1", "a 2", "a 3", "b 1", "a 4"]),
    ],
)
async def test_names_take_turns(at_once: int, asked: Sequence[str], served: Sequence[str]) -> None:
    queue = Queue(at_once)
    await queue.ask(*asked)
    assert queue.served == asked[:at_once]
    await queue.finish()
    assert queue.served == list(served)


@pytest.mark.parametrize(
    ("waiting", "next_one", "refused"),
    [
        (["a 1", "a 2", "a 3"], "a 4", "a 4"),
        (["a 1", "a 2", "a 3"], "b 1", "a 3"),
        (["a 1", "a 2", "b 1"], "b 2", "b 2"),
        (["a 1", "b 1", "c 1"], "d 1", "d 1"),
    ],
)
async def test_where_too_many_wait_the_latest_of_most_is_refused(
    waiting: Sequence[str], next_one: str, refused: str
) -> None:
    queue = Queue(1, waiting_max=3)
    await queue.ask("first", *waiting, next_one)
    await asyncio.sleep(0)
    assert queue.refused == [refused]
    await queue.finish()
    assert sorted(queue.served) == sorted({"first", *waiting, next_one} - {refused})


async def test_who_gives_up_while_waiting_leaves_the_turn_to_the_next() -> None:
    queue = Queue(1)
    await queue.ask("a 1", "b 1", "b 2", "c 1")
    queue.tasks["b 1"].cancel()
    await queue.finish()
    assert queue.served == ["a 1", "b 2", "c 1"]


async def test_who_gives_up_in_the_moment_of_the_turn_passes_it_on() -> None:
    turns = Turns(1, 10)
    first = turns.turn("a")
    await first.__aenter__()
    second = asyncio.create_task(turns.turn("b").__aenter__())
    await asyncio.sleep(0)
    await first.__aexit__(None, None, None)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    async with asyncio.timeout(1), turns.turn("c"):
        pass


async def test_a_turn_ends_with_an_error_too() -> None:
    turns = Turns(1, 10)
    with pytest.raises(ValueError, match="broken"):
        async with turns.turn("a"):
            raise ValueError("broken")
    async with asyncio.timeout(1), turns.turn("a"):
        pass
