"""How an auction ends: who trades with whom, what they pay, and when; in both cores."""

import pytest

from cse.engine.wire import FreezeAccount, SelfTradePrevention, SetMarketBand, Tick
from tests.property.tables import message
from tests.rules.cases import NO_FEES, MakeCore, both_cores
from tests.rules.commands import AUCTION, CANCEL_ONLY, HALTED, OPEN, becomes
from tests.rules.markets_in_auction import crossed, in_auction
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    FEES,
    FUNDS,
    GTD,
    NOVA,
    NOW_US,
    USDC,
    buy,
    sell,
)


@both_cores
def test_the_price_of_the_auction_is_that_of_all_trades(make_core: MakeCore) -> None:
    """200 lots trade at 9: who bid 10 pays 9, and who asked 8 gets 9."""
    scenario = in_auction(
        make_core, buy(ALICE, 100, 10), buy(ALICE, 100, 9), sell(BOB, 100, 8), sell(BOB, 100, 9)
    )
    assert scenario.say(becomes(OPEN)) == [
        crossed(100, 9, 3, 1),
        "closed 1 filled: 100 of 100",
        "closed 3 filled: 100 of 100",
        crossed(100, 9, 4, 2),
        "closed 2 filled: 100 of 100",
        "closed 4 filled: 100 of 100",
        "uncrossed 200 at 9",
        "market open",
        "depth buy 9: 0",
        "depth buy 10: 0",
        "depth sell 8: 0",
        "depth sell 9: 0",
        f"balance {ALICE} {USDC}: {FUNDS - 18_000} + 0",
        f"balance {ALICE} {NOVA}: {FUNDS + 200_000} + 0",
        f"balance {BOB} {USDC}: {FUNDS + 18_000} + 0",
        f"balance {BOB} {NOVA}: {FUNDS - 200_000} + 0",
    ]


@both_cores
def test_what_does_not_cross_goes_on_in_its_place(make_core: MakeCore) -> None:
    """Two bids at 9 and two asks at 10: nothing trades, and the older ones trade first afterwards."""
    scenario = in_auction(make_core, buy(ALICE, 1, 9), buy(BOB, 1, 9), sell(CAROL, 1, 10), sell(BOB, 1, 10))
    assert scenario.say(becomes(OPEN)) == ["uncrossed nothing", "market open"]
    assert scenario.do(sell(CAROL, 1, 9))[1] == f"traded 1 at 9 with 1: {NO_FEES}"
    assert scenario.do(buy(ALICE, 1, 10))[1] == f"traded 1 at 10 with 3: {NO_FEES}"


@both_cores
def test_best_prices_and_then_the_oldest_trade_first(make_core: MakeCore) -> None:
    """Of 30 lots asked for 25 are there: the last in the queue at the price of the auction gets less."""
    scenario = in_auction(
        make_core,
        buy(ALICE, 10, 1_000),
        buy(CAROL, 10, 1_000),
        buy(ALICE, 10, 1_001),
        sell(BOB, 25, 990),
    )
    assert scenario.do(becomes(OPEN)) == [
        crossed(10, 1_000, 4, 3),
        "closed 3 filled: 10 of 10",
        crossed(10, 1_000, 4, 1),
        "closed 1 filled: 10 of 10",
        crossed(5, 1_000, 4, 2),
        "closed 4 filled: 25 of 25",
        "uncrossed 25 at 1000",
        "market open",
    ]


@both_cores
def test_an_iceberg_trades_slice_by_slice(make_core: MakeCore) -> None:
    """Its slice of 4 is followed by another behind who stands at its price."""
    scenario = in_auction(
        make_core, buy(ALICE, 6, 1_000, display_quantity=4), buy(CAROL, 5, 1_000), sell(BOB, 10, 1_000)
    )
    assert scenario.do(becomes(OPEN)) == [
        crossed(4, 1_000, 3, 1),
        crossed(5, 1_000, 3, 2),
        "closed 2 filled: 5 of 5",
        crossed(1, 1_000, 3, 1),
        "closed 3 filled: 10 of 10",
        "uncrossed 10 at 1000",
        "market open",
    ]


@both_cores
def test_both_pay_as_makers(make_core: MakeCore) -> None:
    """0.1 % of 50,000 units each; the hold of the buy is what its price of 1010 needed."""
    scenario = in_auction(make_core, buy(ALICE, 5, 1_010), maker_ppm=1_000, taker_ppm=2_000)
    assert scenario.balance(ALICE, USDC) == (FUNDS - 50_551, 50_551)
    scenario.do(message(SetMarketBand, market=1, reference_price=1_000))
    scenario.do(sell(BOB, 5, 990))
    assert scenario.do(becomes(OPEN))[0] == "traded 5 at 1000 with 2 and 1: maker 50 taker 50 creator 0"
    assert scenario.balance(ALICE, USDC) == (FUNDS - 50_050, 0)
    assert scenario.balance(BOB, USDC) == (FUNDS + 49_950, 0)
    assert scenario.balance(FEES, USDC) == (100, 0)


@both_cores
def test_nobody_is_paid_a_rebate(make_core: MakeCore) -> None:
    scenario = in_auction(
        make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000), maker_ppm=-1_000, taker_ppm=2_000
    )
    assert scenario.do(becomes(OPEN))[0] == crossed(5, 1_000, 2, 1)


@both_cores
def test_a_creator_has_his_share(make_core: MakeCore) -> None:
    orders = buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000)
    scenario = in_auction(make_core, *orders, maker_ppm=1_000, taker_ppm=2_000, creator_share_ppm=250_000)
    assert scenario.do(becomes(OPEN))[0] == "traded 5 at 1000 with 2 and 1: maker 50 taker 50 creator 25"


PREVENTIONS = [
    (SelfTradePrevention.CANCEL_NEWEST, ["closed 2 self_trade: 0 of 3"], "5 and 3"),
    (SelfTradePrevention.CANCEL_OLDEST, ["closed 1 self_trade: 0 of 5"], "5 and 3"),
    (SelfTradePrevention.CANCEL_BOTH, ["closed 1 self_trade: 0 of 5", "closed 2 self_trade: 0 of 3"], "5 and 3"),
    (SelfTradePrevention.DECREMENT, ["closed 2 self_trade: 0 of 0"], "2 and 0"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(
    ("prevention", "closed", "left"), PREVENTIONS, ids=[each[0].name for each in PREVENTIONS]
)
def test_own_orders_do_not_trade(
    make_core: MakeCore, prevention: SelfTradePrevention, closed: list[str], left: str
) -> None:
    """Alice buys 5, her second account sells 3 with this prevention: the younger one's holds."""
    scenario = in_auction(
        make_core, buy(ALICE, 5, 1_000), sell(ALICES_SUB, 3, 1_000, self_trade_prevention=prevention)
    )
    name = prevention.name.lower()
    assert scenario.do(becomes(OPEN)) == [
        f"prevented 3 at 1000 with 1: {name}, {left} left",
        *closed,
        "uncrossed nothing",
        "market open",
    ]
    rest = {SelfTradePrevention.CANCEL_NEWEST: 5, SelfTradePrevention.DECREMENT: 2}.get(prevention, 0)
    assert scenario.balance(ALICE, USDC)[1] == rest * 10_000
    kept = prevention == SelfTradePrevention.CANCEL_OLDEST
    assert scenario.balance(ALICES_SUB, NOVA)[1] == (3_000 if kept else 0)


@both_cores
def test_of_two_decremented_orders_both_may_go(make_core: MakeCore) -> None:
    prevention = SelfTradePrevention.DECREMENT
    scenario = in_auction(
        make_core, sell(ALICES_SUB, 5, 1_000), buy(ALICE, 5, 1_000, self_trade_prevention=prevention)
    )
    assert scenario.do(becomes(OPEN))[:3] == [
        "prevented 5 at 1000 with 1: decrement, 0 and 0 left",
        "closed 1 self_trade: 0 of 0",
        "closed 2 self_trade: 0 of 0",
    ]


@both_cores
def test_behind_own_orders_the_auction_goes_on_at_another_price(make_core: MakeCore) -> None:
    """At 1000 most would trade; but the ask there is Alice's own, and then 990 is the best of all."""
    scenario = in_auction(
        make_core,
        buy(ALICE, 5, 1_000),
        buy(CAROL, 2, 995),
        sell(ALICES_SUB, 5, 985, self_trade_prevention=SelfTradePrevention.CANCEL_BOTH),
        sell(BOB, 3, 990),
    )
    said = scenario.do(becomes(OPEN))
    assert said[1:3] == ["closed 1 self_trade: 0 of 5", "closed 3 self_trade: 0 of 5"]
    assert said[3:] == [
        crossed(2, 990, 4, 2),
        "closed 2 filled: 2 of 2",
        "uncrossed 2 at 990",
        "market open",
    ]


@both_cores
def test_an_auction_ends_at_its_time_before_any_command(make_core: MakeCore) -> None:
    """A buy that comes then meets what the auction has left."""
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 8, 1_000), ends_at_us=NOW_US + 9)
    scenario.time_us = NOW_US + 8
    assert scenario.do(Tick().encode()) == []
    scenario.time_us += 1
    assert scenario.do(buy(CAROL, 1, 1_000)) == [
        crossed(5, 1_000, 2, 1),
        "closed 1 filled: 5 of 5",
        "uncrossed 5 at 1000",
        "market open",
        "accepted 3",
        f"traded 1 at 1000 with 2: {NO_FEES}",
        "closed 3 filled: 1 of 1",
    ]


@both_cores
def test_an_auction_without_an_end_waits(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000))
    scenario.time_us = 1 << 52
    assert scenario.do(Tick().encode()) == []


@both_cores
def test_an_auction_ends_later_or_earlier_where_it_is_said_anew(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, ends_at_us=NOW_US + 9)
    scenario.do(becomes(AUCTION, NOW_US + 20))
    scenario.time_us = NOW_US + 19
    assert scenario.do(Tick().encode()) == []
    scenario.time_us += 1
    assert scenario.do(Tick().encode()) == ["uncrossed nothing", "market open"]


@both_cores
def test_orders_that_expire_with_the_auction_do_not_trade(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, sell(BOB, 5, 1_000), ends_at_us=NOW_US + 9)
    scenario.do(buy(ALICE, 5, 1_000, GTD, expires_at_us=NOW_US + 9))
    scenario.time_us = NOW_US + 9
    assert scenario.do(Tick().encode()) == [
        "OrdersExpired 1",
        "closed 2 expired: 0 of 5",
        "uncrossed nothing",
        "market open",
    ]


@both_cores
def test_a_frozen_account_trades_in_the_auction(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000))
    scenario.do(FreezeAccount(ALICE).encode())
    assert scenario.do(becomes(OPEN))[0] == crossed(5, 1_000, 2, 1)


@both_cores
def test_a_crossed_book_opens_by_an_auction(make_core: MakeCore) -> None:
    """Out of a halt that came upon an auction."""
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000))
    for status in (HALTED, CANCEL_ONLY):
        scenario.do(becomes(status))
    assert scenario.do(becomes(OPEN)) == [
        "market auction",
        crossed(5, 1_000, 2, 1),
        "closed 1 filled: 5 of 5",
        "closed 2 filled: 5 of 5",
        "uncrossed 5 at 1000",
        "market open",
    ]


@both_cores
def test_the_last_price_is_that_of_the_auction(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000))
    scenario.do(message(SetMarketBand, market=1, price_band_ppm=100_000))
    scenario.do(becomes(OPEN))
    assert scenario.do(buy(ALICE, 5, 1_101)) == ["rejected price_outside_band"]
    assert scenario.do(buy(ALICE, 5, 1_100)) == ["accepted 3"]
