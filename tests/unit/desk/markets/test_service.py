"""How many orders a command of an operator has cancelled, as the replica still knows it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from cse.desk.markets.service import MarketReads
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.models import Group

SEQUENCE, MARKET_ID = 50, 7


def reads(events: bytes | None) -> MarketReads:
    """Markets of a replica that has these events of the command, or none any more."""

    async def group(sequence: int) -> Any:
        assert sequence == SEQUENCE
        return SimpleNamespace(value=None if events is None else Group(SEQUENCE, 0, 0, events))

    return MarketReads(cast(Any, None), cast(Any, SimpleNamespace(group=group)), lambda: 0)


@pytest.mark.parametrize("count", [0, 1, 4096])
async def test_it_is_what_the_core_has_counted(count: int) -> None:
    assert await reads(wire.MarketOrdersCancelled(MARKET_ID, count).encode()).cancelled(SEQUENCE) == count


@pytest.mark.parametrize("events", [None, b""])
async def test_what_is_not_known_any_more_is_not_none(events: bytes | None) -> None:
    with pytest.raises(CodedError) as raised:
        await reads(events).cancelled(SEQUENCE)
    assert raised.value.code is codes.OUTCOME_UNKNOWN
