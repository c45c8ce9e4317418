"""Orders of one owner that meet (5.1, 5.4, 5.5), worked out by hand, in both cores.

Alice has two accounts. Where she meets herself, the prevention of the order that comes holds.
"""

import pytest

from cse.engine.wire import CancelAllOrders, SelfTradePrevention, SetMarketSelfTrade, Side
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    FOK,
    FUNDS,
    IOC,
    NOVA,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
)

NEWEST, OLDEST = SelfTradePrevention.CANCEL_NEWEST, SelfTradePrevention.CANCEL_OLDEST
BOTH, DECREMENT, NONE = (
    SelfTradePrevention.CANCEL_BOTH,
    SelfTradePrevention.DECREMENT,
    SelfTradePrevention.NONE,
)
ALLOWED = SetMarketSelfTrade(1, 1).encode()
FORBIDDEN = SetMarketSelfTrade(1, 0).encode()
BETWEEN = [sell(BOB, 5, 1_000), sell(ALICES_SUB, 4, 1_001), sell(CAROL, 5, 1_002)]
"""Alice's own 4 lots stand between those of others."""
FIRST_TRADE = [f"traded 5 at 1000 with 1: {NO_FEES}", "closed 1 filled: 5 of 5"]

CASES = [
    Case(
        "cancel newest: the order that comes gives way",
        BETWEEN,
        buy(ALICE, 12, 1_002, self_trade_prevention=NEWEST),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 4 at 1001 with 2: cancel_newest, 4 and 7 left",
            "closed 4 self_trade: 5 of 12",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "cancel oldest: the order that rested gives way, and matching goes on",
        BETWEEN,
        buy(ALICE, 12, 1_002, self_trade_prevention=OLDEST),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 4 at 1001 with 2: cancel_oldest, 4 and 7 left",
            "closed 2 self_trade: 0 of 4",
            f"traded 5 at 1002 with 3: {NO_FEES}",
            "closed 3 filled: 5 of 5",
        ],
        ["depth buy 1002: 2", "depth sell 1000: 0", "depth sell 1001: 0", "depth sell 1002: 0"],
    ),
    Case(
        "cancel both: neither stays",
        BETWEEN,
        buy(ALICE, 12, 1_002, self_trade_prevention=BOTH),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 4 at 1001 with 2: cancel_both, 4 and 7 left",
            "closed 2 self_trade: 0 of 4",
            "closed 4 self_trade: 5 of 12",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 0"],
    ),
    Case(
        "decrement: both lose the lots that would have traded, and matching goes on",
        BETWEEN,
        buy(ALICE, 12, 1_002, self_trade_prevention=DECREMENT),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 4 at 1001 with 2: decrement, 0 and 3 left",
            "closed 2 self_trade: 0 of 0",
            f"traded 3 at 1002 with 3: {NO_FEES}",
            "closed 4 filled: 8 of 8",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 0", "depth sell 1002: 2"],
    ),
    Case(
        "decrement: the order that rested keeps the rest and its place",
        BETWEEN,
        buy(ALICE, 7, 1_002, self_trade_prevention=DECREMENT),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 2 at 1001 with 2: decrement, 2 and 0 left",
            "closed 4 self_trade: 5 of 5",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 2"],
    ),
    Case(
        "decrement: what is left of the order that came rests",
        [sell(ALICES_SUB, 4, 1_001)],
        buy(ALICE, 7, 1_001, self_trade_prevention=DECREMENT),
        ["accepted 2", "prevented 4 at 1001 with 1: decrement, 0 and 3 left", "closed 1 self_trade: 0 of 0"],
        ["depth buy 1001: 3", "depth sell 1001: 0"],
    ),
    Case(
        "none: accounts of one owner trade where the market allows it",
        [ALLOWED, sell(ALICES_SUB, 4, 1_001)],
        buy(ALICE, 4, 1_001, self_trade_prevention=NONE),
        [
            "accepted 2",
            f"traded 4 at 1001 with 1: {NO_FEES}",
            "closed 1 filled: 4 of 4",
            "closed 2 filled: 4 of 4",
        ],
        ["depth sell 1001: 0"],
    ),
    Case(
        "none: one account never trades with itself",
        [ALLOWED, sell(ALICE, 4, 1_001)],
        buy(ALICE, 4, 1_001, self_trade_prevention=NONE),
        [
            "accepted 2",
            "prevented 4 at 1001 with 1: cancel_newest, 4 and 4 left",
            "closed 2 self_trade: 0 of 4",
        ],
    ),
    Case(
        "none is refused where the market does not allow it",
        [],
        buy(ALICE, 4, 1_001, self_trade_prevention=NONE),
        ["rejected invalid_self_trade_prevention"],
    ),
    Case(
        "and where it allows it no more",
        [ALLOWED, FORBIDDEN],
        buy(ALICE, 4, 1_001, self_trade_prevention=NONE),
        ["rejected invalid_self_trade_prevention"],
    ),
    Case(
        "what rested with none before is met by the prevention of the order that comes",
        [ALLOWED, sell(ALICES_SUB, 4, 1_001, self_trade_prevention=NONE), FORBIDDEN],
        buy(ALICE, 4, 1_001),
        [
            "accepted 2",
            "prevented 4 at 1001 with 1: cancel_newest, 4 and 4 left",
            "closed 2 self_trade: 0 of 4",
        ],
    ),
    Case(
        "decrement does not go with a quote amount",
        [],
        market_order(ALICE, Side.BUY, quote_amount=10_000, self_trade_prevention=DECREMENT),
        ["rejected invalid_self_trade_prevention"],
    ),
    Case(
        "there is no sixth prevention",
        [],
        buy(ALICE, 4, 1_001, self_trade_prevention=6),
        ["rejected invalid_self_trade_prevention"],
    ),
    Case(
        "fill-or-kill with cancel oldest passes over own orders, which close when it meets them",
        BETWEEN,
        buy(ALICE, 10, 1_002, FOK, self_trade_prevention=OLDEST),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 4 at 1001 with 2: cancel_oldest, 4 and 5 left",
            "closed 2 self_trade: 0 of 4",
            f"traded 5 at 1002 with 3: {NO_FEES}",
            "closed 3 filled: 5 of 5",
            "closed 4 filled: 10 of 10",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 0", "depth sell 1002: 0"],
    ),
    Case(
        "fill-or-kill with decrement would not trade whole",
        BETWEEN,
        buy(ALICE, 10, 1_002, FOK, self_trade_prevention=DECREMENT),
        ["accepted 4", "closed 4 killed: 0 of 10"],
    ),
    Case(
        "fill-or-kill that is killed closes nobody else's order, with cancel both either",
        BETWEEN,
        buy(ALICE, 10, 1_002, FOK, self_trade_prevention=BOTH),
        ["accepted 4", "closed 4 killed: 0 of 10"],
    ),
    Case(
        "a market buy with decrement wants so much less",
        BETWEEN,
        market_order(ALICE, Side.BUY, quantity=12, self_trade_prevention=DECREMENT),
        [
            "accepted 4",
            *FIRST_TRADE,
            "prevented 4 at 1001 with 2: decrement, 0 and 3 left",
            "closed 2 self_trade: 0 of 0",
            f"traded 3 at 1002 with 3: {NO_FEES}",
            "closed 4 filled: 8 of 8",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 0", "depth sell 1002: 2"],
    ),
    Case(
        "a buy by quote amount tells the lots that it could have paid for",
        [sell(ALICES_SUB, 4, 1_000)],
        market_order(ALICE, Side.BUY, quote_amount=29_999),
        [
            "accepted 2",
            "prevented 2 at 1000 with 1: cancel_newest, 4 and 0 left",
            "closed 2 self_trade: 0 of 0",
        ],
    ),
    Case(
        "a buy by quote amount that pays for no lot of its own order is filled",
        [sell(ALICES_SUB, 4, 1_000)],
        market_order(ALICE, Side.BUY, quote_amount=9_999),
        ["accepted 2", "closed 2 filled: 0 of 0"],
    ),
    Case(
        "a sell by quote amount tells of its own order when the lots before it have traded",
        [buy(BOB, 5, 1_000), buy(ALICES_SUB, 4, 999), buy(CAROL, 5, 998)],
        market_order(ALICE, Side.SELL, quote_amount=75_000, self_trade_prevention=BOTH),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "prevented 2 at 999 with 2: cancel_both, 4 and 0 left",
            "closed 2 self_trade: 0 of 4",
            "closed 4 self_trade: 5 of 5",
        ],
        ["depth buy 999: 0", "depth buy 1000: 0"],
    ),
    Case(
        "a sell by quote amount with cancel oldest goes past its own orders",
        [buy(BOB, 5, 1_000), buy(ALICES_SUB, 4, 999), buy(CAROL, 5, 998)],
        market_order(ALICE, Side.SELL, quote_amount=75_000, self_trade_prevention=OLDEST),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "prevented 2 at 999 with 2: cancel_oldest, 4 and 2 left",
            "closed 2 self_trade: 0 of 4",
            f"traded 2 at 998 with 3: {NO_FEES}",
            "closed 4 filled: 7 of 7",
        ],
        ["depth buy 998: 3", "depth buy 999: 0", "depth buy 1000: 0"],
    ),
]


@both_cores
@every(CASES)
def test_own_orders_that_meet(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
@pytest.mark.parametrize(
    ("market", "allowed", "said"),
    [
        (1, 1, "MarketSelfTradeChanged"),
        (1, 0, "MarketSelfTradeChanged"),
        (1, 2, "rejected invalid_market"),
        (2, 1, "rejected market_unknown"),
    ],
)
def test_a_market_allows_self_trades_or_not(
    make_core: MakeCore, market: int, allowed: int, said: str
) -> None:
    scenario = Scenario(make_core)
    assert scenario.do(SetMarketSelfTrade(market, allowed).encode()) == [said]


@both_cores
def test_a_decremented_sell_gives_its_base_back_at_once(make_core: MakeCore) -> None:
    """Of 10 lots 4 are taken from the sell that rests, and 4,000 units return."""
    scenario = Scenario(make_core)
    scenario.do(sell(ALICES_SUB, 10, 1_000))
    scenario.do(buy(ALICE, 4, 1_000, self_trade_prevention=DECREMENT))
    assert scenario.balance(ALICES_SUB, NOVA) == (FUNDS - 6_000, 6_000)
    assert scenario.balance(ALICE, USDC) == (FUNDS, 0)


@both_cores
def test_a_decremented_buy_keeps_what_the_rest_of_it_needs(make_core: MakeCore) -> None:
    """100 lots at 1,000 and 0.05 %: 1,000,000 + 500 held. 40 trade, 20 go: 40 need 400,000 + 200."""
    scenario = Scenario(make_core, maker_ppm=500, taker_ppm=1_000)
    scenario.do(buy(ALICES_SUB, 100, 1_000))
    scenario.do(sell(BOB, 40, 1_000))
    scenario.do(sell(ALICE, 20, 1_000, IOC, self_trade_prevention=DECREMENT))
    assert scenario.balance(ALICES_SUB, USDC) == (FUNDS - 400_200 - 400_200, 400_200)
    scenario.do(CancelAllOrders(ALICES_SUB, 0, 0).encode())
    assert scenario.balance(ALICES_SUB, USDC) == (FUNDS - 400_200, 0)


@both_cores
def test_an_incoming_buy_that_is_decremented_and_rests_holds_what_it_needs(make_core: MakeCore) -> None:
    """Of 10 lots at 1,001 ticks 4 go; the 6 that rest need 60,060 and 0.05 % of it, rounded up."""
    scenario = Scenario(make_core, maker_ppm=500, taker_ppm=1_000)
    scenario.do(sell(ALICES_SUB, 4, 1_000))
    scenario.do(buy(ALICE, 10, 1_001, self_trade_prevention=DECREMENT))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 60_060 - 31, 60_060 + 31)
