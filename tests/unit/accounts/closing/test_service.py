"""What is in the way of closing an account, of all of a person's accounts together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from cse.accounts.closing.service import Closings
from cse.engine import wire

ACCOUNTS = list(range(20, 121))


class Core:
    """What accounts have; it notes what it was asked."""

    def __init__(self, held: dict[int, int], ordered: set[int]) -> None:
        self.asked: list[str] = []
        self._held, self._ordered = held, ordered

    async def balances_of(self, accounts: list[int], *, min_sequence: int) -> Any:
        self.asked.append("balances")
        found = [[wire.BalanceState(one, 1, 0, self._held.get(one, 0))] for one in accounts]
        return SimpleNamespace(value=found)

    async def open_orders(self, account: int, *, limit: int, min_sequence: int) -> Any:
        self.asked.append("orders")
        return SimpleNamespace(value=[account] if account in self._ordered else [])


@pytest.mark.parametrize(
    ("held", "ordered", "in_the_way", "questions"),
    [
        ({}, set(), [], 102),
        ({120: 1}, set(), ["balances"], 102),
        ({}, {21}, ["open_orders"], 3),
        ({20: 5}, {20}, ["balances", "open_orders"], 2),
    ],
)
async def test_all_accounts_are_looked_at_and_no_more_than_it_takes(
    held: dict[int, int], ordered: set[int], in_the_way: list[str], questions: int
) -> None:
    core = Core(held, ordered)
    closings = Closings(*cast(Any, (None, None, core, None)))
    assert await closings._in_the_way(ACCOUNTS, 7) == in_the_way
    assert len(core.asked) == questions
