"""Orders that wait or are linked, where markets are in auction, halted, banded or limited; in both cores."""

import pytest

from cse.engine.wire import CancelMarketOrders, CancelOrder, SelfTradePrevention, Side, Tick
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.commands import (
    AUCTION,
    CANCEL_ONLY,
    DELISTED,
    OPEN,
    SECOND_US,
    TENTH_PPM,
    amend,
    band,
    becomes,
    interrupts,
    limits,
    tick,
)
from tests.rules.markets_in_auction import crossed
from tests.rules.orders_of_lists import OCO, bracket, oco_of_sells, placed_as
from tests.rules.orders_of_triggers import (
    STOP_LIMIT,
    STOP_LOSS,
    TAKE_PROFIT,
    stop,
    stop_prices,
    traded_at,
    trailing,
)
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    FUNDS,
    NOVA,
    NOW_US,
    USDC,
    Scenario,
    buy,
    order,
    sell,
)

SELLS = oco_of_sells()
COLLECTS = becomes(AUCTION)

IN_AUCTIONS = [
    Case(
        "an auction takes orders that wait",
        [COLLECTS],
        stop(Side.SELL, STOP_LOSS, 950),
        ["accepted 1"],
    ),
    Case("but no lists", [COLLECTS], SELLS, ["rejected not_in_auction"]),
    Case("of any sort", [COLLECTS], bracket(), ["rejected not_in_auction"]),
    Case(
        "its trade fires them, and they come when the market is open",
        [stop(Side.SELL, STOP_LOSS, 950), COLLECTS, buy(BOB, 12, 950), sell(CAROL, 2, 940)],
        becomes(OPEN),
        [
            crossed(2, 950, 3, 2),
            "closed 3 filled: 2 of 2",
            "uncrossed 2 at 950",
            "market open",
            "triggered 1 at 950",
            f"traded 10 at 950 with 2: {NO_FEES}",
            "closed 2 filled: 12 of 12",
            "closed 1 filled: 10 of 10",
        ],
        ["depth buy 950: 0", "depth sell 940: 0"],
    ),
    Case(
        "an OCO that rests from before trades in it, and the stop closes",
        [SELLS, COLLECTS],
        buy(BOB, 4, 1_250),
        ["accepted 3", "indicated 4 at 1200, 6 sell left"],
        ["depth buy 1250: 4"],
    ),
    Case(
        "when it ends the stop closes behind what the trade brought about",
        [SELLS, COLLECTS, buy(BOB, 4, 1_250)],
        becomes(OPEN),
        [
            crossed(4, 1_200, 3, 1),
            "closed 3 filled: 4 of 4",
            "closed 2 linked: 0 of 10",
            "uncrossed 4 at 1200",
            "market open",
        ],
        ["depth buy 1250: 0", "depth sell 1200: 6"],
    ),
    Case(
        "lots that go by decrement in it close the stop, too",
        [
            SELLS,
            COLLECTS,
            buy(ALICES_SUB, 4, 1_250, self_trade_prevention=SelfTradePrevention.DECREMENT),
        ],
        becomes(OPEN),
        [
            "prevented 4 at 1200 with 1: decrement, 6 and 0 left",
            "closed 3 self_trade: 0 of 0",
            "closed 2 linked: 0 of 10",
            "uncrossed nothing",
            "market open",
        ],
        ["depth buy 1250: 0", "depth sell 1200: 6"],
    ),
    Case(
        "an entry that is filled in it makes place for its exits when the market is open",
        [bracket(), COLLECTS, sell(BOB, 10, 990)],
        becomes(OPEN),
        [
            crossed(10, 995, 4, 1),
            "closed 1 filled: 10 of 10",
            "closed 4 filled: 10 of 10",
            "uncrossed 10 at 995",
            "market open",
            "activated 2: 10",
            "activated 3: 10 with stop 950",
        ],
        ["depth buy 1000: 0", "depth sell 990: 0", "depth sell 1100: 10"],
    ),
]  # fmt: skip


@both_cores
@every(IN_AUCTIONS)
def test_auctions(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_what_an_entry_buys_in_an_auction_is_locked_for_its_exits(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for command in (bracket(), COLLECTS, sell(BOB, 4, 990), becomes(OPEN)):
        scenario.do(command)
    assert scenario.balance(ALICE, NOVA) == (FUNDS, 4_000)
    assert scenario.balance(ALICE, USDC) == (FUNDS - 40_000 - 60_000, 60_000)


@both_cores
def test_of_two_that_are_linked_the_makers_stop_closes_first(make_core: MakeCore) -> None:
    """The second OCO interrupts the market and rests in the auction; both show two of their ten lots."""
    scenario = Scenario(make_core)
    buys = placed_as(
        OCO,
        buy(BOB, 10, 1_200, display_quantity=2),
        order(BOB, Side.BUY, 10, 1_400, order_type=STOP_LOSS, stop_price=1_300),
    )
    sells = placed_as(OCO, sell(ALICE, 10, 1_200, display_quantity=2), stop(Side.SELL, STOP_LOSS, 900))
    for command in (*traded_at(1_000), interrupts(TENTH_PPM), *traded_at(1_000)):
        scenario.do(command)
    for command in (sells, buys):
        assert scenario.do(command)[0].startswith("accepted")
    assert scenario.do(becomes(OPEN))[:4] == [
        crossed(2, 1_200, 7, 5),
        "closed 6 linked: 0 of 10",
        "closed 8 linked: 0 of 10",
        crossed(2, 1_200, 7, 5),
    ]


@both_cores
def test_what_waits_is_amended_in_an_auction(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.SELL, STOP_LOSS, 950))
    scenario.do(COLLECTS)
    assert scenario.do(amend(ALICE, stop_price=940)) == ["amended 1: 10 at 0, 10 left, keeps its place"]
    assert stop_prices(scenario) == {1: 940}


@both_cores
def test_a_stop_that_trades_too_fast_interrupts_the_market_and_those_behind_it_wait(
    make_core: MakeCore,
) -> None:
    """From 1,000 by more than 10 %: the stop-loss at 890 would be; what follows comes after the auction."""
    scenario = Scenario(make_core)
    for command in (interrupts(TENTH_PPM), *traded_at(1_000), buy(BOB, 20, 890)):
        scenario.do(command)
    scenario.do(stop(Side.SELL, STOP_LOSS, 960, 2))
    scenario.do(stop(Side.SELL, STOP_LIMIT, 950, 3, 890))
    ends_at_us = NOW_US + 300 * SECOND_US
    assert [scenario.do(command) for command in traded_at(950)][1][4:] == [
        "triggered 4 at 950",
        f"market auction until {ends_at_us}",
        "closed 4 expired: 0 of 2",
    ]
    assert stop_prices(scenario) == {5: 950}
    scenario.time_us = ends_at_us
    assert scenario.do(Tick().encode()) == [
        "uncrossed nothing",
        "market open",
        "triggered 5 at 950",
        f"traded 3 at 890 with 3: {NO_FEES}",
        "closed 5 filled: 3 of 3",
    ]


@both_cores
def test_a_stop_limit_that_interrupts_the_market_rests_in_the_auction(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for command in (interrupts(TENTH_PPM), *traded_at(1_000), buy(BOB, 20, 890)):
        scenario.do(command)
    scenario.do(stop(Side.SELL, STOP_LIMIT, 950, 3, 890))
    said = [scenario.do(command) for command in traded_at(950)][1][4:]
    assert said == [
        "triggered 4 at 950",
        f"market auction until {NOW_US + 300 * SECOND_US}",
        "indicated 3 at 890, 17 buy left",
    ]
    assert stop_prices(scenario) == {}


@both_cores
def test_a_stop_that_fires_into_the_band_ends_at_it(make_core: MakeCore) -> None:
    """From 1,000 by 10 %: asks of 5 at 1,050 and 5 at 1,150, of which the second is beyond 1,100."""
    scenario = Scenario(make_core)
    for command in (*traded_at(1_000), sell(BOB, 5, 1_050), sell(BOB, 5, 1_150), band(TENTH_PPM)):
        scenario.do(command)
    scenario.do(stop(Side.BUY, STOP_LOSS, 1_010, 10, 1_200))
    said = [scenario.do(command) for command in traded_at(1_010)][1]
    assert said[4:] == [
        "triggered 5 at 1010",
        f"traded 5 at 1050 with 3: {NO_FEES}",
        "closed 3 filled: 5 of 5",
        "closed 5 expired: 5 of 10",
    ]


STEPS = [
    ("a stop price between steps", stop(Side.SELL, STOP_LOSS, 952), "price_off_tick"),
    ("a worst price between steps", stop(Side.SELL, STOP_LOSS, 950, price=902), "price_off_tick"),
    ("a price between steps behind a trigger", stop(Side.SELL, STOP_LIMIT, 950, price=902), "price_off_tick"),
    ("too few lots", stop(Side.SELL, STOP_LOSS, 950, 4), "below_min_quantity"),
    ("lots between steps", stop(Side.SELL, STOP_LOSS, 950, 11), "quantity_off_lot"),
    ("too much behind a trigger", stop(Side.SELL, STOP_LIMIT, 950, 60, 1_000), "above_max_notional"),
    ("too large an amount", stop(Side.BUY, STOP_LOSS, 950, 0, quote_amount=500_001), "above_max_notional"),
    ("all of it in its bounds", stop(Side.SELL, STOP_LIMIT, 950, 50, 1_000), None),
    ("a trailing stop, whose stop price is any", trailing(Side.SELL, 3), None),
    ("one without a price, of as many lots as may be", stop(Side.SELL, STOP_LOSS, 950, 1_000), None),
]


@both_cores
@pytest.mark.parametrize(("command", "code"), [each[1:] for each in STEPS], ids=[each[0] for each in STEPS])
def test_what_waits_keeps_to_the_limits(make_core: MakeCore, command: bytes, code: str | None) -> None:
    scenario = Scenario(make_core)
    scenario.do(limits(price_increment=5, quantity_increment=2, min_quantity=6, max_notional=500_000))
    assert scenario.do(command) == ["accepted 1" if code is None else f"rejected {code}"]


@both_cores
def test_a_new_stop_price_keeps_to_the_step(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.SELL, STOP_LOSS, 952))
    scenario.do(limits(price_increment=5))
    assert scenario.do(amend(ALICE, stop_price=948)) == ["rejected price_off_tick"]
    assert scenario.do(amend(ALICE, quantity=9)) == ["amended 1: 9 at 0, 9 left, keeps its place"]
    assert scenario.do(amend(ALICE, stop_price=945))[0].startswith("amended 1")


@both_cores
def test_exits_of_a_bracket_sell_what_was_bought_whatever_the_least_quantity(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(limits(min_quantity=6))
    assert scenario.do(bracket())[-1] == "linked 1 and 2 and 3 as bracket"
    scenario.do(sell(BOB, 6, 1_200))
    scenario.do(sell(BOB, 6, 1_000))
    said = scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert said == ["closed 1 cancelled: 6 of 10", "activated 2: 6", "activated 3: 6 with stop 950"]


@both_cores
def test_a_market_is_cleared_of_what_waits_and_is_linked(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for command in (SELLS, bracket(), stop(Side.SELL, TAKE_PROFIT, 1_300), becomes(CANCEL_ONLY)):
        scenario.do(command)
    assert scenario.do(becomes(DELISTED)) == ["rejected market_has_orders"]
    assert scenario.do(CancelMarketOrders(1).encode()) == [
        "closed 1 cancelled: 0 of 10",
        "closed 2 linked: 0 of 10",
        "closed 3 cancelled: 0 of 10",
        "closed 4 linked: 0 of 0",
        "closed 5 linked: 0 of 0",
        "closed 6 cancelled: 0 of 10",
        "MarketOrdersCancelled 3",
    ]
    assert scenario.do(becomes(DELISTED)) == ["market delisted"]


@both_cores
def test_an_auction_goes_on_before_what_it_fired_comes(make_core: MakeCore) -> None:
    """At its end, which a tick brings, the auction trades at 940 and fires the stop before the command."""
    scenario = Scenario(make_core)
    ends_at_us = NOW_US + SECOND_US
    for command in (
        stop(Side.SELL, STOP_LOSS, 950, 3),
        becomes(AUCTION, ends_at_us),
        buy(BOB, 5, 940),
        sell(CAROL, 1, 940),
    ):
        scenario.do(command)
    assert tick(scenario, ends_at_us) == [
        crossed(1, 940, 3, 2),
        "closed 3 filled: 1 of 1",
        "uncrossed 1 at 940",
        "market open",
        "triggered 1 at 940",
        f"traded 3 at 940 with 2: {NO_FEES}",
        "closed 1 filled: 3 of 3",
    ]
