"""Candles of the database and what has traded since, put together without a seam."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cse.engine.models import DatedTrade, JournalPosition, NotYetVisible, Reading
from cse.marketdata import candle_history
from cse.marketdata.candle_history import CandleHistory, CandlePage
from cse.marketdata.candle_reads import PageRead
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import Interval
from tests.marketdata.plain import Trade, dated, plain_candles

MINUTE_US = 60_000_000
# Two trades in each of minutes 1, 2, 4 and 5.
TRADES = [
    Trade(minute * MINUTE_US + second * 1_000_000, number, 10 + number, number, (10 + number) * number)
    for number, (minute, second) in enumerate(
        [(1, 0), (1, 59), (2, 0), (2, 30), (4, 1), (4, 2), (5, 0), (5, 59)], 1
    )
]


def history(written: int, behind: int = 0) -> CandleHistory:
    """PostgreSQL has the first `written` trades in its candles; trades up to `behind` are nowhere."""

    async def page(_: int, interval: Interval, from_us: int | None, to_us: int, limit: int) -> PageRead:
        found = [
            candle
            for candle in plain_candles(interval, TRADES[:written])
            if (from_us or 0) <= candle.start_us < to_us
        ]
        return PageRead(written, found[-limit:] if from_us is None else found[:limit])

    async def after(_: int, after: int, limit: int, sequence: int) -> Reading[list[DatedTrade]]:
        assert sequence >= 70, "not before the time that closes candles"
        if after < behind:
            raise NotYetVisible
        found = [dated(trade.trade_id, trade.time_us, trade.price, trade.quantity) for trade in TRADES]
        return Reading(77, found[after : after + limit])

    async def position() -> JournalPosition:
        return JournalPosition(1, 70, 6 * MINUTE_US)

    async def trades(_: int, limit: int, **__: Any) -> Reading[list[DatedTrade]]:
        assert limit == 0
        return Reading(69, [])

    replica = SimpleNamespace(position=position, trades=trades)
    parts: Any = replica, SimpleNamespace(page=page), SimpleNamespace(after=after)
    return CandleHistory(*parts)


async def page_of(
    data: CandleHistory, from_us: int | None, to_us: int | None, limit: int = 100
) -> CandlePage:
    reading = await data.page(1, Interval.MINUTE_1, from_us, to_us, limit, 0)
    assert reading.sequence == 77
    return reading.value


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 100])
@pytest.mark.parametrize(
    ("from_minute", "to_minute"),
    [
        (None, None),
        (None, 5),
        (None, 4.5),
        (None, 1),
        (0, None),
        (2, None),
        (1.5, None),
        (3, 5),
        (5, 5),
        (6, 9),
    ],
)
async def test_how_much_the_database_has_changes_nothing(
    limit: int, from_minute: float | None, to_minute: float | None
) -> None:
    from_us = None if from_minute is None else int(from_minute * MINUTE_US)
    to_us = None if to_minute is None else int(to_minute * MINUTE_US)
    within = [
        candle
        for candle in plain_candles(Interval.MINUTE_1, TRADES)
        if (from_us or 0) <= candle.start_us < (to_us or 99 * MINUTE_US)
    ]
    expected = within[-limit:] if from_us is None else within[:limit]
    next_us = None
    if len(within) > limit:
        next_us = within[-limit].start_us if from_us is None else within[limit].start_us
    for written in range(len(TRADES) + 1):
        found = await page_of(history(written), from_us, to_us, limit)
        assert (found.candles, found.next_us) == (expected, next_us)


@pytest.mark.parametrize("limit", [1, 2, 3])
async def test_paged_through_in_both_directions_every_candle_comes_once(limit: int) -> None:
    everything = plain_candles(Interval.MINUTE_1, TRADES)
    found: list[Candle] = []
    next_us: int | None = 0
    while next_us is not None:
        page = await page_of(history(5), next_us, None, limit)
        found, next_us = found + page.candles, page.next_us
    assert found == everything
    page = await page_of(history(5), None, None, limit)
    found = page.candles
    while page.next_us is not None:
        page = await page_of(history(5), None, page.next_us, limit)
        found = page.candles + found
    assert found == everything


async def test_a_database_too_far_behind_is_not_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotYetVisible):
        await page_of(history(2, behind=3), None, None)
    monkeypatch.setattr(candle_history, "BEHIND_MAX", 6)
    assert len((await page_of(history(3), None, None)).candles) == 4
    with pytest.raises(NotYetVisible):
        await page_of(history(2), None, None)


@pytest.mark.parametrize("interval", Interval)
@pytest.mark.parametrize("at_us", [-1, 0, 1, 253_402_300_799_999_999, 10**18])
async def test_no_time_is_too_early_or_too_late(interval: Interval, at_us: int) -> None:
    for from_us, to_us in ((at_us, None), (None, at_us), (at_us, at_us)):
        assert (await history(8).page(1, interval, from_us, to_us, 10, 0)).sequence == 77
