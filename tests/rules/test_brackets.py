"""A buy, and what sells again what it bought (5.11), in both cores."""

import pytest

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE, FLAG_TRAILING_PPM
from cse.engine.wire import (
    CancelAllOrders,
    CancelOrder,
    OrderType,
    SelfTradePrevention,
    SetMarketStatus,
    Side,
    Tick,
)
from tests.property.tables import message
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.commands import amend, replace
from tests.rules.orders_of_lists import BRACKET, bracket, placed_as, stop_exit, take_profit
from tests.rules.orders_of_triggers import STOP_LIMIT, TAKE_PROFIT, said_of_trade, stop_prices, traded_at
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
    USDC,
    Scenario,
    buy,
    market_order,
    sell,
)

END_US = 2_000_000
PLACED = ["accepted 1", "accepted 2", "accepted 3", "linked 1 and 2 and 3 as bracket"]
PLACED_AFTER_ONE = ["accepted 2", "accepted 3", "accepted 4", "linked 2 and 3 and 4 as bracket"]
ACTIVATED = ["activated 2: 10", "activated 3: 10 with stop 950"]
FILLED = [f"traded 10 at 1000 with 1: {NO_FEES}", "closed 1 filled: 10 of 10", "closed 4 filled: 10 of 10"]

CASES = [
    Case(
        "the entry rests, and its exits are attached",
        [],
        bracket(),
        PLACED,
        ["depth buy 1000: 10"],
    ),
    Case(
        "a part of the entry activates nothing yet",
        [bracket()],
        sell(BOB, 4, 1_000),
        ["accepted 4", f"traded 4 at 1000 with 1: {NO_FEES}", "closed 4 filled: 4 of 4"],
        ["depth buy 1000: 6"],
    ),
    Case(
        "filled, the entry makes place for its exits when the command has done all of its own",
        [bracket()],
        sell(BOB, 10, 1_000),
        ["accepted 4", *FILLED, *ACTIVATED],
        ["depth buy 1000: 0", "depth sell 1100: 10"],
    ),
    Case(
        "an entry that trades at once does so, too",
        [sell(BOB, 10, 990)],
        bracket(),
        [
            *PLACED_AFTER_ONE,
            f"traded 10 at 990 with 1: {NO_FEES}",
            "closed 1 filled: 10 of 10",
            "closed 2 filled: 10 of 10",
            "activated 3: 10",
            "activated 4: 10 with stop 950",
        ],
        ["depth sell 990: 0", "depth sell 1100: 10"],
    ),
    Case(
        "a market entry that finds less sells what it found",
        [sell(BOB, 3, 990)],
        bracket(market_order(ALICE, Side.BUY, 10)),
        [
            *PLACED_AFTER_ONE,
            f"traded 3 at 990 with 1: {NO_FEES}",
            "closed 1 filled: 3 of 3",
            "closed 2 expired: 3 of 10",
            "activated 3: 3",
            "activated 4: 3 with stop 950",
        ],
        ["depth sell 990: 0", "depth sell 1100: 3"],
    ),
    Case(
        "an entry that finds nothing takes its exits along",
        [],
        bracket(buy(ALICE, 10, 1_000, FOK)),
        [*PLACED, "closed 1 killed: 0 of 10", "closed 2 linked: 0 of 0", "closed 3 linked: 0 of 0"],
    ),
    Case(
        "so does one that is cancelled before it traded",
        [bracket()],
        CancelOrder(ALICE, 1, "").encode(),
        ["closed 1 cancelled: 0 of 10", "closed 2 linked: 0 of 0", "closed 3 linked: 0 of 0"],
        ["depth buy 1000: 0"],
    ),
    Case(
        "one that is cancelled after it traded leaves exits for what it bought",
        [bracket(), sell(BOB, 4, 1_000)],
        CancelOrder(ALICE, 1, "").encode(),
        ["closed 1 cancelled: 4 of 10", "activated 2: 4", "activated 3: 4 with stop 950"],
        ["depth buy 1000: 0", "depth sell 1100: 4"],
    ),
    Case(
        "one that expires does, too: before the command, in front of its own",
        [bracket(buy(ALICE, 10, 1_000, GTD, expires_at_us=END_US)), sell(BOB, 4, 1_000)],
        Tick().encode(),
        ["OrdersExpired 1", "closed 1 expired: 4 of 10", "activated 2: 4", "activated 3: 4 with stop 950"],
        ["depth buy 1000: 0", "depth sell 1100: 4"],
        at_us=END_US,
    ),
    Case(
        "cancelling all cancels the exits as well",
        [bracket(), sell(BOB, 4, 1_000)],
        CancelAllOrders(ALICE, 0, 0).encode(),
        ["closed 1 cancelled: 4 of 10", "closed 2 cancelled: 0 of 4", "closed 3 linked: 0 of 4", "OrdersCancelled 2"],
        ["depth buy 1000: 0"],
    ),
    Case(
        "cancelling all buys leaves them",
        [bracket(), sell(BOB, 4, 1_000)],
        CancelAllOrders(ALICE, 0, Side.BUY).encode(),
        ["closed 1 cancelled: 4 of 10", "OrdersCancelled 1", "activated 2: 4", "activated 3: 4 with stop 950"],
        ["depth buy 1000: 0", "depth sell 1100: 4"],
    ),
    Case(
        "cancelling an exit cancels the pair, and the entry goes on alone",
        [bracket(), sell(BOB, 4, 1_000)],
        CancelOrder(ALICE, 3, "").encode(),
        ["closed 3 cancelled: 0 of 0", "closed 2 linked: 0 of 0"],
    ),
    Case(
        "an entry that goes on alone may be amended",
        [bracket(), CancelOrder(ALICE, 3, "").encode()],
        amend(ALICE, 1, quantity=7),
        ["amended 1: 7 at 1000, 7 left, keeps its place"],
        ["depth buy 1000: 7"],
    ),
    Case(
        "the stop is triggered, and the take-profit closes",
        [bracket(), sell(BOB, 10, 1_000), buy(CAROL, 20, 940), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [
            *said_of_trade(950, 6, 7),
            "triggered 3 at 950",
            "closed 2 linked: 0 of 10",
            f"traded 10 at 940 with 5: {NO_FEES}",
            "closed 3 filled: 10 of 10",
        ],
        ["depth buy 940: 10", "depth buy 950: 0", "depth sell 1100: 0"],
    ),
    Case(
        "the take-profit trades in part, and the stop closes",
        [bracket(), sell(BOB, 10, 1_000)],
        buy(CAROL, 4, 1_100),
        ["accepted 5", f"traded 4 at 1100 with 2: {NO_FEES}", "closed 3 linked: 0 of 10", "closed 5 filled: 4 of 4"],
        ["depth sell 1100: 6"],
    ),
    Case(
        "the take-profit may trade at once",
        [bracket(exits=(take_profit(990), stop_exit())), buy(CAROL, 3, 995)],
        sell(BOB, 10, 1_000),
        [
            "accepted 5",
            f"traded 10 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 10 of 10",
            "closed 5 filled: 10 of 10",
            *ACTIVATED,
            f"traded 3 at 995 with 4: {NO_FEES}",
            "closed 4 filled: 3 of 3",
            "closed 3 linked: 0 of 10",
        ],
        ["depth buy 995: 0", "depth buy 1000: 0", "depth sell 990: 7"],
    ),
    Case(
        "a stop that the last price has reached fires at once, behind the take-profit",
        [bracket(exits=(take_profit(), stop_exit(1_000))), buy(CAROL, 20, 940)],
        sell(BOB, 10, 1_000),
        [
            "accepted 5",
            f"traded 10 at 1000 with 1: {NO_FEES}",
            "closed 1 filled: 10 of 10",
            "closed 5 filled: 10 of 10",
            "activated 2: 10",
            "activated 3: 10 with stop 1000",
            "triggered 3 at 1000",
            "closed 2 linked: 0 of 10",
            f"traded 10 at 940 with 4: {NO_FEES}",
            "closed 3 filled: 10 of 10",
        ],
        ["depth buy 940: 10", "depth buy 1000: 0"],
    ),
    Case(
        "a trailing stop begins at the last price",
        [bracket(exits=(take_profit(), stop_exit(0, OrderType.TRAILING_STOP, trailing_delta=30)))],
        sell(BOB, 10, 1_000),
        ["accepted 4", *FILLED, "activated 2: 10", "activated 3: 10 with stop 970"],
        ["depth buy 1000: 0", "depth sell 1100: 10"],
    ),
    Case(
        "neither is amended while they are linked: the entry",
        [bracket()],
        amend(ALICE, 1, quantity=7),
        ["rejected order_is_linked"],
    ),
    Case("an exit", [bracket()], amend(ALICE, 2, price=1_200), ["rejected order_is_linked"]),
    Case("nor replaced", [bracket()], replace(buy(ALICE, 1, 900), order_id=1), ["rejected order_is_linked"]),
    Case(
        "exits end at their own time",
        [bracket(exits=(take_profit(time_in_force=GTD, expires_at_us=END_US),
                        stop_exit(time_in_force=GTD, expires_at_us=END_US)))],
        Tick().encode(),
        ["OrdersExpired 1", "closed 2 expired: 0 of 0", "closed 3 linked: 0 of 0"],
        at_us=END_US,
    ),
    Case(
        "an entry that loses all its lots to a decrement leaves exits for what it bought",
        [bracket(buy(ALICE, 10, 1_000, self_trade_prevention=SelfTradePrevention.DECREMENT)), sell(BOB, 4, 1_000)],
        sell(ALICE, 6, 1_000, self_trade_prevention=SelfTradePrevention.DECREMENT),
        [
            "accepted 5",
            "prevented 6 at 1000 with 1: decrement, 0 and 0 left",
            "closed 1 self_trade: 4 of 4",
            "closed 5 self_trade: 0 of 0",
            "activated 2: 4",
            "activated 3: 4 with stop 950",
        ],
        ["depth buy 1000: 0", "depth sell 1100: 4"],
    ),
]  # fmt: skip


@both_cores
@every(CASES)
def test_brackets(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


ENTRY, PROFIT, STOP = buy(ALICE, 10, 1_000), take_profit(), stop_exit()
NO_LIST = [
    ("an entry that sells", (sell(ALICE, 10, 1_000), PROFIT, STOP)),
    ("an entry that waits", (buy(ALICE, 10, 1_000, order_type=STOP_LIMIT, stop_price=1_000), PROFIT, STOP)),
    ("an entry that may be re-priced", (buy(ALICE, 10, 1_000, flags=FLAG_POST_ONLY | FLAG_REPRICE), PROFIT, STOP)),
    ("an exit that buys", (ENTRY, buy(ALICE, 0, 1_100), STOP)),
    ("an exit with a quantity", (ENTRY, sell(ALICE, 10, 1_100), STOP)),
    ("an exit that shows a part", (ENTRY, take_profit(display_quantity=1), STOP)),
    ("an exit with flags", (ENTRY, take_profit(flags=FLAG_POST_ONLY), STOP)),
    ("an exit that decrements", (ENTRY, take_profit(self_trade_prevention=SelfTradePrevention.DECREMENT), STOP)),
    ("exits of different times", (ENTRY, take_profit(time_in_force=DAY), STOP)),
    ("exits that cannot wait", (ENTRY, take_profit(time_in_force=IOC), stop_exit(time_in_force=IOC))),
    ("two that take a profit", (ENTRY, PROFIT, stop_exit(1_200, TAKE_PROFIT))),
    ("the stop before the take-profit", (ENTRY, STOP, PROFIT)),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("orders", [each[1] for each in NO_LIST], ids=[each[0] for each in NO_LIST])
def test_what_is_no_bracket(make_core: MakeCore, orders: tuple[bytes, ...]) -> None:
    assert Scenario(make_core).do(placed_as(BRACKET, *orders)) == ["rejected invalid_order_list"]


@both_cores
def test_the_flag_of_a_trailing_stop_is_of_no_other_type(make_core: MakeCore) -> None:
    for exits in (
        (take_profit(flags=FLAG_TRAILING_PPM), stop_exit()),
        (take_profit(), stop_exit(flags=FLAG_TRAILING_PPM)),
    ):
        assert Scenario(make_core).do(bracket(exits=exits)) == ["rejected order_type_unavailable"]


@both_cores
def test_what_the_entry_buys_is_locked_for_its_exits(make_core: MakeCore) -> None:
    """Of 10 lots at 1,000 ticks 4 are bought: 60,000 units are held for the rest, and 4,000 of base."""
    scenario = Scenario(make_core)
    scenario.do(bracket())
    scenario.do(sell(BOB, 4, 1_000))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 100_000, 60_000)
    assert scenario.balance(ALICE, NOVA) == (FUNDS, 4_000)
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.balance(ALICE, USDC) == (FUNDS - 40_000, 0)
    assert scenario.balance(ALICE, NOVA) == (FUNDS, 4_000)


@both_cores
def test_without_exits_it_is_free_at_once(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(bracket())
    scenario.do(sell(BOB, 4, 1_000))
    scenario.do(CancelOrder(ALICE, 2, "").encode())
    assert scenario.balance(ALICE, NOVA) == (FUNDS + 4_000, 0)
    scenario.do(sell(BOB, 1, 1_000))
    assert scenario.balance(ALICE, NOVA) == (FUNDS + 5_000, 0)


@both_cores
def test_who_has_no_base_cannot_sell_it_twice(make_core: MakeCore) -> None:
    """All the base that there is stands in the exits; the stop sells it, once."""
    scenario = Scenario(make_core)
    scenario.do(sell(ALICE, FUNDS // 1_000, 5_000))
    scenario.do(bracket())
    scenario.do(sell(BOB, 10, 1_000))
    assert scenario.balance(ALICE, NOVA) == (0, FUNDS + 10_000)
    assert scenario.do(sell(ALICE, 1, 1_000)) == ["rejected insufficient_funds"]
    scenario.do(buy(CAROL, 20, 940))
    for command in traded_at(950):
        scenario.do(command)
    assert scenario.balance(ALICE, NOVA) == (0, FUNDS)


@both_cores
def test_exits_wait_while_their_market_is_halted(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(bracket())
    scenario.do(sell(BOB, 4, 1_000))
    scenario.do(message(SetMarketStatus, market=1, status=2))
    assert scenario.do(CancelOrder(ALICE, 1, "").encode()) == ["closed 1 cancelled: 4 of 10"]
    assert scenario.balance(ALICE, NOVA) == (FUNDS, 4_000)
    said = scenario.do(message(SetMarketStatus, market=1, status=1))
    assert said[1:] == ["activated 2: 4", "activated 3: 4 with stop 950"]


@both_cores
def test_exits_that_have_not_come_can_be_cancelled(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(bracket())
    scenario.do(sell(BOB, 4, 1_000))
    scenario.do(message(SetMarketStatus, market=1, status=2))
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    said = scenario.do(CancelOrder(ALICE, 3, "").encode())
    assert said == ["closed 3 cancelled: 0 of 4", "closed 2 linked: 0 of 4"]
    assert scenario.balance(ALICE, NOVA) == (FUNDS + 4_000, 0)


@both_cores
def test_all_three_count_as_open(make_core: MakeCore) -> None:
    for most, said in ((2, ["rejected too_many_open_orders"]), (3, PLACED)):
        assert Scenario(make_core, max_open_orders=most).do(bracket()) == said


@both_cores
def test_exits_have_no_least_notional_and_need_no_funds(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, min_notional=50_000)
    scenario.do(sell(ALICE, FUNDS // 1_000, 5_000))
    assert scenario.do(bracket())[-1] == "linked 2 and 3 and 4 as bracket"
    assert stop_prices(scenario) == {3: 0, 4: 950}
