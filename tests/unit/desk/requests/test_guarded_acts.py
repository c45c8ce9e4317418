"""What is approved is what the request has shown: of a market that is another by then nothing is done."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from cse.audit.models import Actor
from cse.desk.markets.service import MarketReads
from cse.desk.requests import guarded_acts
from cse.desk.requests.guarded_acts import GuardedActs
from cse.desk.requests.models import Asked, DeskRequest, GuardedAct
from cse.domain import codes
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.runtime.postgres import Connected
from tests.unit.desk.markets.test_changes import MARKET

OUTBOX_NUMBER = 5
CONNECTION = cast(Connected, None)
BY = Actor.operator("root")
RATES = {"maker_fee_ppm": 0, "taker_fee_ppm": 0, "tier": 0}
FEES = Asked(
    GuardedAct.SET_MARKET_FEES, "LAB-USDC", RATES,
    "maker_fee_ppm=1000, taker_fee_ppm=2000", "maker_fee_ppm=0, taker_fee_ppm=0", "why",
)  # fmt: skip
DELISTING = Asked(GuardedAct.DELIST_MARKET, "LAB-USDC", {}, "status=open", "status=delisted", "why")


async def approved(asked: Asked, market: Market) -> int | None:
    """Carries out what is asked for about a market as it is now."""

    async def market_now(name: str, min_sequence: int) -> Any:
        return SimpleNamespace(value=market)

    reads = MarketReads(cast(Any, SimpleNamespace(market_now=market_now)), cast(Any, None), lambda: 0)
    request = DeskRequest(UUID(int=1), asked, UUID(int=2), 0, 1, False, None, None, None, None, None)
    acts = GuardedActs(reads, cast(Any, None), cast(Any, None)).acts()
    return await acts[asked.act](CONNECTION, request, BY)


@pytest.fixture(autouse=True)
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    done: list[str] = []

    async def enqueue_change(*arguments: Any) -> int:
        done.append(arguments[1].after)
        return OUTBOX_NUMBER

    monkeypatch.setattr(guarded_acts, "enqueue_change", enqueue_change)
    return done


@pytest.mark.parametrize("asked", [FEES, DELISTING])
async def test_a_market_as_it_was_shown_is_changed(asked: Asked, enqueued: list[str]) -> None:
    assert await approved(asked, replace(MARKET, status=MarketStatus.OPEN)) == OUTBOX_NUMBER
    assert enqueued == [asked.after]


@pytest.mark.parametrize(
    ("asked", "market"),
    [
        (FEES, replace(MARKET, taker_fee_ppm=1)),
        (DELISTING, replace(MARKET, status=MarketStatus.CANCEL_ONLY)),
    ],
)
async def test_one_that_is_another_by_now_is_not(asked: Asked, market: Market, enqueued: list[str]) -> None:
    with pytest.raises(CodedError) as refused:
        await approved(asked, market)
    assert refused.value.code is codes.VERSION_OUTDATED
    assert enqueued == []
