"""Groups of events as candles: none left out, none counted that is no trade."""

from __future__ import annotations

import pytest

from cse.engine import wire
from cse.marketdata.batch import Batch, CandlesFailed, Position
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import KEPT, Interval
from tests.ledger.scenario import Life
from tests.marketdata.events import group, traded
from tests.marketdata.plain import Trade
from tests.marketdata.recomputed import Candles, recomputed, trades_of

START = Position(0, 0, 0)


@pytest.fixture(scope="module")
def life() -> Life:
    life = Life(seed=5)
    life.go_on(1_500)
    return life


def candles_of(batch: Batch) -> Candles:
    found: Candles = {}
    for interval, candles in batch.candles().items():
        for (market, start_us), candle in sorted(candles.items()):
            assert candle.start_us == start_us
            found.setdefault((market, interval), []).append(candle)
    return found


def test_the_candles_of_some_groups_are_those_of_their_trades(life: Life) -> None:
    batch = Batch(START, {})
    for first in range(0, len(life.groups), 100):
        batch.add(b"".join(life.groups[first : first + 100]))
    assert candles_of(batch) == recomputed(life.groups)
    assert batch.trades == sum(len(trades) for trades in trades_of(life.groups).values())
    last = wire.Group.decode(life.groups[-1])
    assert batch.after == Position(last.sequence, last.chain, last.time_us)


def test_the_next_batch_goes_on_where_the_last_one_ended(life: Life) -> None:
    first = Batch(START, {})
    first.add(b"".join(life.groups[:700]))
    second = Batch(first.after, first.last_trades)
    second.add(b"".join(life.groups[700:]))
    trades = sum(first_or.trades for first_or in (first, second))
    assert trades == sum(len(found) for found in trades_of(life.groups).values())
    assert second.candles().keys() == set(KEPT)


def trade(trade_id: int, price: int = 5, quantity: int = 2, notional: int = 10) -> bytes:
    return traded(Trade(0, trade_id, price, quantity, notional))


def test_what_only_looks_like_a_trade_is_none() -> None:
    """A quantity whose bytes are those that a trade begins with."""
    lookalike = int.from_bytes(trade(1)[:8], "little")
    events = wire.DepthChanged(1, 0, 1, 5, lookalike).encode()
    batch = Batch(START, {})
    batch.add(group(1, events, trade(1)))
    batch.add(group(2, events))
    assert batch.trades == 1


def test_notionals_beyond_64_bits_are_added_up_exactly() -> None:
    batch = Batch(START, {})
    notional = (1 << 126) - 1
    batch.add(group(1, *(trade(number, 1 << 39, 1 << 49, notional) for number in range(1, 5))))
    candle = batch.candles()[Interval.DAY_1][1, 0]
    assert candle == Candle(0, 1 << 39, 1 << 39, 1 << 39, 1 << 39, 4 << 49, 4 * notional, 4, 1, 4)


@pytest.mark.parametrize(
    ("groups", "failure"),
    [
        ([group(2)], "group 2 follows group 0"),
        ([group(1), group(1)], "group 1 follows group 1"),
        ([group(1), group(3)], "group 3 follows group 1"),
        ([group(1, trade(2))], "trade 2 follows None"),
        ([group(1, trade(1), trade(1))], "trade 1 follows"),
        ([group(1, trade(1)), group(2, trade(3))], "trade 3 follows"),
    ],
)
def test_what_does_not_go_on_is_refused(groups: list[bytes], failure: str) -> None:
    with pytest.raises(CandlesFailed, match=failure):
        Batch(START, {}).add(b"".join(groups))
