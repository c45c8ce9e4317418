"""What an operator's session looks up, and what it opens on the way."""

from __future__ import annotations

from typing import Any, cast

from cse.cli.admin.operator import Line, Operator
from cse.desk.markets.changes import Change
from cse.domain.assets import Asset
from cse.engine import wire
from cse.engine._native import Core
from cse.engine.models import Reading
from tests.small_market import BASE, QUOTE, WORLD, listing


class Books:
    """A replica that answers from a core, and nothing that is not yet there."""

    def __init__(self) -> None:
        self.core = Core()

    def apply(self, command: bytes) -> int:
        sequence = self.core.sequence + 1
        group = self.core.apply(sequence, 0, command)
        assert wire.header_of(wire.Group.tail(group))[0] != wire.CommandRejected.KIND
        return sequence

    async def external_account(
        self, asset: int, network: int, *, min_sequence: int = 0
    ) -> Reading[int | None]:
        assert self.core.sequence >= min_sequence
        return Reading(self.core.sequence, self.core.external_account(asset, network))


class Session(Operator):
    """A session whose commands take effect at once."""

    def __init__(self, books: Books) -> None:
        absent = cast(Any, None)
        super().__init__(absent, absent, absent, cast(Any, books), Line("asset create"))
        self._books = books

    async def carry_out(self, command: bytes, change: Change | None = None) -> int:
        return self._books.apply(command)


async def test_an_external_account_is_found_and_opened_where_it_is_missing() -> None:
    books = Books()
    for command in listing():
        books.apply(command)
    session, before = Session(books), books.core.sequence
    assert await session.external_account(Asset(QUOTE, "USDC", 6)) == WORLD
    assert books.core.sequence == before
    opened = await session.external_account(Asset(BASE, "LAB", 6))
    assert opened == books.core.external_account(BASE, 0) is not None
    assert await session.external_account(Asset(BASE, "LAB", 6)) == opened
    assert books.core.sequence == before + 1
