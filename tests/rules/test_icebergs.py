"""Icebergs: what they show, and when they lose their place (5.1, 5.4, 5.5), in both cores."""

from cse.engine.wire import CancelOrder, SelfTradePrevention, Side
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    DAY,
    FOK,
    FUNDS,
    GTD,
    IOC,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
)

DECREMENT = SelfTradePrevention.DECREMENT
QUEUE = [sell(BOB, 10, 1_000, display_quantity=4), sell(CAROL, 5, 1_000)]
"""Bob shows 4 of 10, and Carol's 5 stand behind them."""


def traded(lots: int, maker: int) -> str:
    return f"traded {lots} at 1000 with {maker}: {NO_FEES}"


CASES = [
    Case(
        "an iceberg shows a slice",
        [],
        sell(BOB, 10, 1_000, display_quantity=4),
        ["accepted 1"],
        ["depth sell 1000: 4"],
    ),
    Case(
        "a trade within the slice leaves the order in its place",
        QUEUE,
        buy(ALICE, 3, 1_000, IOC),
        ["accepted 3", traded(3, 1), "closed 3 filled: 3 of 3"],
        ["depth sell 1000: 6"],
    ),
    Case(
        "with an empty slice it goes to the end and shows another",
        QUEUE,
        buy(ALICE, 4, 1_000, IOC),
        ["accepted 3", traded(4, 1), "closed 3 filled: 4 of 4"],
        [],
    ),
    Case(
        "so the next in the queue trades before its second slice",
        QUEUE,
        buy(ALICE, 11, 1_000, IOC),
        [
            "accepted 3",
            traded(4, 1),
            traded(5, 2),
            "closed 2 filled: 5 of 5",
            traded(2, 1),
            "closed 3 filled: 11 of 11",
        ],
        ["depth sell 1000: 2"],
    ),
    Case(
        "the last slice is what is left",
        QUEUE,
        buy(ALICE, 15, 1_000, IOC),
        [
            "accepted 3",
            traded(4, 1),
            traded(5, 2),
            "closed 2 filled: 5 of 5",
            traded(4, 1),
            traded(2, 1),
            "closed 1 filled: 10 of 10",
            "closed 3 filled: 15 of 15",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "fill-or-kill reaches what is hidden",
        [sell(BOB, 10, 1_000, display_quantity=4)],
        buy(ALICE, 10, 1_000, FOK),
        [
            "accepted 2",
            traded(4, 1),
            traded(4, 1),
            traded(2, 1),
            "closed 1 filled: 10 of 10",
            "closed 2 filled: 10 of 10",
        ],
        ["depth sell 1000: 0"],
    ),
    Case(
        "an iceberg that comes trades all it can before it shows the rest",
        [sell(BOB, 5, 1_000)],
        buy(ALICE, 12, 1_000, display_quantity=3),
        ["accepted 2", traded(5, 1), "closed 1 filled: 5 of 5"],
        ["depth buy 1000: 3", "depth sell 1000: 0"],
    ),
    Case(
        "a buy by quote amount goes on from slice to slice",
        QUEUE,
        market_order(ALICE, Side.BUY, quote_amount=109_999),
        [
            "accepted 3",
            traded(4, 1),
            traded(5, 2),
            "closed 2 filled: 5 of 5",
            traded(1, 1),
            "closed 3 filled: 10 of 10",
        ],
        ["depth sell 1000: 3"],
    ),
    Case(
        "a sell by quote amount goes on from slice to slice",
        [buy(BOB, 10, 1_000, display_quantity=4), buy(CAROL, 5, 1_000)],
        market_order(ALICE, Side.SELL, quote_amount=109_999),
        [
            "accepted 3",
            traded(4, 1),
            traded(5, 2),
            "closed 2 filled: 5 of 5",
            traded(1, 1),
            "closed 3 filled: 10 of 10",
        ],
        ["depth buy 1000: 3"],
    ),
    Case(
        "a decrement empties a slice as a trade does",
        [sell(ALICES_SUB, 10, 1_000, display_quantity=4), sell(CAROL, 5, 1_000)],
        buy(ALICE, 6, 1_000, IOC, self_trade_prevention=DECREMENT),
        [
            "accepted 3",
            "prevented 4 at 1000 with 1: decrement, 6 and 2 left",
            traded(2, 2),
            "closed 3 filled: 2 of 2",
        ],
        ["depth sell 1000: 7"],
    ),
    Case(
        "an iceberg may show all it has",
        [],
        sell(BOB, 10, 1_000, DAY, display_quantity=10),
        ["accepted 1"],
        ["depth sell 1000: 10"],
    ),
    Case(
        "but not more",
        [],
        sell(BOB, 10, 1_000, display_quantity=11),
        ["rejected invalid_display_quantity"],
    ),
    Case(
        "what does not rest shows nothing",
        [],
        sell(BOB, 10, 1_000, IOC, display_quantity=4),
        ["rejected invalid_display_quantity"],
    ),
    Case(
        "nor does a market order",
        [],
        market_order(BOB, Side.BUY, quantity=10, display_quantity=4),
        ["rejected invalid_display_quantity"],
    ),
    Case(
        "a cancel takes what is hidden too",
        QUEUE,
        CancelOrder(BOB, 1, "").encode(),
        ["closed 1 cancelled: 0 of 10"],
        ["depth sell 1000: 5"],
    ),
    Case(
        "an iceberg ends at its time",
        [sell(BOB, 10, 1_000, GTD, display_quantity=4, expires_at_us=1_000_500)],
        buy(ALICE, 1, 999),
        ["OrdersExpired 1", "closed 1 expired: 0 of 10", "accepted 2"],
        ["depth buy 999: 1", "depth sell 1000: 0"],
        at_us=1_000_500,
    ),
]


@both_cores
@every(CASES)
def test_icebergs(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_an_iceberg_holds_for_what_is_hidden_too(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 10, 1_000, display_quantity=1))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 100_000, 100_000)


@both_cores
def test_a_market_buy_pays_for_what_is_hidden(make_core: MakeCore) -> None:
    """10 lots at 1,000 ticks and 0.1 %: 100,000 and 100 units, held at once by the walk."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(sell(BOB, 10, 1_000, display_quantity=3))
    scenario.do(market_order(ALICE, Side.BUY, quantity=12))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 100_100, 0)
