"""Matching as section 5 of the trading rules has it, worked out by hand, in both cores."""

from cse.engine.wire import CancelAllOrders, CancelOrder, Side
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    FOK,
    IOC,
    Scenario,
    buy,
    market_order,
    sell,
)

CASES = [
    Case(
        "the best price first, then the oldest",
        [sell(BOB, 5, 1_001), sell(CAROL, 5, 1_000), sell(BOB, 5, 1_000)],
        buy(ALICE, 12, 1_001, IOC),
        [
            "accepted 4",
            f"traded 5 at 1000 with 2: {NO_FEES}",
            "closed 2 filled: 5 of 5",
            f"traded 5 at 1000 with 3: {NO_FEES}",
            "closed 3 filled: 5 of 5",
            f"traded 2 at 1001 with 1: {NO_FEES}",
            "closed 4 filled: 12 of 12",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 3"],
    ),
    Case(
        "the maker's price holds, and the rest joins the book",
        [sell(BOB, 5, 1_000)],
        buy(ALICE, 8, 1_005),
        ["accepted 2", f"traded 5 at 1000 with 1: {NO_FEES}", "closed 1 filled: 5 of 5"],
        ["depth buy 1005: 3", "depth sell 1000: 0"],
    ),
    Case(
        "what does not cross rests",
        [sell(BOB, 5, 1_000)],
        buy(ALICE, 5, 999),
        ["accepted 2"],
        ["depth buy 999: 5"],
    ),
    Case(
        "the rest of immediate-or-cancel expires",
        [sell(BOB, 5, 1_000), sell(BOB, 5, 1_001)],
        buy(ALICE, 8, 1_000, IOC),
        [
            "accepted 3",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "closed 3 expired: 5 of 8",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "fill-or-kill trades whole",
        [sell(BOB, 5, 1_000), sell(CAROL, 5, 1_001)],
        buy(ALICE, 8, 1_001, FOK),
        [
            "accepted 3",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            f"traded 3 at 1001 with 2: {NO_FEES}",
            "closed 3 filled: 8 of 8",
        ],
        ["depth sell 1000: 0", "depth sell 1001: 2"],
    ),
    Case(
        "or fill-or-kill trades nothing",
        [sell(BOB, 5, 1_000), sell(CAROL, 5, 1_001)],
        buy(ALICE, 11, 1_001, FOK),
        ["accepted 3", "closed 3 killed: 0 of 11"],
    ),
    Case(
        "fill-or-kill does not look past an order of its owner",
        [sell(BOB, 5, 1_000), sell(ALICES_SUB, 1, 1_000), sell(BOB, 5, 1_000)],
        buy(ALICE, 6, 1_000, FOK),
        ["accepted 4", "closed 4 killed: 0 of 6"],
    ),
    Case(
        "an owner's accounts do not trade with each other, and the newest gives way",
        [sell(BOB, 5, 1_000), sell(ALICES_SUB, 5, 1_001), sell(BOB, 5, 1_002)],
        buy(ALICE, 12, 1_002),
        [
            "accepted 4",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "prevented 5 at 1001 with 2: cancel_newest, 5 and 7 left",
            "closed 4 self_trade: 5 of 12",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "post-only is refused where it would take",
        [sell(BOB, 5, 1_000)],
        buy(ALICE, 5, 1_000, flags=1),
        ["rejected post_only_would_take"],
    ),
    Case(
        "post-only rests where it would not",
        [sell(BOB, 5, 1_000)],
        buy(ALICE, 5, 999, flags=1),
        ["accepted 2"],
        ["depth buy 999: 5"],
    ),
    Case(
        "a market order takes what there is and the rest expires",
        [sell(BOB, 5, 1_000), sell(BOB, 5, 2_000)],
        market_order(ALICE, Side.BUY, quantity=11),
        [
            "accepted 3",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            f"traded 5 at 2000 with 2: {NO_FEES}",
            "closed 2 filled: 5 of 5",
            "closed 3 expired: 10 of 11",
        ],
        ["depth sell 1000: 0", "depth sell 2000: 0"],
    ),
    Case(
        "a market order in an empty book expires",
        [],
        market_order(ALICE, Side.SELL, quantity=11),
        ["accepted 1", "closed 1 expired: 0 of 11"],
    ),
    Case(
        "a market order the funds do not cover is refused whole",
        [sell(BOB, 100_000, 1_000), sell(CAROL, 1, 1_001)],
        market_order(ALICE, Side.BUY, quantity=100_001),
        ["rejected insufficient_funds"],
    ),
    Case(
        "a buy by quote amount takes the whole lots it pays for: 7 lots of 10,000 units",
        [sell(BOB, 5, 1_000), sell(CAROL, 5, 1_000)],
        market_order(ALICE, Side.BUY, quote_amount=79_999),
        [
            "accepted 3",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            f"traded 2 at 1000 with 2: {NO_FEES}",
            "closed 3 filled: 7 of 7",
        ],
        ["depth sell 1000: 3"],
    ),
    Case(
        "a buy by quote amount below one lot is filled with nothing",
        [sell(BOB, 5, 1_000)],
        market_order(ALICE, Side.BUY, quote_amount=9_999),
        ["accepted 2", "closed 2 filled: 0 of 0"],
    ),
    Case(
        "a buy by quote amount that the book cannot serve expires",
        [sell(BOB, 5, 1_000)],
        market_order(ALICE, Side.BUY, quote_amount=60_000),
        [
            "accepted 2",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "closed 2 expired: 5 of 5",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "a sell by quote amount sells at most that notional: 50,000, then 2 lots of 9,990",
        [buy(BOB, 5, 1_000), buy(CAROL, 5, 999)],
        market_order(ALICE, Side.SELL, quote_amount=75_000),
        [
            "accepted 3",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            f"traded 2 at 999 with 2: {NO_FEES}",
            "closed 3 filled: 7 of 7",
        ],
        ["depth buy 999: 3", "depth buy 1000: 0"],
    ),
    Case(
        "a sell by quote amount that the book cannot serve expires",
        [buy(BOB, 5, 1_000)],
        market_order(ALICE, Side.SELL, quote_amount=60_000),
        [
            "accepted 2",
            f"traded 5 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 5 of 5",
            "closed 2 expired: 5 of 5",
        ],
        ["depth buy 1000: 0"],
    ),
    Case(
        "an order is cancelled and its level goes",
        [buy(ALICE, 5, 1_000)],
        CancelOrder(ALICE, 1, "").encode(),
        ["closed 1 cancelled: 0 of 5"],
        ["depth buy 1000: 0"],
    ),
    Case(
        "another's order is unknown",
        [buy(ALICE, 5, 1_000)],
        CancelOrder(BOB, 1, "").encode(),
        ["rejected order_unknown"],
    ),
    Case(
        "all orders of one side are cancelled in the order of their ids",
        [buy(ALICE, 5, 999), buy(ALICE, 5, 1_000), sell(ALICE, 5, 1_100), buy(BOB, 5, 1_000)],
        CancelAllOrders(ALICE, 0, Side.BUY).encode(),
        ["closed 1 cancelled: 0 of 5", "closed 2 cancelled: 0 of 5", "OrdersCancelled 2"],
        ["depth buy 999: 0", "depth buy 1000: 5"],
    ),
]


@both_cores
@every(CASES)
def test_matching(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))
