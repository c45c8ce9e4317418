"""Limits by account tier that refuse (5.15), in both cores. One lot at one tick is 10 units."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from cse.domain.limits import FAR_PPM_LIMIT, NOTIONAL_LIMIT, QUANTITY_LIMIT, RISK_STRETCH_US
from cse.engine.wire import CancelMarketOrders, OrderType, Side
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import EACH, amend, band, replace, risk, tier
from tests.rules.orders_of_lists import BRACKET, OCO, placed_as
from tests.rules.scenario import ALICE, ALICES_SUB, BOB, CAROL, IOC, Scenario, buy, market_order, order, sell

LATER_US = 7 * RISK_STRETCH_US
"""When what was counted in the first stretch has left the minute."""


def stop(account: int, quantity: int, **fields: Any) -> bytes:
    return order(account, Side.SELL, quantity, 0, order_type=OrderType.STOP_LOSS, stop_price=900, **fields)


A_MINUTE = risk(max_notional_per_minute=100_000)
"""Ten lots at 1,000 ticks."""


@dataclass
class Case:
    """What was taken before an order or an amendment, and the code that it is refused with, or none."""

    name: str
    before: list[bytes]
    command: bytes
    code: str = ""
    at_us: int = 0
    market: dict[str, int] = field(default_factory=dict)


TRADED_AT_1000 = [sell(BOB, 1, 1_000), buy(CAROL, 1, 1_000)]
CASES = [
    Case("as many lots as may be", [risk(max_quantity=5)], buy(ALICE, 5, 1_000)),
    Case("a lot more", [risk(max_quantity=5)], buy(ALICE, 6, 1_000), "above_account_quantity"),
    Case("by amount no lots are looked at", [risk(max_quantity=1)], market_order(ALICE, Side.BUY, quote_amount=99_999)),
    Case("as much as may be", [risk(max_notional=50_000)], buy(ALICE, 5, 1_000)),
    Case("a unit more", [risk(max_notional=49_999)], buy(ALICE, 5, 1_000), "above_account_notional"),
    Case("an amount", [risk(max_notional=49_999)], market_order(ALICE, Side.BUY, quote_amount=50_000), "above_account_notional"),
    Case("the price that re-pricing gives", [sell(BOB, 1, 900), risk(max_notional=44_950)], buy(ALICE, 5, 950, flags=3)),
    Case("a market order at the last price", [*TRADED_AT_1000, risk(max_notional=49_999)], market_order(ALICE, Side.SELL, 5), "above_account_notional"),
    Case("a sell that takes any price at the last one", [*TRADED_AT_1000, risk(max_notional=49_999)], sell(ALICE, 5, 1, IOC), "above_account_notional"),
    Case("one that waits likewise", [*TRADED_AT_1000, risk(max_notional=49_999)], order(ALICE, Side.SELL, 5, 1, order_type=OrderType.STOP_LIMIT, stop_price=900), "above_account_notional"),
    Case("a dearer sell at its own price", [*TRADED_AT_1000, risk(max_notional=50_000)], sell(ALICE, 5, 1_001), "above_account_notional"),
    Case("a cheap buy at its own price", [*TRADED_AT_1000, risk(max_notional=50)], buy(ALICE, 5, 1)),
    Case("what cheap sells may bring in a minute", [*TRADED_AT_1000, A_MINUTE, sell(ALICE, 9, 1_000), sell(ALICE, 1, 1)], sell(ALICE, 1, 1), "notional_rate_reached"),
    Case("before a trade at the reference price", [band(reference=1_000), risk(max_notional=49_999)], market_order(ALICE, Side.SELL, 5), "above_account_notional"),
    Case("without any at its own worst price", [risk(max_notional=49_999)], market_order(ALICE, Side.SELL, 5, price=1_000), "above_account_notional"),
    Case("without that for nothing", [risk(max_notional=1)], market_order(ALICE, Side.SELL, 5)),
    Case("an order that waits at the last price", [*TRADED_AT_1000, risk(max_notional=49_999)], stop(ALICE, 5), "above_account_notional"),
    Case("limits of another tier", [risk(3, max_quantity=1)], buy(ALICE, 5, 1_000)),
    Case("limits of its tier", [risk(3, max_quantity=1), tier(ALICE, 3)], buy(ALICE, 5, 1_000), "above_account_quantity"),
    Case("of all for a tier that has none", [risk(max_quantity=1), tier(ALICE, 3)], buy(ALICE, 5, 1_000), "above_account_quantity"),
    Case("not of all for one that has some", [risk(max_quantity=1), risk(3, max_open_orders=9), tier(ALICE, 3)], buy(ALICE, 5, 1_000)),
    Case("limits that were taken away", [risk(max_quantity=1), risk()], buy(ALICE, 5, 1_000)),
    Case("of all again when its tier's are taken away", [risk(max_quantity=1), risk(3, max_quantity=9), tier(ALICE, 3), risk(3)], buy(ALICE, 5, 1_000), "above_account_quantity"),
    Case("one open order more", [risk(max_open_orders=1), sell(ALICE, 1, 2_000)], buy(ALICE, 1, 1), "too_many_open_orders"),
    Case("one that does not stay", [risk(max_open_orders=1), sell(ALICE, 1, 2_000)], buy(ALICE, 1, 1, IOC)),
    Case("one more of a sub-account", [risk(max_open_orders=1), sell(ALICES_SUB, 1, 2_000)], buy(ALICE, 1, 1), "too_many_open_orders"),
    Case("one more in a sub-account", [risk(max_open_orders=1), sell(ALICE, 1, 2_000)], buy(ALICES_SUB, 1, 1), "too_many_open_orders"),
    Case("another owner's are not counted", [risk(max_open_orders=1), sell(BOB, 1, 2_000)], buy(ALICES_SUB, 1, 1)),
    Case("in the place of another", [risk(max_open_orders=1), buy(ALICE, 1, 1)], replace(buy(ALICE, 2, 1), order_id=1)),
    Case("a pair where one is left", [risk(max_open_orders=1)], placed_as(OCO, sell(ALICE, 1, 1_200), stop(ALICE, 1)), "too_many_open_orders"),
    Case("a bracket where two are left", [risk(max_open_orders=2)], placed_as(BRACKET, buy(ALICE, 1, 1_000), sell(ALICE, 0, 1_100), stop(ALICE, 0)), "too_many_open_orders"),
    Case("a bracket whose exits have no size", [risk(max_open_orders=3, max_quantity=1, max_notional=10_000)], placed_as(BRACKET, buy(ALICE, 1, 1_000), sell(ALICE, 0, 1_100), stop(ALICE, 0))),
    Case("all of a minute", [A_MINUTE, buy(ALICE, 4, 1_000)], buy(ALICE, 6, 1_000)),
    Case("more than that", [A_MINUTE, buy(ALICE, 4, 1_000), buy(ALICE, 6, 1_000)], buy(ALICE, 1, 1), "notional_rate_reached"),
    Case("more at once", [A_MINUTE], buy(ALICE, 11, 1_000), "notional_rate_reached"),
    Case("what was refused does not count", [A_MINUTE], buy(ALICE, 10, 1_000)),
    Case("what has closed counts", [A_MINUTE, buy(ALICE, 10, 1_000), CancelMarketOrders(1).encode()], buy(ALICE, 1, 1), "notional_rate_reached"),
    Case("another account's does not", [A_MINUTE, buy(BOB, 10, 1_000)], buy(ALICE, 10, 1_000)),
    Case("a sub-account's does", [A_MINUTE, buy(ALICES_SUB, 10, 1_000)], buy(ALICE, 1, 1), "notional_rate_reached"),
    Case("what was asked for in a sub-account is free again", [A_MINUTE, buy(ALICES_SUB, 10, 1_000)], buy(ALICE, 10, 1_000), "", LATER_US),
    Case("by the limits of the one that places", [A_MINUTE, risk(3, max_notional_per_minute=200_000), tier(ALICE, 3), buy(ALICES_SUB, 10, 1_000)], buy(ALICE, 10, 1_000)),
    Case("an amendment beside a sub-account", [A_MINUTE, buy(ALICE, 5, 1_000), buy(ALICES_SUB, 4, 1_000)], amend(ALICE, quantity=7), "notional_rate_reached"),
    Case("what came before the limits does not", [buy(ALICE, 10, 1_000), A_MINUTE], buy(ALICE, 10, 1_000)),
    Case("nor before they were taken away", [A_MINUTE, buy(ALICE, 10, 1_000), risk(), A_MINUTE], buy(ALICE, 10, 1_000)),
    Case("it does where another tier's stay", [A_MINUTE, risk(1, max_quantity=1), buy(ALICE, 10, 1_000), risk(), A_MINUTE], buy(ALICE, 1, 1), "notional_rate_reached"),
    Case("the last moment of the minute", [A_MINUTE, buy(ALICE, 10, 1_000)], buy(ALICE, 1, 1), "notional_rate_reached", LATER_US - 1),
    Case("the next", [A_MINUTE, buy(ALICE, 10, 1_000)], buy(ALICE, 10, 1_000), "", LATER_US),
    Case("the stop of a pair beyond the order", [*TRADED_AT_1000, A_MINUTE, placed_as(OCO, sell(ALICE, 4, 1_250), stop(ALICE, 4))], buy(ALICE, 5, 1_000)),
    Case("and what both come to", [*TRADED_AT_1000, A_MINUTE, placed_as(OCO, sell(ALICE, 4, 1_250), stop(ALICE, 4))], buy(ALICE, 6, 1_000), "notional_rate_reached"),
    Case("the dearer stop of a pair", [A_MINUTE, placed_as(OCO, buy(ALICE, 5, 900), buy(ALICE, 5, 1_000, order_type=OrderType.STOP_LIMIT, stop_price=950))], buy(ALICE, 6, 1_000), "notional_rate_reached"),
    Case("and no more than that", [A_MINUTE, placed_as(OCO, buy(ALICE, 5, 900), buy(ALICE, 5, 1_000, order_type=OrderType.STOP_LIMIT, stop_price=950))], buy(ALICE, 5, 1_000)),
    Case("a replacement each for itself", [A_MINUTE, buy(ALICE, 10, 1_000)], replace(buy(ALICE, 1, 1), EACH, order_id=1), "notional_rate_reached"),
    Case("amended to more lots than may be", [buy(ALICE, 5, 1_000), risk(max_quantity=5)], amend(ALICE, quantity=6), "above_account_quantity"),
    Case("amended to fewer, though too many", [buy(ALICE, 9, 1_000), risk(max_quantity=5)], amend(ALICE, quantity=8)),
    Case("amended to a price that is too much", [buy(ALICE, 5, 1_000), risk(max_notional=50_000)], amend(ALICE, price=1_001), "above_account_notional"),
    Case("amended to less, though too much", [buy(ALICE, 9, 1_000), risk(max_notional=50_000)], amend(ALICE, price=999)),
    Case("amended by as much as is left", [A_MINUTE, buy(ALICE, 5, 1_000)], amend(ALICE, quantity=10)),
    Case("amended by more", [A_MINUTE, buy(ALICE, 5, 1_000)], amend(ALICE, quantity=11), "notional_rate_reached"),
    Case("what an amend asked for counts", [A_MINUTE, buy(ALICE, 5, 1_000), amend(ALICE, quantity=10)], buy(ALICE, 1, 1), "notional_rate_reached"),
    Case("nothing comes back when it is less", [A_MINUTE, buy(ALICE, 10, 1_000), amend(ALICE, quantity=1)], buy(ALICE, 1, 1), "notional_rate_reached"),
    Case("one that waits, amended", [band(reference=1_000), A_MINUTE, stop(ALICE, 5)], amend(ALICE, quantity=11), "notional_rate_reached"),
    Case("one that waits, elsewhere", [band(reference=1_000), A_MINUTE, stop(ALICE, 10)], amend(ALICE, stop_price=800)),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_order_held_against_limits(make_core: MakeCore, case: Case) -> None:
    scenario = Scenario(make_core)
    for command in case.before:
        assert not scenario.do(command)[0].startswith("rejected")
    scenario.time_us = max(scenario.time_us, case.at_us)
    refused = [text for text in scenario.do(case.command) if text.startswith("rejected")]
    assert refused == ([f"rejected {case.code}"] if case.code else [])


REFUSED = [
    ("an unknown market", risk(10, market=2), "market_unknown"),
    ("a tenth tier", risk(10, flag_cancels_per_fill=1), "invalid_fee_tier"),
    ("too many lots", risk(max_quantity=QUANTITY_LIMIT), "invalid_market"),
    ("too much", risk(max_notional=NOTIONAL_LIMIT), "invalid_market"),
    ("too much a minute", risk(max_notional_per_minute=NOTIONAL_LIMIT), "invalid_market"),
    ("too much to tell of", risk(flag_notional_per_minute=NOTIONAL_LIMIT), "invalid_market"),
    ("fills without cancels", risk(flag_cancels_per_fill=1), "invalid_market"),
    ("far orders without a distance", risk(flag_far_orders=1), "invalid_market"),
    ("a distance without far orders", risk(flag_far_ppm=1), "invalid_market"),
    ("all of the price", risk(flag_far_orders=1, flag_far_ppm=FAR_PPM_LIMIT), "invalid_market"),
]


@both_cores
@pytest.mark.parametrize(("name", "command", "code"), REFUSED, ids=[refused[0] for refused in REFUSED])
def test_refused(make_core: MakeCore, name: str, command: bytes, code: str) -> None:
    scenario = Scenario(make_core)
    before = scenario.core.dump().splitlines()[1:]
    assert scenario.do(command) == [f"rejected {code}"]
    assert scenario.core.dump().splitlines()[1:] == before


@both_cores
def test_the_largest_limits_that_may_be(make_core: MakeCore) -> None:
    most = NOTIONAL_LIMIT - 1
    widest = risk(
        9,
        max_quantity=QUANTITY_LIMIT - 1,
        max_notional=most,
        max_notional_per_minute=most,
        flag_notional_per_minute=most,
        max_open_orders=(1 << 32) - 1,
        flag_far_orders=(1 << 32) - 1,
        flag_far_ppm=FAR_PPM_LIMIT - 1,
    )
    assert Scenario(make_core).do(widest) == ["RiskLimitsChanged"]


@both_cores
def test_the_dump_has_limits_and_counts(make_core: MakeCore) -> None:
    """Stretches of which nothing counts any more are left out, and so is what was not counted."""
    scenario = Scenario(make_core)
    scenario.do(risk(2, max_quantity=9))
    scenario.do(risk(1, flag_cancels=1))
    scenario.do(tier(ALICE, 1))
    scenario.do(sell(BOB, 5, 1_000))
    scenario.time_us = LATER_US - 1
    scenario.do(buy(ALICE, 1, 1_000))
    scenario.do(buy(ALICE, 1, 900))
    scenario.do(CancelMarketOrders(1).encode())
    lines = scenario.core.dump().splitlines()
    market = next(number for number, line in enumerate(lines) if line.startswith("market "))
    assert lines[market + 1 : market + 3] == ["risk 1 1 0 0 0 0 0 1 0 0 0 0", "risk 1 2 9 0 0 0 0 0 0 0 0 0"]
    counts = ["counts 1 3 6 19000 0 1 0 0 0", "counts 1 4 0 50000 0 0 0 0 0", "counts 1 4 6 0 0 1 0 0 0"]
    assert [line for line in lines if line.startswith("counts")] == counts
    scenario.time_us = LATER_US
    scenario.do(risk(2, max_quantity=8))
    after = [line for line in scenario.core.dump().splitlines() if line.startswith("counts")]
    assert after == [counts[0], counts[2]]
