"""Statements take turns: one of an account, two of an edge, and a bound of those that wait."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.portfolio.turns import AT_ONCE, OF_AN_ACCOUNT_MAX, Turns


class Work:
    """Statements that end when they are let."""

    def __init__(self) -> None:
        self.turns = Turns()
        self.now: Counter[int] = Counter()
        self.done: list[int] = []
        self._end = asyncio.Semaphore(0)

    def begin(self, account: int) -> asyncio.Task[None]:
        return asyncio.create_task(self._work(account))

    async def end_one(self) -> None:
        self._end.release()
        await settle()

    async def _work(self, account: int) -> None:
        async with self.turns.of(account):
            self.now[account] += 1
            try:
                await self._end.acquire()
            finally:
                self.now[account] -= 1
            self.done.append(account)


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_an_account_has_one_turn_and_all_have_a_few() -> None:
    work = Work()
    begun = [work.begin(account) for account in (1, 1, 2, 3)]
    await settle()
    assert +work.now == Counter({1: 1, 2: 1})
    assert work.now.total() == AT_ONCE
    for _ in begun:
        await work.end_one()
        assert max(work.now.values()) <= 1
    assert sorted(work.done) == [1, 1, 2, 3]


async def test_too_many_of_an_account_are_refused_until_one_is_done() -> None:
    work = Work()
    begun = [work.begin(1) for _ in range(OF_AN_ACCOUNT_MAX)]
    await settle()
    with pytest.raises(CodedError) as refused:
        await work.begin(1)
    assert refused.value.code == codes.RATE_LIMITED
    await work.end_one()
    begun.append(work.begin(1))
    for _ in begun:
        await work.end_one()
    assert len(work.done) == OF_AN_ACCOUNT_MAX + 1


async def test_who_gives_up_or_fails_leaves_the_turn() -> None:
    work = Work()
    begun = [work.begin(1) for _ in range(OF_AN_ACCOUNT_MAX)]
    await settle()
    for task in begun:
        task.cancel()
    await asyncio.gather(*begun, return_exceptions=True)
    last = work.begin(1)
    await work.end_one()
    await last
    assert work.done == [1]
