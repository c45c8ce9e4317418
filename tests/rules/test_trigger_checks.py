"""What may wait for a price, what it holds, and how it is changed (5.2, 5.3, 5.8, 5.9), in both cores."""

import pytest

from cse.domain.limits import FLAG_POST_ONLY, FLAG_TRAILING_PPM, PRICE_LIMIT
from cse.engine.wire import (
    CancelOrder,
    Side,
)
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import amend, replace
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
    BOB,
    CAROL,
    FUNDS,
    IOC,
    NOVA,
    USDC,
    Scenario,
    buy,
    sell,
)

END_US = 2_000_000

REFUSED = [
    ("no stop price", stop(Side.SELL, STOP_LOSS, 0), "invalid_stop_price"),
    ("one beyond all prices", stop(Side.SELL, STOP_LOSS, PRICE_LIMIT), "invalid_stop_price"),
    ("a trailing stop with a stop price", trailing(Side.SELL, 5, stop_price=950), "invalid_stop_price"),
    ("a trailing stop that does not trail", trailing(Side.SELL, 0), "invalid_trailing_delta"),
    ("one that trails beyond all prices", trailing(Side.SELL, PRICE_LIMIT), "invalid_trailing_delta"),
    (
        "one that trails by all of the price",
        trailing(Side.SELL, 1_000_000, flags=FLAG_TRAILING_PPM),
        "invalid_trailing_delta",
    ),
    ("a stop price of a limit order", sell(ALICE, 10, 1_000, stop_price=950), "order_type_unavailable"),
    (
        "a delta of what does not trail",
        stop(Side.SELL, STOP_LOSS, 950, trailing_delta=5),
        "order_type_unavailable",
    ),
    (
        "parts per million of what does not trail",
        stop(Side.SELL, STOP_LOSS, 950, flags=FLAG_TRAILING_PPM),
        "order_type_unavailable",
    ),
    ("a type that is none", stop(Side.SELL, STOP_LOSS, 950, order_type=8), "order_type_unavailable"),
    (
        "waiting immediately or not",
        stop(Side.SELL, STOP_LOSS, 950, time_in_force=IOC),
        "invalid_time_in_force",
    ),
    (
        "post-only behind a trigger",
        stop(Side.SELL, STOP_LIMIT, 950, price=960, flags=FLAG_POST_ONLY),
        "post_only_not_allowed",
    ),
    ("a buy that may cost anything", stop(Side.BUY, STOP_LOSS, 950), "quantity_or_quote_amount"),
    (
        "a sell for an amount",
        stop(Side.SELL, STOP_LOSS, 950, 0, quote_amount=5_000),
        "quantity_or_quote_amount",
    ),
    (
        "a stop-limit for an amount",
        stop(Side.BUY, STOP_LIMIT, 950, 0, 960, quote_amount=5_000),
        "quantity_or_quote_amount",
    ),
    ("a stop-limit without a price", stop(Side.SELL, STOP_LIMIT, 950), "price_out_of_range"),
    (
        "a part to show of what never rests",
        stop(Side.SELL, STOP_LOSS, 950, display_quantity=2),
        "invalid_display_quantity",
    ),
    (
        "a part to show of what is immediate once it fires",
        stop(Side.SELL, STOP_LIMIT, 950, price=960, time_in_force=IOC, display_quantity=2),
        "invalid_display_quantity",
    ),
]


@both_cores
@pytest.mark.parametrize(
    ("command", "code"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED]
)
def test_what_cannot_wait(make_core: MakeCore, command: bytes, code: str) -> None:
    assert Scenario(make_core).do(command) == [f"rejected {code}"]


HOLDS = [
    ("a sell: its lots", stop(Side.SELL, STOP_LOSS, 950), NOVA, 10_000),
    (
        "a stop-limit to buy: as a limit order",
        stop(Side.BUY, STOP_LIMIT, 1_050, price=1_060),
        USDC,
        106_000 + 107,
    ),
    (
        "a buy by quantity: as at its worst price",
        stop(Side.BUY, STOP_LOSS, 1_050, price=1_060),
        USDC,
        106_107,
    ),
    ("a buy by quote amount: all of it", stop(Side.BUY, STOP_LOSS, 1_050, 0, quote_amount=777), USDC, 777),
]


@both_cores
@pytest.mark.parametrize(
    ("command", "asset", "held"), [each[1:] for each in HOLDS], ids=[each[0] for each in HOLDS]
)
def test_what_waits_holds_what_it_may_need(
    make_core: MakeCore, command: bytes, asset: int, held: int
) -> None:
    """With a taker's fee of 0.1 %: of 106,000 units 106, and one more for rounding twice."""
    scenario = Scenario(make_core, maker_ppm=500, taker_ppm=1_000)
    scenario.do(command)
    assert scenario.balance(ALICE, asset) == (FUNDS - held, held)
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.balance(ALICE, asset) == (FUNDS, 0)


@both_cores
def test_a_buy_that_fires_gives_back_what_it_did_not_need(make_core: MakeCore) -> None:
    """It held 106,107 units for 10 lots; they cost 10 * 10 * 1,055 and 106 of fee."""
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(sell(BOB, 10, 1_055))
    scenario.do(stop(Side.BUY, STOP_LOSS, 1_050, 10, 1_060))
    scenario.do(sell(CAROL, 1, 1_050))
    assert scenario.do(buy(BOB, 1, 1_050))[-1] == "closed 2 filled: 10 of 10"
    assert scenario.balance(ALICE, USDC) == (FUNDS - 105_500 - 106, 0)


@both_cores
def test_orders_that_wait_count_as_open(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, max_open_orders=2)
    scenario.do(sell(ALICE, 1, 2_000))
    assert scenario.do(stop(Side.SELL, STOP_LOSS, 950)) == ["accepted 2"]
    assert scenario.do(stop(Side.SELL, STOP_LOSS, 940)) == ["rejected too_many_open_orders"]
    assert scenario.do(sell(ALICE, 1, 2_000)) == ["rejected too_many_open_orders"]


@both_cores
def test_the_least_notional_holds_behind_a_trigger_where_the_price_is_known(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, min_notional=95_000)
    assert scenario.do(stop(Side.SELL, STOP_LIMIT, 950, 9, 1_000)) == ["rejected below_min_notional"]
    assert scenario.do(stop(Side.BUY, STOP_LOSS, 950, 0, quote_amount=94_999)) == [
        "rejected below_min_notional"
    ]
    assert scenario.do(stop(Side.SELL, STOP_LOSS, 950, 1)) == ["accepted 1"]


AMENDS = [
    ("the stop price", {"stop_price": 940}, "amended 1: 10 at 960, 10 left, keeps its place"),
    ("price and quantity", {"price": 970, "quantity": 12}, "amended 1: 12 at 970, 12 left, keeps its place"),
    ("what it will show", {"display_quantity": 3}, "amended 1: 10 at 960, 10 left, keeps its place"),
    ("a stop that the last trade has reached", {"stop_price": 1_000}, "rejected would_trigger"),
    ("a stop beyond all prices", {"stop_price": PRICE_LIMIT}, "rejected invalid_stop_price"),
    ("to less than the least notional", {"quantity": 1}, "rejected below_min_notional"),
    ("to more than there is", {"quantity": 1_000_000}, "rejected insufficient_funds"),
]


@both_cores
@pytest.mark.parametrize(("fields", "said"), [each[1:] for each in AMENDS], ids=[each[0] for each in AMENDS])
def test_what_waits_can_be_amended(make_core: MakeCore, fields: dict[str, int], said: str) -> None:
    scenario = Scenario(make_core, min_notional=10_000)
    scenario.do(stop(Side.SELL, STOP_LIMIT, 950, price=960))
    scenario.do(sell(ALICE, 10, 2_000))
    for command in traded_at(1_000):
        scenario.do(command)
    assert scenario.do(amend(ALICE, **fields)) == [said]


OTHER_AMENDS = [
    (
        "a trailing stop has no stop price to set",
        trailing(Side.SELL, 5),
        {"stop_price": 900},
        "order_type_unavailable",
    ),
    (
        "a buy by quote amount has no quantity",
        stop(Side.BUY, STOP_LOSS, 1_050, 0, quote_amount=5_000),
        {"quantity": 5},
        "quantity_or_quote_amount",
    ),
    (
        "what never rests shows nothing",
        stop(Side.SELL, STOP_LOSS, 950),
        {"display_quantity": 5},
        "invalid_display_quantity",
    ),
]


@both_cores
@pytest.mark.parametrize(
    ("command", "fields", "code"), [each[1:] for each in OTHER_AMENDS], ids=[each[0] for each in OTHER_AMENDS]
)
def test_what_an_amend_cannot_change(
    make_core: MakeCore, command: bytes, fields: dict[str, int], code: str
) -> None:
    scenario = Scenario(make_core)
    scenario.do(command)
    assert scenario.do(amend(ALICE, **fields)) == [f"rejected {code}"]


@both_cores
def test_a_worst_price_may_be_given_later_and_the_hold_follows(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.BUY, STOP_LOSS, 1_050, 10, 1_060))
    assert scenario.do(amend(ALICE, price=1_100)) == ["amended 1: 10 at 1100, 10 left, keeps its place"]
    assert scenario.balance(ALICE, USDC) == (FUNDS - 110_000, 110_000)


@both_cores
def test_one_that_waits_can_be_replaced_and_replace(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.SELL, STOP_LOSS, 950))
    assert scenario.do(replace(sell(ALICE, 7, 1_000))) == ["closed 1 cancelled: 0 of 10", "accepted 2"]
    said = scenario.do(replace(stop(Side.SELL, TAKE_PROFIT, 1_100), order_id=2))
    assert said == ["closed 2 cancelled: 0 of 7", "accepted 3"]
    assert stop_prices(scenario) == {3: 1_100}
