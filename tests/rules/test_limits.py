"""What a market lets orders be: steps and bounds of price, quantity and notional; in both cores."""

import pytest

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.engine.wire import Side
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import amend, limits
from tests.rules.scenario import ALICE, BOB, IOC, Scenario, buy, market_order, sell

SET = [
    ("nothing but what must be", {}, "MarketLimitsChanged"),
    ("an unknown market", {"market": 2, "max_quantity": 0}, "market_unknown"),
    ("the highest minimum", {"min_notional": (1 << 100) - 1}, "MarketLimitsChanged"),
    ("a minimum beyond it", {"min_notional": 1 << 100}, "invalid_market"),
    ("the highest maximum", {"max_notional": (1 << 126) - 1}, "MarketLimitsChanged"),
    ("a maximum beyond it", {"max_notional": 1 << 126}, "invalid_market"),
    ("a maximum that is the minimum", {"min_notional": 5, "max_notional": 5}, "MarketLimitsChanged"),
    ("a maximum below the minimum", {"min_notional": 5, "max_notional": 4}, "invalid_market"),
    ("no lots", {"max_quantity": 0}, "invalid_market"),
    ("the most lots", {"max_quantity": (1 << 50) - 1}, "MarketLimitsChanged"),
    ("more lots", {"max_quantity": 1 << 50}, "invalid_market"),
    ("one quantity only", {"min_quantity": 7, "max_quantity": 7}, "MarketLimitsChanged"),
    ("a minimum above the maximum", {"min_quantity": 8, "max_quantity": 7}, "invalid_market"),
    ("no step of the price", {"price_increment": 0}, "invalid_market"),
    ("the largest step of the price", {"price_increment": (1 << 40) - 1}, "MarketLimitsChanged"),
    ("a step beyond all prices", {"price_increment": 1 << 40}, "invalid_market"),
    ("no step of the quantity", {"quantity_increment": 0}, "invalid_market"),
    ("a step that is the maximum", {"quantity_increment": 7, "max_quantity": 7}, "MarketLimitsChanged"),
    ("a step above the maximum", {"quantity_increment": 8, "max_quantity": 7}, "invalid_market"),
]


@both_cores
@pytest.mark.parametrize(("name", "fields", "said"), SET, ids=[each[0] for each in SET])
def test_limits(make_core: MakeCore, name: str, fields: dict[str, int], said: str) -> None:
    found = Scenario(make_core).do(limits(**fields))
    assert found == [said if said == "MarketLimitsChanged" else f"rejected {said}"]


TENTH, TEN = {"price_increment": 10}, {"quantity_increment": 10}
TAKEN = "accepted 1"
ORDERS = [
    # 5 lots at 1000 ticks are 50,000 units.
    ("at the minimum", {"min_notional": 50_000}, buy(ALICE, 5, 1_000), TAKEN),
    ("below the minimum", {"min_notional": 50_001}, buy(ALICE, 5, 1_000), "below_min_notional"),
    ("at the maximum", {"max_notional": 50_000}, buy(ALICE, 5, 1_000), TAKEN),
    ("above the maximum", {"max_notional": 49_999}, buy(ALICE, 5, 1_000), "above_max_notional"),
    ("an amount above the maximum", {"max_notional": 5}, market_order(ALICE, Side.BUY, 0, 6), "above_max_notional"),
    ("a market order has no maximum", {"max_notional": 5}, market_order(ALICE, Side.BUY, 6), TAKEN),
    ("the fewest lots", {"min_quantity": 5}, buy(ALICE, 5, 1_000), TAKEN),
    ("fewer lots", {"min_quantity": 5}, buy(ALICE, 4, 1_000), "below_min_quantity"),
    ("fewer lots of a market order", {"min_quantity": 5}, market_order(ALICE, Side.BUY, 4), "below_min_quantity"),
    ("an amount has no fewest lots", {"min_quantity": 5}, market_order(ALICE, Side.BUY, 0, 4), TAKEN),
    ("the most lots", {"max_quantity": 5}, buy(ALICE, 5, 1_000), TAKEN),
    ("more lots", {"max_quantity": 5}, buy(ALICE, 6, 1_000), "quantity_out_of_range"),
    ("a price of ten ticks", TENTH, buy(ALICE, 5, 1_010), TAKEN),
    ("a price between", TENTH, buy(ALICE, 5, 1_005), "price_off_tick"),
    ("a worst price between", TENTH, market_order(ALICE, Side.BUY, 5, price=1_005), "price_off_tick"),
    ("no worst price", TENTH, market_order(ALICE, Side.BUY, 5), TAKEN),
    ("ten lots", TEN, buy(ALICE, 20, 1_000), TAKEN),
    ("five lots", TEN, buy(ALICE, 25, 1_000), "quantity_off_lot"),
    ("five lots at the market", TEN, market_order(ALICE, Side.BUY, 25), "quantity_off_lot"),
    ("a slice of ten lots", TEN, buy(ALICE, 20, 1_000, display_quantity=10), TAKEN),
    ("a slice of five lots", TEN, buy(ALICE, 20, 1_000, display_quantity=5), "quantity_off_lot"),
    ("a slice above all", TEN, buy(ALICE, 20, 1_000, display_quantity=25), "invalid_display_quantity"),
    ("the price first", {**TENTH, **TEN}, buy(ALICE, 25, 1_005), "price_off_tick"),
    ("the fewest lots before the step", {**TEN, "min_quantity": 30}, buy(ALICE, 25, 1_000), "below_min_quantity"),
    ("the step before the notional", {**TEN, "min_notional": 1 << 60}, buy(ALICE, 25, 1_000), "quantity_off_lot"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "fields", "order", "said"), ORDERS, ids=[each[0] for each in ORDERS])
def test_an_order(make_core: MakeCore, name: str, fields: dict[str, int], order: bytes, said: str) -> None:
    scenario = Scenario(make_core)
    scenario.do(limits(**fields))
    assert scenario.do(order)[0] == (said if said == TAKEN else f"rejected {said}")


AMENDS = [
    # Order 1 of Alice is for 5 lots at 1001.
    ("nothing, however narrow", {**TENTH, **TEN, "min_notional": 1 << 60}, amend(ALICE), "amended 1"),
    ("the lots, at a price that was", TENTH, amend(ALICE, quantity=7), "amended 1"),
    ("the price, of lots that were", TEN, amend(ALICE, price=1_002), "amended 1"),
    ("the price between", TENTH, amend(ALICE, price=1_002), "price_off_tick"),
    ("the lots between", TEN, amend(ALICE, quantity=15), "quantity_off_lot"),
    ("too few lots", {"min_quantity": 5}, amend(ALICE, quantity=4), "below_min_quantity"),
    ("the slice between", TEN, amend(ALICE, quantity=20, display_quantity=5), "quantity_off_lot"),
    ("a slice above all", TEN, amend(ALICE, quantity=20, display_quantity=25), "invalid_display_quantity"),
    ("more than the maximum", {"max_notional": 50_000}, amend(ALICE, quantity=6), "above_max_notional"),
    ("a little above it still", {"max_notional": 50_000}, amend(ALICE, price=1_002), "above_max_notional"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "fields", "change", "said"), AMENDS, ids=[each[0] for each in AMENDS])
def test_an_amend_of(
    make_core: MakeCore, name: str, fields: dict[str, int], change: bytes, said: str
) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 5, 1_001))
    scenario.do(limits(**fields))
    found = scenario.do(change)[0]
    assert found.startswith(said) or found == f"rejected {said}"


@both_cores
def test_orders_that_rest_stay_as_they_are(make_core: MakeCore) -> None:
    """7 lots at 1005 rest; with steps of ten, 10 lots are sold into them, and 3 are left."""
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 7, 1_005))
    scenario.do(limits(price_increment=10, quantity_increment=10))
    said = scenario.say(sell(BOB, 10, 1_000))
    assert said[1].startswith("traded 7 at 1005 with 1")
    assert [text for text in said if text.startswith("depth")] == ["depth buy 1005: 0", "depth sell 1000: 3"]


REPRICED = FLAG_POST_ONLY | FLAG_REPRICE
WORSE = [
    ("a buy", sell(BOB, 5, 1_000), buy(ALICE, 5, 1_010, flags=REPRICED), "depth buy 990: 5"),
    ("a buy below an ask between", sell(BOB, 5, 1_005), buy(ALICE, 5, 1_010, flags=REPRICED), "depth buy 1000: 5"),
    ("a sell", buy(BOB, 5, 1_000), sell(ALICE, 5, 990, flags=REPRICED), "depth sell 1010: 5"),
    ("a sell above a bid between", buy(BOB, 5, 1_005), sell(ALICE, 5, 990, flags=REPRICED), "depth sell 1010: 5"),
    ("a buy below the lowest price", sell(BOB, 5, 10), buy(ALICE, 5, 10, flags=REPRICED), "rejected post_only_would_take"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(("name", "there", "order", "said"), WORSE, ids=[each[0] for each in WORSE])
def test_a_price_is_made_worse_by_whole_steps(
    make_core: MakeCore, name: str, there: bytes, order: bytes, said: str
) -> None:
    scenario = Scenario(make_core)
    scenario.do(there)
    scenario.do(limits(price_increment=10))
    assert said in scenario.say(order)


@both_cores
def test_a_price_made_worse_is_bounded_too(make_core: MakeCore) -> None:
    """5 lots at 1000 would be 50,000 units; at 1001, where they would rest, they are 50 more."""
    scenario = Scenario(make_core)
    scenario.do(buy(BOB, 5, 1_000))
    scenario.do(limits(max_notional=50_000))
    assert scenario.do(sell(ALICE, 5, 1_000, flags=REPRICED)) == ["rejected above_max_notional"]


@both_cores
def test_open_orders_are_counted_from_now_on(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for _ in range(3):
        scenario.do(buy(ALICE, 5, 1_000))
    scenario.do(limits(max_open_orders=2))
    assert scenario.do(buy(ALICE, 5, 1_000)) == ["rejected too_many_open_orders"]
    assert scenario.do(buy(ALICE, 5, 1_000, IOC))[0] == "accepted 4"
    assert scenario.do(buy(BOB, 5, 1_000)) == ["accepted 5"]
