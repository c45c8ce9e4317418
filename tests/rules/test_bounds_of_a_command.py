"""How much one command brings about at most, in both cores (5.4, 5.5, 5.7).

Makers of one lot each stand at ever worse prices, some dozens at each: sells from 1,001 ticks up, buys
from 999 down. One more than fits may trade with.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from cse.domain.limits import CANCELS_MAX, TRADES_MAX
from cse.engine._native import Core as NativeCore
from cse.engine.wire import CancelAllOrders, PlaceOrder, Side
from tests.property.comparison import Core
from tests.reference.exchange import ReferenceExchange
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    FOK,
    GTC,
    IOC,
    NOVA,
    OUTSIDE,
    USDC,
    Scenario,
    buy,
    market_order,
    order,
    sell,
    transfer,
)

AT_A_PRICE = 64
UNIT = 10
"""Of USDC, for one lot at one tick."""
LAST = TRADES_MAX // AT_A_PRICE
"""How far the last maker within the bound stands from the first, in ticks."""
WORST_SELL, WORST_BUY = 2_000, 500
both_cores = pytest.mark.parametrize("make_core", [ReferenceExchange, NativeCore])


def makers(scenario: Scenario, side: Side, count: int) -> None:
    """Rests `count` orders of one lot each, of Bob and Carol in turn."""
    for place in range(count):
        price = 1_001 + place // AT_A_PRICE if side == Side.SELL else 999 - place // AT_A_PRICE
        rest(scenario, order((BOB, CAROL)[place % 2], side, 1, price))


def rest(scenario: Scenario, command: bytes) -> None:
    assert len(scenario.do(command)) == 1


def proceeds(count: int) -> int:
    """What selling into the first `count` buys brings, in units of USDC."""
    return sum(UNIT * (999 - place // AT_A_PRICE) for place in range(count))


@dataclass
class Case:
    """Makers, perhaps an own order behind them, and how the taker closes; `None` where it rests."""

    name: str
    makers: int
    command: bytes
    trades: int
    closed: str | None
    own_order: bytes | None = None


MANY = TRADES_MAX + 10
SELLING_FOR_ALL = proceeds(TRADES_MAX)
CASES = [
    Case(
        "the rest of good-till-cancelled does not rest where it would cross",
        TRADES_MAX + 1, buy(ALICE, MANY, WORST_SELL, GTC), TRADES_MAX, f"expired: {TRADES_MAX} of {MANY}",
    ),
    Case(
        "so it is for a sell",
        TRADES_MAX + 1, sell(ALICE, MANY, WORST_BUY, GTC), TRADES_MAX, f"expired: {TRADES_MAX} of {MANY}",
    ),
    Case(
        "the rest of good-till-cancelled rests where nothing crosses any more",
        TRADES_MAX, buy(ALICE, MANY, WORST_SELL, GTC), TRADES_MAX, None,
    ),
    Case(
        "also where the next maker is beyond its price",
        TRADES_MAX + 1, buy(ALICE, MANY, 1_000 + LAST, GTC), TRADES_MAX, None,
    ),
    Case(
        "immediate-or-cancel",
        TRADES_MAX + 1, buy(ALICE, MANY, WORST_SELL, IOC), TRADES_MAX, f"expired: {TRADES_MAX} of {MANY}",
    ),
    Case(
        "as many trades as are allowed fill",
        TRADES_MAX + 1, buy(ALICE, TRADES_MAX, WORST_SELL, GTC), TRADES_MAX,
        f"filled: {TRADES_MAX} of {TRADES_MAX}",
    ),
    Case(
        "fill-or-kill that needs as many trades as are allowed",
        TRADES_MAX + 1, buy(ALICE, TRADES_MAX, WORST_SELL, FOK), TRADES_MAX,
        f"filled: {TRADES_MAX} of {TRADES_MAX}",
    ),
    Case(
        "fill-or-kill that needs one more is killed",
        TRADES_MAX + 1, buy(ALICE, TRADES_MAX + 1, WORST_SELL, FOK), 0, f"killed: 0 of {TRADES_MAX + 1}",
    ),
    Case(
        "a market buy by quantity",
        TRADES_MAX + 1, market_order(ALICE, Side.BUY, quantity=MANY), TRADES_MAX,
        f"expired: {TRADES_MAX} of {MANY}",
    ),
    Case(
        "a market sell by quantity",
        TRADES_MAX + 1, market_order(ALICE, Side.SELL, quantity=MANY), TRADES_MAX,
        f"expired: {TRADES_MAX} of {MANY}",
    ),
    Case(
        "a buy by quote amount",
        TRADES_MAX + 1, market_order(ALICE, Side.BUY, quote_amount=100_000_000), TRADES_MAX,
        f"expired: {TRADES_MAX} of {TRADES_MAX}",
    ),
    Case(
        "a sell by quote amount closes as its walk ended",
        TRADES_MAX + 1, market_order(ALICE, Side.SELL, quote_amount=100_000_000), TRADES_MAX,
        f"expired: {TRADES_MAX} of {TRADES_MAX}",
    ),
    Case(
        "a sell by quote amount that the allowed trades bring to the unit",
        TRADES_MAX + 1, market_order(ALICE, Side.SELL, quote_amount=SELLING_FOR_ALL), TRADES_MAX,
        f"filled: {TRADES_MAX} of {TRADES_MAX}",
    ),
    Case(
        "a sell by quote amount that lacks less than the next lot brings",
        TRADES_MAX + 1, market_order(ALICE, Side.SELL, quote_amount=SELLING_FOR_ALL + 1), TRADES_MAX,
        f"filled: {TRADES_MAX} of {TRADES_MAX}",
    ),
    Case(
        "an own order behind the last allowed maker is not met any more",
        TRADES_MAX, buy(ALICE, MANY, WORST_SELL, GTC), TRADES_MAX, f"expired: {TRADES_MAX} of {MANY}",
        own_order=sell(ALICES_SUB, 5, 1_900),
    ),
    Case(
        "nor is it by a walk",
        TRADES_MAX, market_order(ALICE, Side.SELL, quote_amount=100_000_000), TRADES_MAX,
        f"expired: {TRADES_MAX} of {TRADES_MAX}",
        own_order=buy(ALICES_SUB, 5, 600),
    ),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_trades_of_an_order(make_core: Callable[[], Core], case: Case) -> None:
    scenario = Scenario(make_core)
    side = Side.SELL if PlaceOrder.decode(case.command).side == Side.BUY else Side.BUY
    makers(scenario, side, case.makers)
    if case.own_order is not None:
        rest(scenario, case.own_order)
    own_id = case.makers + (case.own_order is not None) + 1
    said = scenario.do(case.command)
    assert said[0] == f"accepted {own_id}"
    assert sum(text.startswith("traded") for text in said) == case.trades
    closings = [text for text in said if text.startswith(f"closed {own_id} ")]
    assert closings == ([] if case.closed is None else [f"closed {own_id} {case.closed}"])
    if case.closed is not None:
        assert said[-1] == closings[0]
        # What has closed holds nothing more.
        assert (scenario.balance(ALICE, USDC)[1], scenario.balance(ALICE, NOVA)[1]) == (0, 0)


@both_cores
def test_a_market_buy_needs_money_for_what_it_may_trade_only(make_core: Callable[[], Core]) -> None:
    scenario = Scenario(make_core, taker_ppm=1_000)
    makers(scenario, Side.SELL, TRADES_MAX)
    rest(scenario, sell(BOB, 900_000, 1_900))
    notional = sum(UNIT * (1_001 + place // AT_A_PRICE) for place in range(TRADES_MAX))
    cost = notional + -(-notional // 1_000)
    spare = scenario.balance(ALICE, USDC)[0] - cost
    scenario.do(transfer((ALICE, OUTSIDE, USDC, spare + 1)))
    command = market_order(ALICE, Side.BUY, quantity=MANY)
    assert scenario.do(command) == ["rejected insufficient_funds"]
    scenario.do(transfer((OUTSIDE, ALICE, USDC, 1)))
    assert scenario.do(command)[-1].endswith(f"expired: {TRADES_MAX} of {MANY}")
    assert scenario.balance(ALICE, USDC) == (0, 0)


@both_cores
def test_cancels_of_all_orders(make_core: Callable[[], Core]) -> None:
    scenario = Scenario(make_core)
    for place in range(CANCELS_MAX + 1):
        rest(scenario, buy(ALICE, 1, 100 + place // AT_A_PRICE))
        if place % 2_048 == 0:
            rest(scenario, sell(ALICE, 1, 5_000))
    buys = CancelAllOrders(ALICE, 0, Side.BUY).encode()
    everything = CancelAllOrders(ALICE, 0, 0).encode()
    # Orders 1, 3, 4, ...: the sells took the ids 2, 2051 and 4100.
    closed = ids_closed(scenario.do(buys))
    assert len(closed) == CANCELS_MAX
    assert closed == [number for number in range(1, closed[-1] + 1) if number not in (2, 2_051)]
    assert ids_closed(scenario.do(everything)) == [2, 2_051, CANCELS_MAX + 3, CANCELS_MAX + 4]
    assert ids_closed(scenario.do(everything)) == []


def ids_closed(said: list[str]) -> list[int]:
    *closings, count = said
    assert count == f"OrdersCancelled {len(closings)}"
    return [int(text.split(" ")[1]) for text in closings]
