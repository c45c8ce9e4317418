"""Failures that other engines had in the field with amends, replacements and icebergs, in both cores."""

from cse.engine.wire import CancelOrder
from tests.property.tables import message
from tests.rules.cases import NO_FEES, MakeCore, both_cores
from tests.rules.commands import amend, replace
from tests.rules.scenario import ALICE, BOB, CAROL, IOC, Scenario, buy, sell

ASKS = 3_000


def cancel(account: int, order_id: int) -> bytes:
    return message(CancelOrder, account=account, order_id=order_id)


def said(scenario: Scenario, command: bytes) -> list[str]:
    """What the exchange says, without balances."""
    return [text for text in scenario.say(command) if not text.startswith("balance")]


def trades(scenario: Scenario, command: bytes) -> list[str]:
    return [text for text in scenario.say(command) if text.startswith("traded")]


def traded(lots: int, maker: int, price: int = 1_000) -> str:
    return f"traded {lots} at {price} with {maker}: {NO_FEES}"


@both_cores
def test_an_amended_order_is_still_found_once(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(buy(ALICE, 2, 1_000))
    assert said(scenario, amend(ALICE, price=990))[1:] == ["depth buy 990: 2", "depth buy 1000: 0"]
    assert said(scenario, cancel(ALICE, 1)) == ["closed 1 cancelled: 0 of 2", "depth buy 990: 0"]
    assert said(scenario, cancel(ALICE, 1)) == ["rejected order_unknown"]


@both_cores
def test_an_amend_that_fills_in_a_deep_book_leaves_nothing_to_cancel(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for step in range(ASKS):
        scenario.do(sell(BOB, 1, 1_001 + step))
    scenario.do(buy(ALICE, 3, 999))
    mine = ASKS + 1
    filled = trades(scenario, amend(ALICE, mine, price=1_003))
    assert filled == [traded(1, order, 1_000 + order) for order in (1, 2, 3)]
    assert said(scenario, cancel(ALICE, mine)) == ["rejected order_unknown"]
    ended = [said(scenario, cancel(BOB, order))[0] for order in range(1, ASKS + 1)]
    assert ended[:3] == ["rejected order_unknown"] * 3
    assert ended[3:] == [f"closed {order} cancelled: 0 of 1" for order in range(4, ASKS + 1)]


@both_cores
def test_a_refreshed_slice_stands_behind_who_was_there(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(sell(BOB, 100, 1_000, display_quantity=10))
    scenario.do(sell(CAROL, 10, 1_000))
    first, second = (said(scenario, buy(ALICE, lots, 1_000, IOC)) for lots in (15, 6))
    assert [text for text in first if text.startswith("traded")] == [traded(10, 1), traded(5, 2)]
    assert [text for text in second if text.startswith("traded")] == [traded(5, 2), traded(1, 1)]
    assert (first[-1], second[-1]) == ("depth sell 1000: 15", "depth sell 1000: 9")


@both_cores
def test_less_keeps_the_place_and_a_replacement_loses_it(make_core: MakeCore) -> None:
    """Three bids, of which the middle one is made smaller before somebody sells into them."""
    for change, filled in (
        (amend(BOB, 2, quantity=500), [traded(100, 1), traded(500, 2), traded(100, 3)]),
        (replace(buy(BOB, 500, 1_000), order_id=2), [traded(100, 1), traded(400, 3), traded(200, 4)]),
    ):
        scenario = Scenario(make_core)
        for account, lots in ((ALICE, 100), (BOB, 550), (ALICE, 400)):
            scenario.do(buy(account, lots, 1_000))
        scenario.do(change)
        assert trades(scenario, sell(CAROL, 700, 1_000)) == filled


@both_cores
def test_depth_does_not_grow_by_amending_and_replacing(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    assert said(scenario, buy(ALICE, 5, 1_000))[-1] == "depth buy 1000: 5"
    assert said(scenario, amend(ALICE, quantity=7))[-1] == "depth buy 1000: 7"
    assert said(scenario, amend(ALICE, quantity=6))[-1] == "depth buy 1000: 6"
    for order_id in range(1, 1_001):
        lots = 5 + order_id % 3
        told = said(scenario, replace(buy(ALICE, lots, 1_000), order_id=order_id))
        assert told[0].startswith(f"closed {order_id} cancelled")
        assert [text for text in told if text.startswith("depth")] in ([f"depth buy 1000: {lots}"], [])
    assert said(scenario, cancel(ALICE, 1_001))[-1] == "depth buy 1000: 0"
