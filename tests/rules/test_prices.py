"""Worst prices of market orders, and post-only that is re-priced (5.2, 5.3), in both cores."""

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE, PRICE_LIMIT
from cse.engine.wire import Side
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.scenario import (
    ALICE,
    BOB,
    CAROL,
    DAY,
    FUNDS,
    IOC,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
)

POST, REPRICED = FLAG_POST_ONLY, FLAG_POST_ONLY | FLAG_REPRICE
ASKS = [sell(BOB, 5, 1_000), sell(CAROL, 5, 1_001), sell(BOB, 5, 1_002)]
BIDS = [buy(BOB, 5, 1_000), buy(CAROL, 5, 999), buy(BOB, 5, 998)]

WORST_PRICES = [
    Case(
        "a market buy trades up to its worst price, and the rest expires",
        ASKS,
        market_order(ALICE, Side.BUY, quantity=12, price=1_001),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            f"traded 5 at 1001 with 2: {NO_FEES}",
            "closed 2 filled: 5 of 5",
            "closed 4 expired: 10 of 12",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 0"],
    ),
    Case(
        "a market sell trades down to its worst price",
        BIDS,
        market_order(ALICE, Side.SELL, quantity=12, price=1_000),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "closed 4 expired: 5 of 12",
        ],
        ["depth buy 1000: 0"],
    ),
    Case(
        "a buy by quote amount stops at its worst price",
        ASKS,
        market_order(ALICE, Side.BUY, quote_amount=100_000, price=1_000),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "closed 4 expired: 5 of 5",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "a sell by quote amount stops at its worst price",
        BIDS,
        market_order(ALICE, Side.SELL, quote_amount=100_000, price=1_000),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "closed 4 expired: 5 of 5",
        ],
        ["depth buy 1000: 0"],
    ),
    Case(
        "a worst price that nobody offers trades nothing",
        ASKS,
        market_order(ALICE, Side.BUY, quantity=12, price=999),
        ["accepted 4", "closed 4 expired: 0 of 12"],
    ),
    Case(
        "a worst price is a price",
        [],
        market_order(ALICE, Side.BUY, quantity=12, price=PRICE_LIMIT),
        ["rejected price_out_of_range"],
    ),
]

POST_ONLY = [
    Case(
        "a buy that would take is moved one tick below the best ask",
        ASKS,
        buy(ALICE, 5, 1_005, flags=REPRICED),
        ["accepted 4"],
        ["depth buy 999: 5"],
    ),
    Case(
        "a sell that would take is moved one tick above the best bid",
        BIDS,
        sell(ALICE, 5, 1_000, flags=REPRICED),
        ["accepted 4"],
        ["depth sell 1001: 5"],
    ),
    Case(
        "a price that would not take stays",
        ASKS,
        buy(ALICE, 5, 990, flags=REPRICED),
        ["accepted 4"],
        ["depth buy 990: 5"],
    ),
    Case(
        "an order of the day may be post-only too",
        ASKS,
        buy(ALICE, 5, 1_000, DAY, flags=POST),
        ["rejected post_only_would_take"],
    ),
    Case(
        "below the lowest price there is none",
        [sell(BOB, 5, 1)],
        buy(ALICE, 5, 1, flags=REPRICED),
        ["rejected post_only_would_take"],
    ),
    Case(
        "re-pricing goes with post-only",
        ASKS,
        buy(ALICE, 5, 999, flags=FLAG_REPRICE),
        ["rejected post_only_not_allowed"],
    ),
    Case(
        "and post-only with what may rest",
        ASKS,
        buy(ALICE, 5, 999, IOC, flags=REPRICED),
        ["rejected post_only_not_allowed"],
    ),
    Case(
        "there is no third flag",
        ASKS,
        buy(ALICE, 5, 999, flags=4),
        ["rejected order_type_unavailable"],
    ),
]


@both_cores
@every(WORST_PRICES)
def test_a_market_order_has_a_worst_price(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
@every(POST_ONLY)
def test_post_only_is_re_priced(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_a_market_buy_holds_what_it_may_trade_for(make_core: MakeCore) -> None:
    """At 1,000 ticks 100 lots cost 1,000,000 units; what stands beyond is not paid for."""
    scenario = Scenario(make_core)
    scenario.do(sell(BOB, 100, 1_000))
    scenario.do(sell(BOB, 900_000, 1_001))
    said = scenario.do(market_order(ALICE, Side.BUY, quantity=900_000, price=1_000))
    assert said[-1] == "closed 3 expired: 100 of 900000"
    assert scenario.balance(ALICE, USDC) == (FUNDS - 1_000_000, 0)


@both_cores
def test_a_re_priced_order_holds_for_its_new_price_and_must_be_worth_enough(make_core: MakeCore) -> None:
    """5 lots are worth 50,050 at 1,001 ticks and 49,950 at 999, where 50,000 is the least."""
    scenario = Scenario(make_core, min_notional=50_000)
    scenario.do(sell(BOB, 50, 1_000))
    assert scenario.do(buy(ALICE, 5, 1_001, flags=REPRICED)) == ["rejected below_min_notional"]
    assert scenario.do(buy(ALICE, 6, 1_001, flags=REPRICED)) == ["accepted 2"]
    assert scenario.balance(ALICE, USDC) == (FUNDS - 59_940, 59_940)
