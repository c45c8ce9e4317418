"""The last use of a key is gathered, and written once a minute at most."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import psycopg
import pytest

from cse.accounts.api_keys import store
from cse.accounts.api_keys.models import Use
from cse.accounts.api_keys.uses import KeyUses

KEY, OTHER = UUID(int=5), UUID(int=6)
MINUTE_US = 60_000_000
NOW_US = 1_764_150_000 // 60 * MINUTE_US


class Written:
    """A PostgreSQL that notes what it is given, or is away."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.uses: list[Use] = []
        self.is_away = False
        monkeypatch.setattr(store, "note_uses", self._note)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[None]:
        if self.is_away:
            raise psycopg.OperationalError
        yield

    async def _note(self, _: Any, uses: list[Use]) -> None:
        self.uses += uses


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    return Written(monkeypatch)


async def test_a_key_is_written_once_a_minute_however_often_it_is_used(written: Written) -> None:
    pool: Any = written
    uses = KeyUses(pool)
    for second in range(60):
        uses.note(KEY, NOW_US + second * 1_000_000, "203.0.113.7")
        await uses.write()
    assert written.uses == [Use(KEY, NOW_US // 1_000_000, "203.0.113.7")]
    uses.note(KEY, NOW_US + MINUTE_US, "203.0.113.8")
    await uses.write()
    assert written.uses[1:] == [Use(KEY, NOW_US // 1_000_000 + 60, "203.0.113.8")]


async def test_what_could_not_be_written_is_kept(written: Written) -> None:
    pool: Any = written
    uses = KeyUses(pool)
    uses.note(KEY, NOW_US, "203.0.113.7")
    written.is_away = True
    with pytest.raises(psycopg.OperationalError):
        await uses.write()
    uses.note(OTHER, NOW_US + MINUTE_US, "203.0.113.7")
    written.is_away = False
    await uses.write()
    assert {use.key for use in written.uses} == {KEY, OTHER}
