"""Changing an open order (5.8), worked out by hand, in both cores."""

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE, PRICE_LIMIT
from cse.engine.wire import CancelOrder, FreezeAccount, SetMarketStatus
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.commands import amend
from tests.rules.scenario import ALICE, BOB, CAROL, FUNDS, NOVA, USDC, Scenario, buy, sell

QUEUE = [buy(ALICE, 10, 1_000), buy(BOB, 5, 1_000)]


KEEPS, LOSES = "keeps its place", "loses its place"

CASES = [
    Case(
        "less quantity keeps the place",
        QUEUE,
        amend(ALICE, quantity=7),
        [f"amended 1: 7 at 1000, 7 left, {KEEPS}"],
        ["depth buy 1000: 12"],
    ),
    Case(
        "more quantity loses it",
        QUEUE,
        amend(ALICE, quantity=11),
        [f"amended 1: 11 at 1000, 11 left, {LOSES}"],
        ["depth buy 1000: 16"],
    ),
    Case(
        "another price loses it",
        QUEUE,
        amend(ALICE, price=999),
        [f"amended 1: 10 at 999, 10 left, {LOSES}"],
        ["depth buy 999: 10", "depth buy 1000: 5"],
    ),
    Case(
        "the same again changes nothing and keeps it",
        QUEUE,
        amend(ALICE, price=1_000, quantity=10),
        [f"amended 1: 10 at 1000, 10 left, {KEEPS}"],
    ),
    Case(
        "nothing at all changes nothing",
        QUEUE,
        amend(ALICE),
        [f"amended 1: 10 at 1000, 10 left, {KEEPS}"],
    ),
    Case(
        "the quantity counts what is filled",
        [*QUEUE, sell(CAROL, 4, 1_000)],
        amend(ALICE, quantity=6),
        [f"amended 1: 6 at 1000, 2 left, {KEEPS}"],
        ["depth buy 1000: 7"],
    ),
    Case(
        "so it must be above that",
        [*QUEUE, sell(CAROL, 4, 1_000)],
        amend(ALICE, quantity=4),
        ["rejected amend_below_filled"],
    ),
    Case(
        "an amend after the last fill finds nothing",
        [*QUEUE, sell(CAROL, 10, 1_000)],
        amend(ALICE, quantity=12),
        ["rejected order_unknown"],
    ),
    Case(
        "by the client's id it is told that the order is closed",
        [buy(ALICE, 10, 1_000, client_order_id="mine"), sell(CAROL, 10, 1_000)],
        amend(ALICE, 0, client_order_id="mine", quantity=12),
        ["rejected order_not_open"],
    ),
    Case(
        "a price that crosses trades at once, at the maker's price",
        [buy(ALICE, 10, 999), sell(BOB, 4, 1_000)],
        amend(ALICE, price=1_001),
        [
            f"amended 1: 10 at 1001, 10 left, {LOSES}",
            f"traded 4 at 1000 with 2: {NO_FEES}",
            "closed 2 filled: 4 of 4",
        ],
        ["depth buy 999: 0", "depth buy 1001: 6", "depth sell 1000: 0"],
    ),
    Case(
        "and may close the order, with what it had filled before",
        [buy(ALICE, 10, 999), sell(BOB, 4, 999), sell(BOB, 8, 1_000)],
        amend(ALICE, price=1_000),
        [
            f"amended 1: 10 at 1000, 6 left, {LOSES}",
            f"traded 6 at 1000 with 3: {NO_FEES}",
            "closed 1 filled: 10 of 10",
        ],
        ["depth buy 999: 0", "depth sell 1000: 2"],
    ),
    Case(
        "an amended order that meets its owner's is prevented as it was told at first",
        [buy(ALICE, 10, 999), sell(ALICE, 4, 1_000)],
        amend(ALICE, price=1_000),
        [
            f"amended 1: 10 at 1000, 10 left, {LOSES}",
            "prevented 4 at 1000 with 2: cancel_newest, 4 and 10 left",
            "closed 1 self_trade: 0 of 10",
        ],
        ["depth buy 999: 0"],
    ),
    Case(
        "post-only stays so",
        [buy(ALICE, 10, 999, flags=FLAG_POST_ONLY), sell(BOB, 4, 1_000)],
        amend(ALICE, price=1_000),
        ["rejected post_only_would_take"],
    ),
    Case(
        "and is re-priced as it was told; back at its price it keeps its place",
        [buy(ALICE, 10, 999, flags=FLAG_POST_ONLY | FLAG_REPRICE), sell(BOB, 4, 1_000)],
        amend(ALICE, price=1_005, quantity=9),
        [f"amended 1: 9 at 999, 9 left, {KEEPS}"],
        ["depth buy 999: 9"],
    ),
    Case(
        "an order may become an iceberg",
        QUEUE,
        amend(ALICE, display_quantity=3),
        [f"amended 1: 10 at 1000, 10 left, {LOSES}"],
        ["depth buy 1000: 8"],
    ),
    Case(
        "an iceberg cannot show more than it is for",
        QUEUE,
        amend(ALICE, display_quantity=11),
        ["rejected invalid_display_quantity"],
    ),
    Case(
        "an iceberg that is for less keeps its slice where it can",
        [buy(ALICE, 10, 1_000, display_quantity=4)],
        amend(ALICE, quantity=6),
        [f"amended 1: 6 at 1000, 6 left, {KEEPS}"],
    ),
    Case(
        "and shows what is left where it cannot",
        [buy(ALICE, 10, 1_000, display_quantity=4), sell(BOB, 6, 1_000)],
        amend(ALICE, quantity=7),
        [f"amended 1: 7 at 1000, 1 left, {KEEPS}"],
        ["depth buy 1000: 1"],
    ),
    Case(
        "a stop price is for stops",
        QUEUE,
        amend(ALICE, stop_price=900),
        ["rejected order_type_unavailable"],
    ),
    Case(
        "a price has its bound",
        QUEUE,
        amend(ALICE, price=PRICE_LIMIT),
        ["rejected price_out_of_range"],
    ),
    Case(
        "and a quantity the market's",
        QUEUE,
        amend(ALICE, quantity=1_000_001),
        ["rejected quantity_out_of_range"],
    ),
    Case(
        "another's order is unknown",
        QUEUE,
        amend(CAROL, quantity=7),
        ["rejected order_unknown"],
    ),
    Case(
        "a frozen account amends nothing",
        [*QUEUE, FreezeAccount(ALICE).encode()],
        amend(ALICE, quantity=7),
        ["rejected account_frozen"],
    ),
    Case(
        "nor is anything amended in a halted market",
        [*QUEUE, SetMarketStatus(1, 2, 0).encode()],
        amend(ALICE, quantity=7),
        ["rejected market_halted"],
    ),
]


@both_cores
@every(CASES)
def test_amends(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_the_hold_follows_the_order(make_core: MakeCore) -> None:
    """Resting at 1,000 ticks and 0.05 %: 100 lots need 1,000,500; 60 need 600,300; at 999 599,400 + 300."""
    scenario = Scenario(make_core, maker_ppm=500, taker_ppm=1_000)
    scenario.do(buy(ALICE, 100, 1_000))
    scenario.do(amend(ALICE, quantity=60))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 600_300, 600_300)
    scenario.do(amend(ALICE, price=999))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 599_700, 599_700)
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.balance(ALICE, USDC) == (FUNDS, 0)


@both_cores
def test_a_sell_holds_its_lots(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(sell(ALICE, 10, 1_000))
    scenario.do(amend(ALICE, quantity=25))
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 25_000, 25_000)


@both_cores
def test_more_than_there_is_cannot_be_asked_for_and_the_order_stays(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    whole = FUNDS // 10_000
    scenario.do(buy(ALICE, whole, 1_000))
    assert scenario.do(amend(ALICE, quantity=whole + 1)) == ["rejected insufficient_funds"]
    assert scenario.balance(ALICE, USDC) == (0, FUNDS)
    assert scenario.do(amend(ALICE, quantity=whole - 1))[0].endswith(KEEPS)


@both_cores
def test_an_amend_below_the_least_notional_is_refused_unless_nothing_changes(make_core: MakeCore) -> None:
    """At 1,000 ticks 6 lots are worth 60,000, of which 55,000 is the least; 5 are worth 50,000."""
    scenario = Scenario(make_core, min_notional=55_000)
    scenario.do(buy(ALICE, 6, 1_000))
    assert scenario.do(amend(ALICE, quantity=5)) == ["rejected below_min_notional"]
    assert scenario.do(amend(ALICE, price=900)) == ["rejected below_min_notional"]
    assert scenario.do(amend(ALICE, price=1_100, quantity=5))[0].endswith(LOSES)
