"""Call auctions: the price, what is indicated, and how they end; in both cores."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pytest

from cse.domain.limits import (
    EXPIRIES_MAX,
    FIXINGS_MAX,
    FLAG_POST_ONLY,
    FLAG_REPRICE,
    INDICATED_LEVELS_MAX,
    INDICATION_INTERVAL_US,
    TRADES_MAX,
)
from cse.engine.wire import (
    CancelOrder,
    FreezeAccount,
    SelfTradePrevention,
    SetMarketBand,
    Side,
    Tick,
    TimeInForce,
)
from tests.property.tables import message
from tests.rules.cases import NO_FEES, MakeCore, both_cores
from tests.rules.commands import AUCTION, CANCEL_ONLY, HALTED, OPEN, amend, becomes
from tests.rules.examples import cells_of
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    DAY,
    FEES,
    FOK,
    FUNDS,
    GTD,
    IOC,
    NOVA,
    USDC,
    Scenario,
    buy,
    market_order,
    nova_usdc,
    order,
    sell,
)

NOW_US = 1_000_000
"""When a scenario begins."""


def in_auction(make_core: MakeCore, *orders: bytes, ends_at_us: int = 0, **scenario: int) -> Scenario:
    """A market in auction, and the orders that it has taken."""
    found = Scenario(make_core, **scenario)
    found.do(becomes(AUCTION, ends_at_us))
    for command in orders:
        assert found.do(command)[0].startswith("accepted")
    return found


def crossed(lots: int, price: int, taker: int, maker: int) -> str:
    return f"traded {lots} at {price} with {taker} and {maker}: {NO_FEES}"


@dataclass(frozen=True)
class Price:
    """Bids and asks as lots at a price, what the price goes by, and what is indicated."""

    name: str
    bids: str
    asks: str
    indicated: str
    last_price: int = 0
    reference: int = 0


PRICES = [
    Price("nothing crosses", "1 at 9", "1 at 10", "nothing"),
    Price("no asks", "1 at 9", "", "nothing"),
    Price("no bids", "", "1 at 9", "nothing"),
    Price("both at one price", "5 at 10", "5 at 10", "5 at 10"),
    # Most is traded at 9: 100 would be at 8 and at 10, too, but 200 at 9.
    Price("most is traded", "100 at 10, 100 at 9", "100 at 8, 100 at 9", "200 at 9"),
    Price("least is left over", "10 at 105, 5 at 101", "8 at 100, 4 at 103", "10 at 103, 2 sell left"),
    Price("bids are left: the highest", "10 at 105, 5 at 101", "8 at 100", "8 at 105, 2 buy left"),
    Price("asks are left: the lowest", "4 at 105", "9 at 100, 3 at 102", "4 at 100, 5 sell left"),
    Price("nothing is left: the middle", "100 at 10", "100 at 8", "100 at 9"),
    Price("of an even number of prices the lower middle", "6 at 106", "6 at 101", "6 at 103"),
    Price("nearest to the last price", "6 at 105", "6 at 100", "6 at 103", last_price=103),
    Price("the highest below the last price", "6 at 105", "6 at 100", "6 at 105", last_price=110),
    Price("the lowest above the last price", "6 at 105", "6 at 100", "6 at 100", last_price=7),
    Price("nearest to the reference", "6 at 105", "6 at 100", "6 at 102", reference=102),
    Price("the last price, and not the reference", "6 at 105", "6 at 100", "6 at 104", last_price=104, reference=101),
    Price("no reference counts where bids are left", "7 at 105", "6 at 100", "6 at 105, 1 buy left", last_price=100),
    # Three bids are left at 101 and below, three asks from 102 on.
    Price("left on either side: nearest to the middle", "5 at 105, 3 at 101", "5 at 100, 3 at 102", "5 at 102, 3 sell left"),
    Price("left on either side: nearest to the last", "5 at 105, 3 at 101", "5 at 100, 3 at 102", "5 at 100, 3 buy left", last_price=100),
    Price("the lowest tick", "5 at 1", "5 at 1", "5 at 1"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("case", PRICES, ids=lambda case: case.name)
def test_the_price(make_core: MakeCore, case: Price) -> None:
    assert indicated_last(make_core, case) == case.indicated


def indicated_last(make_core: MakeCore, case: Price) -> str:
    """What is said to be traded when all orders are there."""
    scenario = Scenario(make_core)
    if case.last_price:
        scenario.do(sell(BOB, 1, case.last_price))
        scenario.do(buy(CAROL, 1, case.last_price))
    if case.reference:
        scenario.do(message(SetMarketBand, market=1, reference_price=case.reference))
    assert scenario.do(becomes(AUCTION)) == ["market auction"]
    said = []
    for account, side, levels in ((ALICE, Side.BUY, case.bids), (BOB, Side.SELL, case.asks)):
        for level in filter(None, levels.split(", ")):
            lots, price = level.split(" at ")
            said += scenario.do(order(account, side, int(lots), int(price)))
    told = [text.removeprefix("indicated ") for text in said if text.startswith("indicated")]
    return told[-1] if told else "nothing"


PAGE = (Path(__file__).parents[2] / "docs" / "trading-rules.md").read_text(encoding="utf-8")
HEADING = ["bids", "asks", "reference", "price", "volume", "surplus"]


def prices_of_page() -> Iterator[Price]:
    """The prices that the page works out."""
    rows = [cells_of(line) for line in PAGE.splitlines()]
    first = rows.index(HEADING) + 2
    for cells in takewhile(lambda cells: cells is not None, rows[first:]):
        bids, asks, reference, price, volume, surplus = cells or []
        left = "" if surplus == "0" else f", {surplus} left"
        number = 0 if reference == "none" else int(reference)
        yield Price(f"{bids} and {asks}", bids, asks, f"{volume} at {price}{left}", reference=number)


@both_cores
def test_the_prices_of_the_page(make_core: MakeCore) -> None:
    cases = list(prices_of_page())
    assert len(cases) > 4
    for case in cases:
        assert indicated_last(make_core, case) == case.indicated, case.name


REFUSED = [
    ("immediate or cancel", buy(ALICE, 5, 1_000, IOC)),
    ("fill or kill", buy(ALICE, 5, 1_000, FOK)),
    ("a market order", market_order(ALICE, Side.BUY, 5)),
    ("an amount", market_order(ALICE, Side.SELL, 0, 5)),
    ("post-only", buy(ALICE, 5, 1_000, flags=FLAG_POST_ONLY)),
    ("re-priced", buy(ALICE, 5, 1_000, flags=FLAG_POST_ONLY | FLAG_REPRICE)),
]


@both_cores
@pytest.mark.parametrize(("name", "command"), REFUSED, ids=[each[0] for each in REFUSED])
def test_an_auction_takes_no(make_core: MakeCore, name: str, command: bytes) -> None:
    assert in_auction(make_core).do(command) == ["rejected not_in_auction"]


@both_cores
@pytest.mark.parametrize("time_in_force", [TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY])
def test_an_auction_takes_what_may_rest(make_core: MakeCore, time_in_force: TimeInForce) -> None:
    ends_at_us = NOW_US + 5 if time_in_force == GTD else 0
    said = in_auction(make_core).do(buy(ALICE, 5, 1_000, time_in_force, expires_at_us=ends_at_us))
    assert said == ["accepted 1"]


@both_cores
def test_the_time_comes_before_the_auction(make_core: MakeCore) -> None:
    """Checks run in their order: a wrong time in force, then what an auction takes, then amounts."""
    scenario = in_auction(make_core)
    assert scenario.do(market_order(ALICE, Side.BUY, 5, time_in_force=DAY)) == [
        "rejected invalid_time_in_force"
    ]
    assert scenario.do(buy(ALICE, 0, 0, IOC)) == ["rejected not_in_auction"]


@both_cores
def test_orders_are_collected_and_cross(make_core: MakeCore) -> None:
    """A buy of 5 at 1000 and a sell of 3 at 990 stand in the book, and hold what they need as makers."""
    scenario = in_auction(make_core, maker_ppm=1_000, taker_ppm=2_000)
    assert scenario.say(buy(ALICE, 5, 1_000)) == [
        "accepted 1",
        "depth buy 1000: 5",
        f"balance {ALICE} {USDC}: {FUNDS - 50_050} + 50050",
    ]
    assert scenario.say(sell(BOB, 3, 990)) == [
        "accepted 2",
        "depth sell 990: 3",
        "indicated 3 at 1000, 2 buy left",
        f"balance {BOB} {NOVA}: {FUNDS - 3_000} + 3000",
    ]


@both_cores
def test_what_is_indicated_is_said_when_it_is_another(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 3, 990))
    assert scenario.do(buy(CAROL, 5, 900)) == ["accepted 3"]
    assert scenario.do(amend(ALICE, quantity=4)) == [
        "amended 1: 4 at 1000, 4 left, keeps its place",
        "indicated 3 at 1000, 1 buy left",
    ]
    assert scenario.do(sell(BOB, 3, 1_000)) == ["accepted 4", "indicated 4 at 1000, 2 sell left"]
    assert scenario.do(Tick().encode()) == []
    assert scenario.do(CancelOrder(ALICE, 1, "").encode()) == [
        "closed 1 cancelled: 0 of 4",
        "indicated nothing",
    ]


@both_cores
def test_an_iceberg_counts_whole(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 20, 1_000, display_quantity=2))
    said = scenario.say(sell(BOB, 15, 1_000))
    assert "indicated 15 at 1000, 5 buy left" in said
    assert "depth sell 1000: 15" in said


@both_cores
def test_what_crosses_deeply_is_told_of_ten_times_a_second(make_core: MakeCore) -> None:
    """Each command would look at all the levels, and everybody would wait."""
    scenario = in_auction(make_core)
    scenario.time_us = 10 * INDICATION_INTERVAL_US
    scenario.do(sell(BOB, 1, 1_000))
    for place in range(INDICATED_LEVELS_MAX):
        said = scenario.do(buy(ALICE, 1, 1_000 + place))
    last = 999 + INDICATED_LEVELS_MAX
    assert said == [f"accepted {INDICATED_LEVELS_MAX + 1}"]
    assert scenario.do(sell(BOB, 1, 1_001)) == [f"accepted {INDICATED_LEVELS_MAX + 2}"]
    scenario.time_us += INDICATION_INTERVAL_US - 1
    assert scenario.do(Tick().encode()) == []
    scenario.time_us += 1
    assert scenario.do(Tick().encode()) == [f"indicated 2 at {last - 1}"]
    assert scenario.do(sell(BOB, 1, 999))[1:] == []
    scenario.time_us += INDICATION_INTERVAL_US
    assert scenario.do(Tick().encode())[0].startswith("indicated 3 at")


@both_cores
def test_what_was_indicated_is_forgotten_with_the_auction(make_core: MakeCore) -> None:
    """A market that comes back into auction says again what it would trade."""
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000))
    assert scenario.do(becomes(AUCTION, NOW_US + 9)) == [f"market auction until {NOW_US + 9}"]
    assert scenario.do(becomes(HALTED)) == ["market halted"]
    assert scenario.do(becomes(AUCTION)) == ["market auction", "indicated 5 at 1000"]


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
def test_an_amend_in_an_auction_does_not_trade(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 5, 990), buy(CAROL, 5, 1_000), sell(BOB, 5, 1_000))
    assert scenario.do(amend(ALICE, price=1_000)) == [
        "amended 1: 5 at 1000, 5 left, loses its place",
        "indicated 5 at 1000, 5 buy left",
    ]
    said = scenario.do(becomes(OPEN))
    assert said[0] == crossed(5, 1_000, 3, 2)


@both_cores
def test_a_post_only_order_keeps_off_the_other_side_in_an_auction(make_core: MakeCore) -> None:
    """It was placed before; an amend of its price is held against the best ask."""
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 990, flags=FLAG_POST_ONLY))
    scenario.do(becomes(AUCTION))
    scenario.do(sell(BOB, 5, 1_000))
    assert scenario.do(amend(ALICE, price=1_000)) == ["rejected post_only_would_take"]
    assert scenario.do(amend(ALICE, price=999))[0].startswith("amended 1: 5 at 999")


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
def test_an_open_market_keeps_its_orders_into_the_auction(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    assert scenario.do(becomes(AUCTION)) == ["market auction"]
    assert scenario.do(sell(BOB, 5, 1_000)) == ["accepted 2", "indicated 5 at 1000"]


def uncrossing(make_core: MakeCore, lots: int) -> tuple[Scenario, list[str]]:
    """Alice bids for so many lots, of which she shows one at a time, and Bob sells all of them.

    Every lot is a meeting. The scenario, and what is said when the market is to open.
    """
    scenario = in_auction(make_core, buy(ALICE, lots, 1_000, display_quantity=1), sell(BOB, lots, 1_000))
    return scenario, scenario.do(becomes(OPEN))


@both_cores
def test_more_meetings_than_a_command_may_have(make_core: MakeCore) -> None:
    """The market stays in auction, and goes on before the next command, which finds it open."""
    lots = TRADES_MAX + 2
    scenario, said = uncrossing(make_core, lots)
    assert len(said) == TRADES_MAX + 1
    assert said[-1] == f"uncrossed {TRADES_MAX} at 1000, goes on at 1000"
    assert scenario.do(buy(CAROL, 1, 1_000)) == [
        crossed(1, 1_000, 2, 1),
        crossed(1, 1_000, 2, 1),
        f"closed 1 filled: {lots} of {lots}",
        f"closed 2 filled: {lots} of {lots}",
        "uncrossed 2 at 1000",
        "market open",
        "accepted 3",
    ]


@both_cores
def test_more_prices_than_a_command_may_fix(make_core: MakeCore) -> None:
    """Each buy sets the price, and goes for an own order; so no command looks at the book without end."""
    buys = FIXINGS_MAX + 4
    scenario = in_auction(make_core, sell(ALICE, 3, 1_000))
    for place in range(buys):
        scenario.do(buy(ALICE, 5, 2_000 - place))
    said = scenario.do(becomes(OPEN))
    assert said[-1] == f"uncrossed nothing, goes on at {2_000 - FIXINGS_MAX}"
    assert closed_ids(said) == list(range(2, FIXINGS_MAX + 2))
    said = scenario.do(Tick().encode())
    assert said[-2:] == ["uncrossed nothing", "market open"]
    assert closed_ids(said) == list(range(FIXINGS_MAX + 2, buys + 2))


def closed_ids(said: list[str]) -> list[int]:
    return [int(line.split()[1]) for line in said if line.startswith("closed")]


@both_cores
def test_who_pays_less_than_he_bid_gets_the_rest_back_at_once(make_core: MakeCore) -> None:
    """Bids at 1010 trade at 1000: the two lots that are left hold 1010 each, and no more."""
    lots = TRADES_MAX + 2
    scenario = in_auction(make_core, buy(ALICE, lots, 1_010, display_quantity=1), sell(BOB, lots, 1_000))
    scenario.do(message(SetMarketBand, market=1, reference_price=1_000))
    assert scenario.do(becomes(OPEN))[-1] == f"uncrossed {TRADES_MAX} at 1000, goes on at 1000"
    paid, held = TRADES_MAX * 10_000, 2 * 10_100
    assert scenario.balance(ALICE, USDC) == (FUNDS - paid - held, held)


UNCROSSING = [
    ("no order", buy(CAROL, 1, 1_000), "rejected market_halted"),
    ("no amend", amend(BOB, 2, quantity=3 * TRADES_MAX - 1), "rejected market_halted"),
    ("no other auction", becomes(AUCTION), "rejected invalid_market_status"),
    ("no opening", becomes(OPEN), "rejected invalid_market_status"),
    ("a cancel", CancelOrder(BOB, 2, "").encode(), f"closed 2 cancelled: {2 * TRADES_MAX} of {3 * TRADES_MAX}"),
    ("a halt", becomes(HALTED), "market halted"),
    ("an end of orders", becomes(CANCEL_ONLY), "market cancel_only"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "command", "answer"), UNCROSSING, ids=[each[0] for each in UNCROSSING])
def test_a_market_that_uncrosses_takes(make_core: MakeCore, name: str, command: bytes, answer: str) -> None:
    """There is more than two commands may let meet: the second finds the market uncrossing still."""
    scenario, _ = uncrossing(make_core, 3 * TRADES_MAX)
    assert scenario.do(command)[-2:] == [f"uncrossed {TRADES_MAX} at 1000, goes on at 1000", answer]


@both_cores
def test_a_halt_ends_an_uncrossing_where_it_is(make_core: MakeCore) -> None:
    """Nothing trades in the halt; the next auction has a price of its own."""
    scenario, _ = uncrossing(make_core, 2 * TRADES_MAX + 1)
    scenario.do(becomes(HALTED))
    assert scenario.do(Tick().encode()) == []
    assert scenario.do(becomes(AUCTION)) == ["market auction", "indicated 1 at 1000"]
    assert scenario.do(becomes(OPEN))[-2:] == ["uncrossed 1 at 1000", "market open"]


@both_cores
def test_the_auctions_of_a_command_share_its_meetings(make_core: MakeCore) -> None:
    """Both end at once. The second is told to have traded nothing, and is done with the next command."""
    scenario = Scenario(make_core)
    scenario.do(nova_usdc(0, 0, 0)._replace(base=USDC, quote=NOVA).encode())
    for market in (1, 2):
        scenario.do(becomes(AUCTION, NOW_US + 1, market))
        lots = TRADES_MAX if market == 1 else 1
        scenario.do(buy(ALICE, lots, 1_000, display_quantity=1, market=market))
        scenario.do(sell(BOB, lots, 1_000, market=market))
    scenario.time_us += 1
    said = scenario.do(Tick().encode())
    assert said[-3:] == [
        f"uncrossed {TRADES_MAX} at 1000",
        "market open",
        "uncrossed nothing, goes on at 1000",
    ]
    assert scenario.do(Tick().encode())[-2:] == ["uncrossed 1 at 1000", "market open"]


@both_cores
def test_orders_that_are_due_are_closed_where_they_are_met(make_core: MakeCore) -> None:
    """More orders end at once than may expire: those left over are in the way, and trade with nobody."""
    scenario = Scenario(make_core)
    for _ in range(EXPIRIES_MAX + 2):
        scenario.do(buy(ALICE, 1, 1_000, GTD, expires_at_us=NOW_US + 1))
    scenario.do(becomes(AUCTION))
    scenario.do(sell(BOB, 1, 1_000))
    scenario.time_us += 1
    said = scenario.do(becomes(OPEN))
    assert said[0] == f"OrdersExpired {EXPIRIES_MAX}"
    assert said[-4:] == [
        f"closed {EXPIRIES_MAX + 1} expired: 0 of 1",
        f"closed {EXPIRIES_MAX + 2} expired: 0 of 1",
        "uncrossed nothing",
        "market open",
    ]


@both_cores
def test_the_last_price_is_that_of_the_auction(make_core: MakeCore) -> None:
    scenario = in_auction(make_core, buy(ALICE, 5, 1_000), sell(BOB, 5, 1_000))
    scenario.do(message(SetMarketBand, market=1, price_band_ppm=100_000))
    scenario.do(becomes(OPEN))
    assert scenario.do(buy(ALICE, 5, 1_101)) == ["rejected price_outside_band"]
    assert scenario.do(buy(ALICE, 5, 1_100)) == ["accepted 3"]
