"""How far and how fast a price may go: price bands and volatility interruptions; in both cores."""

import pytest

from cse.engine.wire import CancelOrder, SelfTradePrevention, SetMarketBand, Side, Tick
from tests.property.tables import message
from tests.rules.cases import NO_FEES, MakeCore, both_cores
from tests.rules.commands import AUCTION, SECOND_US, TENTH_PPM, amend, band, becomes, interrupts, limits
from tests.rules.scenario import (
    ALICE,
    BOB,
    CAROL,
    FOK,
    FUNDS,
    IOC,
    NOW_US,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
    transfer,
)


def traded(lots: int, price: int, maker: int) -> str:
    return f"traded {lots} at {price} with {maker}: {NO_FEES}"


SET = [
    ("nothing", band(), "MarketBandChanged"),
    ("an unknown market", message(SetMarketBand, market=2, interruption_ppm=1), "rejected market_unknown"),
    ("the widest band", band(999_999), "MarketBandChanged"),
    ("a wider band", band(1_000_000), "rejected invalid_market"),
    ("the highest reference", band(1, (1 << 40) - 1), "MarketBandChanged"),
    ("a reference that is no price", band(1, 1 << 40), "rejected invalid_market"),
    ("the slowest interruption", interrupts(999_999, 86_400, 86_400), "MarketBandChanged"),
    ("a slower interruption", interrupts(1_000_000), "rejected invalid_market"),
    ("an interruption without a window", interrupts(1, 0, 1), "rejected invalid_market"),
    ("an interruption with a longer window", interrupts(1, 86_401, 1), "rejected invalid_market"),
    ("an interruption without an auction", interrupts(1, 1, 0), "rejected invalid_market"),
    ("an interruption with a longer auction", interrupts(1, 1, 86_401), "rejected invalid_market"),
    ("no interruption, with any window", interrupts(0, 99_999, 99_999), "MarketBandChanged"),
]


@both_cores
@pytest.mark.parametrize(("name", "command", "said"), SET, ids=[each[0] for each in SET])
def test_a_band(make_core: MakeCore, name: str, command: bytes, said: str) -> None:
    assert Scenario(make_core).do(command) == [said]


# Band in ppm, reference, the highest price of a buy, the lowest of a sell.
BOUNDS = [
    (TENTH_PPM, 1_000, 1_100, 900),
    (TENTH_PPM, 1_005, 1_105, 905),
    (TENTH_PPM, 9, 9, 9),
    (50_000, 10_001, 10_501, 9_501),
    (999_999, 1_000, 1_999, 1),
    (1, 1_000, 1_000, 1_000),
]


@both_cores
@pytest.mark.parametrize(("ppm", "reference", "highest", "lowest"), BOUNDS)
def test_the_bounds_lie_within_the_band(
    make_core: MakeCore, ppm: int, reference: int, highest: int, lowest: int
) -> None:
    for make, inside, outside in ((buy, highest, highest + 1), (sell, lowest, lowest - 1)):
        scenario = Scenario(make_core)
        scenario.do(band(ppm, reference))
        refused = "price_outside_band" if outside else "price_out_of_range"
        assert scenario.do(make(ALICE, 1, outside)) == [f"rejected {refused}"]
        assert scenario.do(make(ALICE, 1, inside)) == ["accepted 1"]


PRICES = [
    ("a buy far below", [], buy(ALICE, 5, 1), "accepted 1"),
    ("a sell far above", [], sell(ALICE, 5, 9_999), "accepted 1"),
    ("a worst price is not looked at", [], market_order(ALICE, Side.BUY, 5, price=9_999), "accepted 1"),
    ("in an auction there is none", [becomes(AUCTION)], buy(ALICE, 5, 9_999), "accepted 1"),
    ("the last price is nearer than the reference", [sell(BOB, 1, 1_050), buy(CAROL, 1, 1_050)], buy(ALICE, 5, 1_155), "accepted 3"),
    ("and no higher", [sell(BOB, 1, 1_050), buy(CAROL, 1, 1_050)], buy(ALICE, 5, 1_156), "rejected price_outside_band"),
    ("too much money comes first", [limits(max_notional=5)], buy(ALICE, 5, 9_999), "rejected above_max_notional"),
    ("the band comes before the funds", [], buy(ALICE, 1_000_000, 1_101), "rejected price_outside_band"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "before", "order", "said"), PRICES, ids=[each[0] for each in PRICES])
def test_a_price_and_a_band_of_a_tenth_around_1000(
    make_core: MakeCore, name: str, before: list[bytes], order: bytes, said: str
) -> None:
    scenario = Scenario(make_core)
    for command in [band(TENTH_PPM, 1_000), *before]:
        assert not scenario.do(command)[0].startswith("rejected")
    assert scenario.do(order)[0] == said


@both_cores
def test_without_a_trade_and_a_reference_there_is_no_band(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(band(TENTH_PPM))
    assert scenario.do(buy(ALICE, 1, 50_000)) == ["accepted 1"]
    assert scenario.do(sell(BOB, 1, 50_000))[1] == traded(1, 50_000, 1)
    assert scenario.do(buy(ALICE, 1, 55_001)) == ["rejected price_outside_band"]


@both_cores
def test_a_market_is_listed_with_its_band(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, price_band_ppm=TENTH_PPM)
    scenario.do(sell(BOB, 1, 1_000))
    scenario.do(buy(ALICE, 1, 1_000))
    assert scenario.do(buy(ALICE, 1, 1_101)) == ["rejected price_outside_band"]


@both_cores
def test_a_sweep_ends_at_the_band(make_core: MakeCore) -> None:
    """Reference 10.00 and a tenth: of 5 at 10.50 and 5 at 11.50 a market order for 10 gets the first."""
    scenario = Scenario(make_core)
    scenario.do(sell(BOB, 5, 1_050))
    scenario.do(sell(BOB, 5, 1_150))
    scenario.do(band(TENTH_PPM, 1_000))
    assert scenario.do(buy(ALICE, 1, 1_101)) == ["rejected price_outside_band"]
    assert scenario.do(market_order(ALICE, Side.BUY, 10)) == [
        "accepted 3",
        traded(5, 1_050, 1),
        "closed 1 filled: 5 of 5",
        "closed 3 expired: 5 of 10",
    ]
    assert scenario.balance(ALICE, USDC) == (FUNDS - 52_500, 0)


@both_cores
def test_the_bounds_stay_while_an_order_is_matched(make_core: MakeCore) -> None:
    """After the trade at 1100 the band would reach to 1210; the order keeps to 1100."""
    scenario = Scenario(make_core)
    for price in (1_100, 1_110):
        scenario.do(sell(BOB, 5, price))
    scenario.do(band(TENTH_PPM, 1_000))
    said = scenario.do(market_order(ALICE, Side.BUY, 10))
    assert said[1:] == [traded(5, 1_100, 1), "closed 1 filled: 5 of 5", "closed 3 expired: 5 of 10"]
    assert scenario.do(market_order(ALICE, Side.BUY, 5))[1] == traded(5, 1_110, 2)


@both_cores
def test_a_sale_ends_at_the_band(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for price in (950, 899):
        scenario.do(buy(BOB, 5, price))
    scenario.do(band(TENTH_PPM, 1_000))
    assert scenario.do(market_order(ALICE, Side.SELL, 10))[1:] == [
        traded(5, 950, 1),
        "closed 1 filled: 5 of 5",
        "closed 3 expired: 5 of 10",
    ]


@both_cores
@pytest.mark.parametrize(
    ("order", "ended"),
    [
        (buy(ALICE, 6, 1_100, FOK), "closed 3 killed: 0 of 6"),
        (market_order(ALICE, Side.BUY, 6, price=1_100), "closed 3 expired: 5 of 6"),
        (market_order(ALICE, Side.BUY, 0, 999_999), "closed 3 expired: 5 of 5"),
    ],
    ids=["fill or kill", "a worst price within", "an amount"],
)
def test_what_lies_beyond_the_band_is_not_there(make_core: MakeCore, order: bytes, ended: str) -> None:
    """5 at 1050 and 5 at 1150, and a band of a tenth around 1000."""
    scenario = Scenario(make_core)
    for price in (1_050, 1_150):
        scenario.do(sell(BOB, 5, price))
    scenario.do(band(TENTH_PPM, 1_000))
    assert scenario.do(order)[-1] == ended


@both_cores
def test_a_market_buy_holds_for_what_lies_within_the_band(make_core: MakeCore) -> None:
    """Alice has just what the 5 lots at 1050 cost, 52,500 units."""
    scenario = Scenario(make_core)
    for price in (1_050, 1_150):
        scenario.do(sell(BOB, 5, price))
    scenario.do(band(TENTH_PPM, 1_000))
    scenario.do(transfer((ALICE, BOB, USDC, FUNDS - 52_500)))
    assert scenario.do(market_order(ALICE, Side.BUY, 10))[-1] == "closed 3 expired: 5 of 10"


@both_cores
def test_a_sell_by_amount_finds_what_lies_within_the_band(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for price in (950, 899):
        scenario.do(buy(BOB, 5, price))
    scenario.do(band(TENTH_PPM, 1_000))
    said = scenario.do(market_order(ALICE, Side.SELL, quote_amount=90_000))
    assert said[-1] == "closed 3 expired: 5 of 5"


AMENDS = [
    ("the price beyond", amend(ALICE, price=1_111), "rejected price_outside_band"),
    ("the price nearer, and still beyond", amend(ALICE, price=1_101), "rejected price_outside_band"),
    ("the price to the bound", amend(ALICE, price=1_100), "amended 1"),
    ("the lots alone", amend(ALICE, quantity=4), "amended 1"),
]


@both_cores
@pytest.mark.parametrize(("name", "change", "said"), AMENDS, ids=[each[0] for each in AMENDS])
def test_an_amend_of(make_core: MakeCore, name: str, change: bytes, said: str) -> None:
    """A bid of 1110 that rests when a band of a tenth around 1000 is set."""
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_110))
    scenario.do(band(TENTH_PPM, 1_000))
    assert scenario.do(change)[0].startswith(said)


INTERRUPTED_US = NOW_US + 300 * SECOND_US
INTERRUPTED = f"market auction until {INTERRUPTED_US}"
TRADE = [traded(1, 1_020, 2), "closed 2 filled: 1 of 1"]


def interrupting(make_core: MakeCore, interruption_ppm: int = 20_000, window_s: int = 60) -> Scenario:
    """Interrupted at 2 % within a minute. Bob sells at these prices, and Alice has bought at 1000."""
    scenario = Scenario(make_core)
    scenario.do(interrupts(interruption_ppm, window_s))
    for price in (1_000, 1_020, 1_021, 1_030):
        scenario.do(sell(BOB, 1, price))
    assert scenario.do(buy(ALICE, 1, 1_000))[1] == traded(1, 1_000, 1)
    return scenario


@both_cores
def test_a_trade_that_goes_too_far_is_not_made(make_core: MakeCore) -> None:
    """1020 is 2 % away and trades; 1021 is more. The rest of the order joins the auction, crossing."""
    said = interrupting(make_core).say(buy(CAROL, 3, 1_030))
    assert said[:-4] == [
        "accepted 6",
        *TRADE,
        INTERRUPTED,
        "depth buy 1030: 2",
        "depth sell 1020: 0",
        "indicated 2 at 1030",
    ]
    assert f"balance {CAROL} {USDC}: {FUNDS - 10_200 - 20_600} + 20600" in said


ENDINGS = [
    ("immediate or cancel expires", buy(CAROL, 2, 1_021, IOC), [*TRADE, INTERRUPTED, "closed 6 expired: 1 of 2"]),
    ("a market order expires", market_order(CAROL, Side.BUY, 2), [*TRADE, INTERRUPTED, "closed 6 expired: 1 of 2"]),
    ("an amount expires", market_order(CAROL, Side.BUY, 0, 20_410), [*TRADE, INTERRUPTED, "closed 6 expired: 1 of 1"]),
    ("fill or kill is killed, and nothing is interrupted", buy(CAROL, 2, 1_021, FOK), ["closed 6 killed: 0 of 2"]),
    ("who stops short trades on", buy(CAROL, 2, 1_020), TRADE),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "order", "ended"), ENDINGS, ids=[each[0] for each in ENDINGS])
def test_of_orders_that_would_go_too_far(
    make_core: MakeCore, name: str, order: bytes, ended: list[str]
) -> None:
    assert interrupting(make_core).do(order) == ["accepted 6", *ended]


@both_cores
def test_a_sell_by_amount_sells_what_its_walk_found_and_interrupts_nothing(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(interrupts(20_000))
    for price in (1_000, 980, 979):
        scenario.do(buy(BOB, 1, price))
    assert scenario.do(market_order(ALICE, Side.SELL, quote_amount=29_590)) == [
        "accepted 4",
        traded(1, 1_000, 1),
        "closed 1 filled: 1 of 1",
        traded(1, 980, 2),
        "closed 2 filled: 1 of 1",
        "closed 4 expired: 2 of 2",
    ]


@both_cores
def test_a_market_falls_too_fast_like_it_rises(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(interrupts(20_000))
    for price in (1_000, 980, 979):
        scenario.do(buy(BOB, 1, price))
    said = scenario.do(sell(ALICE, 3, 970))
    assert said[1::2] == [traded(1, 1_000, 1), traded(1, 980, 2), INTERRUPTED]


@both_cores
@pytest.mark.parametrize(("waited_us", "interrupted"), [(60 * SECOND_US - 1, True), (60 * SECOND_US, False)])
def test_a_window_is_over_to_the_microsecond(make_core: MakeCore, waited_us: int, interrupted: bool) -> None:
    """With the first trade behind the window 1021 becomes the reference, from which 1030 is near."""
    scenario = interrupting(make_core)
    scenario.do(CancelOrder(BOB, 2, "").encode())
    scenario.time_us += waited_us
    said = scenario.do(buy(CAROL, 2, 1_030, IOC))
    assert (said[1] == f"market auction until {INTERRUPTED_US + waited_us}") == interrupted
    assert (said[1] == traded(1, 1_021, 3)) != interrupted


@both_cores
def test_the_reference_stays_while_prices_creep(make_core: MakeCore) -> None:
    """All within the window are held against its first trade, however near each is to the one before."""
    scenario = Scenario(make_core)
    scenario.do(interrupts(20_000))
    for price in range(1_000, 1_025, 5):
        scenario.do(sell(BOB, 1, price))
        said = scenario.do(buy(ALICE, 1, price))
        scenario.time_us += SECOND_US
    assert said[1] == traded(1, 1_020, 9)
    scenario.do(sell(BOB, 1, 1_021))
    assert scenario.do(buy(ALICE, 1, 1_021, IOC))[1].startswith("market auction")


@both_cores
def test_a_new_band_begins_a_new_window(make_core: MakeCore) -> None:
    scenario = interrupting(make_core)
    scenario.do(interrupts(20_000))
    said = scenario.do(market_order(CAROL, Side.BUY, 3))
    assert said[1:6:2] == [traded(1, 1_020, 2), traded(1, 1_021, 3), traded(1, 1_030, 4)]


@both_cores
def test_own_orders_are_met_before_the_price_is_looked_at(make_core: MakeCore) -> None:
    """An own ask at 1021 is cancelled first; the market is interrupted at the next one."""
    scenario = interrupting(make_core)
    scenario.do(CancelOrder(BOB, 3, "").encode())
    scenario.do(sell(CAROL, 1, 1_021))
    oldest = SelfTradePrevention.CANCEL_OLDEST
    said = scenario.do(buy(CAROL, 3, 1_030, IOC, self_trade_prevention=oldest))
    assert said == [
        "accepted 7",
        *TRADE,
        "prevented 1 at 1021 with 6: cancel_oldest, 1 and 2 left",
        "closed 6 self_trade: 0 of 1",
        INTERRUPTED,
        "closed 7 expired: 1 of 3",
    ]


@both_cores
def test_an_amend_may_interrupt_a_market(make_core: MakeCore) -> None:
    scenario = interrupting(make_core)
    scenario.do(buy(CAROL, 3, 990))
    said = scenario.do(amend(CAROL, 6, price=1_021))
    indicated = "indicated 1 at 1021, 1 buy left"
    assert said == ["amended 6: 3 at 1021, 3 left, loses its place", *TRADE, INTERRUPTED, indicated]


@both_cores
def test_the_auction_of_an_interruption_ends_by_itself_and_begins_a_new_window(make_core: MakeCore) -> None:
    scenario = interrupting(make_core)
    scenario.do(buy(CAROL, 3, 1_030))
    scenario.time_us = INTERRUPTED_US
    said = scenario.do(Tick().encode())
    assert said == [
        f"traded 1 at 1030 with 6 and 3: {NO_FEES}",
        "closed 3 filled: 1 of 1",
        f"traded 1 at 1030 with 6 and 4: {NO_FEES}",
        "closed 4 filled: 1 of 1",
        "closed 6 filled: 3 of 3",
        "uncrossed 2 at 1030",
        "market open",
    ]
    scenario.do(sell(BOB, 1, 1_050))
    assert scenario.do(buy(CAROL, 1, 1_050))[1] == traded(1, 1_050, 7)


@both_cores
def test_the_dump_has_band_and_interruption_reference(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(band(7, 8, interruption_ppm=9, interruption_window_s=10, interruption_auction_s=11))
    scenario.do(sell(BOB, 1, 8))
    scenario.do(buy(ALICE, 1, 8))
    market = next(line for line in scenario.core.dump().splitlines() if line.startswith("market "))
    assert f" 7 9 10 11 8 8 {NOW_US} " in market
