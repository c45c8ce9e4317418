"""What an auction takes, and what it says that it would trade; in both cores."""

import pytest

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE, INDICATED_LEVELS_MAX, INDICATION_INTERVAL_US
from cse.engine.wire import CancelOrder, Side, Tick, TimeInForce
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import AUCTION, HALTED, OPEN, amend, becomes
from tests.rules.markets_in_auction import crossed, in_auction
from tests.rules.scenario import (
    ALICE,
    BOB,
    CAROL,
    DAY,
    FOK,
    FUNDS,
    GTD,
    IOC,
    NOVA,
    NOW_US,
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
)

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
    *_, told, said = [scenario.do(buy(ALICE, 1, 1_000 + place)) for place in range(INDICATED_LEVELS_MAX)]
    last = 999 + INDICATED_LEVELS_MAX
    assert told == [f"accepted {INDICATED_LEVELS_MAX}", f"indicated 1 at {last - 1}"]
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
def test_an_open_market_keeps_its_orders_into_the_auction(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_000))
    assert scenario.do(becomes(AUCTION)) == ["market auction"]
    assert scenario.do(sell(BOB, 5, 1_000)) == ["accepted 2", "indicated 5 at 1000"]
