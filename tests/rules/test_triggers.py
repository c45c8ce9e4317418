"""Orders that wait for a price, and the trades that fire them (5.10), in both cores."""

import pytest

from cse.domain.limits import TRIGGERS_MAX
from cse.engine.wire import (
    CancelAllOrders,
    CancelOrder,
    FreezeAccount,
    OrderType,
    SetMarketStatus,
    Side,
    Tick,
)
from tests.property.tables import message
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.commands import amend
from tests.rules.orders_of_triggers import (
    STOP_LIMIT,
    STOP_LOSS,
    TAKE_PROFIT,
    TAKE_PROFIT_LIMIT,
    said_of_trade,
    stop,
    traded_at,
)
from tests.rules.scenario import (
    ALICE,
    BOB,
    CAROL,
    DAY,
    FOK,
    GTD,
    IOC,
    Scenario,
    buy,
    sell,
)

END_US = 2_000_000
BIDS = [buy(BOB, 20, 890)]
"""What a sell that fires meets."""

FIRING = [
    (STOP_LOSS, Side.SELL, 950, 950, True),
    (STOP_LOSS, Side.SELL, 950, 949, True),
    (STOP_LOSS, Side.SELL, 950, 951, False),
    (STOP_LOSS, Side.BUY, 1_050, 1_050, True),
    (STOP_LOSS, Side.BUY, 1_050, 1_051, True),
    (STOP_LOSS, Side.BUY, 1_050, 1_049, False),
    (STOP_LIMIT, Side.SELL, 950, 950, True),
    (STOP_LIMIT, Side.BUY, 1_050, 1_049, False),
    (TAKE_PROFIT, Side.SELL, 1_050, 1_050, True),
    (TAKE_PROFIT, Side.SELL, 1_050, 1_051, True),
    (TAKE_PROFIT, Side.SELL, 1_050, 1_049, False),
    (TAKE_PROFIT, Side.BUY, 950, 950, True),
    (TAKE_PROFIT, Side.BUY, 950, 951, False),
    (TAKE_PROFIT_LIMIT, Side.SELL, 1_050, 1_050, True),
    (TAKE_PROFIT_LIMIT, Side.BUY, 950, 950, True),
    (TAKE_PROFIT_LIMIT, Side.BUY, 950, 951, False),
]
"""A type of a side waits for a stop price; a trade at a price fires it or not."""


@both_cores
@pytest.mark.parametrize(("kind", "side", "stop_price", "price", "fires"), FIRING)
def test_which_trade_fires_what(
    make_core: MakeCore, kind: OrderType, side: Side, stop_price: int, price: int, fires: bool
) -> None:
    scenario = Scenario(make_core)
    for command in traded_at(1_000):
        scenario.do(command)
    assert scenario.do(stop(side, kind, stop_price, price=1_000)) == ["accepted 3"]
    _, said = (scenario.do(command) for command in traded_at(price))
    assert (f"triggered 3 at {price}" in said) == fires


CASES = [
    Case(
        "a stop-loss waits, shows nothing, and nobody meets it",
        [stop(Side.SELL, STOP_LOSS, 950)],
        buy(BOB, 5, 1_000, IOC),
        ["accepted 2", "closed 2 expired: 0 of 5"],
    ),
    Case(
        "fired, it is a market order: it trades at whatever price there is",
        [*BIDS, stop(Side.SELL, STOP_LOSS, 950), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [
            *said_of_trade(950, 3, 4),
            "triggered 2 at 950",
            f"traded 10 at 890 with 1: {NO_FEES}",
            "closed 2 filled: 10 of 10",
        ],
        ["depth buy 890: 10", "depth buy 950: 0"],
    ),
    Case(
        "with a worst price it trades no lower, and what is left expires",
        [*BIDS, stop(Side.SELL, STOP_LOSS, 950, price=900), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [*said_of_trade(950, 3, 4), "triggered 2 at 950", "closed 2 expired: 0 of 10"],
        ["depth buy 950: 0"],
    ),
    Case(
        "a stop-limit rests at its price",
        [*BIDS, stop(Side.SELL, STOP_LIMIT, 950, price=900), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [*said_of_trade(950, 3, 4), "triggered 2 at 950"],
        ["depth buy 950: 0", "depth sell 900: 10"],
    ),
    Case(
        "an iceberg behind its trigger shows a slice",
        [stop(Side.SELL, STOP_LIMIT, 950, price=900, display_quantity=3), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [*said_of_trade(950, 2, 3), "triggered 1 at 950"],
        ["depth buy 950: 0", "depth sell 900: 3"],
    ),
    Case(
        "immediate-or-cancel holds once it has fired",
        [*BIDS, stop(Side.SELL, STOP_LIMIT, 950, 30, 880, time_in_force=IOC), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [
            *said_of_trade(950, 3, 4),
            "triggered 2 at 950",
            f"traded 20 at 890 with 1: {NO_FEES}",
            "closed 1 filled: 20 of 20",
            "closed 2 expired: 20 of 30",
        ],
        ["depth buy 890: 0", "depth buy 950: 0"],
    ),
    Case(
        "and so does fill-or-kill",
        [*BIDS, stop(Side.SELL, STOP_LIMIT, 950, 30, 880, time_in_force=FOK), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [*said_of_trade(950, 3, 4), "triggered 2 at 950", "closed 2 killed: 0 of 30"],
        ["depth buy 950: 0"],
    ),
    Case(
        "a buy by quote amount spends it when it fires",
        [
            sell(BOB, 20, 1_100),
            stop(Side.BUY, STOP_LOSS, 1_050, 0, quote_amount=50_000),
            sell(CAROL, 1, 1_050),
        ],
        buy(BOB, 1, 1_050),
        [
            *said_of_trade(1_050, 3, 4),
            "triggered 2 at 1050",
            f"traded 4 at 1100 with 1: {NO_FEES}",
            "closed 2 filled: 4 of 4",
        ],
        ["depth sell 1050: 0", "depth sell 1100: 16"],
    ),
    Case(
        "a buy by quantity pays no more than its price",
        [
            sell(BOB, 3, 1_060),
            sell(BOB, 20, 1_100),
            stop(Side.BUY, STOP_LOSS, 1_050, 10, 1_080),
            sell(CAROL, 1, 1_050),
        ],
        buy(BOB, 1, 1_050),
        [
            *said_of_trade(1_050, 4, 5),
            "triggered 3 at 1050",
            f"traded 3 at 1060 with 1: {NO_FEES}",
            "closed 1 filled: 3 of 3",
            "closed 3 expired: 3 of 10",
        ],
        ["depth sell 1050: 0", "depth sell 1060: 0"],
    ),
    Case(
        "the one whose stop is farther from the trade goes first, of equals the older",
        [
            stop(Side.SELL, STOP_LOSS, 960),
            stop(Side.SELL, STOP_LOSS, 970),
            stop(Side.SELL, STOP_LOSS, 960),
            stop(Side.SELL, STOP_LOSS, 980),
            buy(CAROL, 1, 950),
        ],
        sell(BOB, 1, 950),
        [
            *said_of_trade(950, 5, 6),
            *(line for each in (4, 2, 1, 3) for line in (
                f"triggered {each} at 950",
                f"closed {each} expired: 0 of 10",
            )),
        ],
        ["depth buy 950: 0"],
    ),
    Case(
        "the trades of one that fires may fire others, which queue behind",
        [
            *BIDS,
            stop(Side.SELL, STOP_LOSS, 900, 3),
            stop(Side.SELL, STOP_LOSS, 950, 2),
            stop(Side.SELL, STOP_LOSS, 940, 4),
            buy(CAROL, 1, 940),
        ],
        sell(BOB, 1, 940),
        [
            *said_of_trade(940, 5, 6),
            "triggered 3 at 940",
            f"traded 2 at 890 with 1: {NO_FEES}",
            "closed 3 filled: 2 of 2",
            "triggered 4 at 890",
            f"traded 4 at 890 with 1: {NO_FEES}",
            "closed 4 filled: 4 of 4",
            "triggered 2 at 890",
            f"traded 3 at 890 with 1: {NO_FEES}",
            "closed 2 filled: 3 of 3",
        ],
        ["depth buy 890: 11", "depth buy 940: 0"],
    ),
    Case(
        "an order is done with before what it fired begins",
        [buy(BOB, 5, 950), buy(CAROL, 20, 890), stop(Side.SELL, STOP_LOSS, 950)],
        sell(BOB, 10, 880),
        [
            "accepted 4",
            "prevented 5 at 950 with 1: cancel_newest, 5 and 10 left",
            "closed 4 self_trade: 0 of 10",
        ],
    ),
    Case(
        "what fires is kept from its owner's orders, as it was told",
        [buy(ALICE, 5, 890), stop(Side.SELL, STOP_LOSS, 950), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [
            *said_of_trade(950, 3, 4),
            "triggered 2 at 950",
            "prevented 5 at 890 with 1: cancel_newest, 5 and 10 left",
            "closed 2 self_trade: 0 of 10",
        ],
        ["depth buy 950: 0"],
    ),
    Case(
        "what waits can be cancelled",
        [stop(Side.SELL, STOP_LOSS, 950)],
        CancelOrder(ALICE, 1, "").encode(),
        ["closed 1 cancelled: 0 of 10"],
    ),
    Case(
        "of a buy by quote amount nothing remains to be told",
        [stop(Side.BUY, STOP_LOSS, 950, 0, quote_amount=5_000)],
        CancelOrder(ALICE, 1, "").encode(),
        ["closed 1 cancelled: 0 of 0"],
    ),
    Case(
        "all orders are those that wait, too",
        [sell(ALICE, 5, 1_000), stop(Side.SELL, STOP_LOSS, 950), stop(Side.BUY, STOP_LIMIT, 990, 7, 990)],
        CancelAllOrders(ALICE, 1, Side.SELL).encode(),
        ["closed 1 cancelled: 0 of 5", "closed 2 cancelled: 0 of 10", "OrdersCancelled 2"],
        ["depth sell 1000: 0"],
    ),
    Case(
        "what waits ends at its time",
        [stop(Side.SELL, STOP_LOSS, 950, time_in_force=GTD, expires_at_us=END_US)],
        Tick().encode(),
        ["OrdersExpired 1", "closed 1 expired: 0 of 10"],
        at_us=END_US,
    ),
    Case(
        "a stop-limit that rests keeps its time",
        [
            stop(Side.SELL, STOP_LIMIT, 950, price=960, time_in_force=GTD, expires_at_us=END_US),
            *traded_at(950),
        ],
        Tick().encode(),
        ["OrdersExpired 1", "closed 1 expired: 0 of 10"],
        ["depth sell 960: 0"],
        at_us=END_US,
    ),
    Case(
        "a frozen account's stop fires still, as its resting orders trade",
        [*BIDS, stop(Side.SELL, STOP_LOSS, 950), FreezeAccount(ALICE).encode(), buy(CAROL, 1, 950)],
        sell(BOB, 1, 950),
        [
            *said_of_trade(950, 3, 4),
            "triggered 2 at 950",
            f"traded 10 at 890 with 1: {NO_FEES}",
            "closed 2 filled: 10 of 10",
        ],
        ["depth buy 890: 10", "depth buy 950: 0"],
    ),
    Case(
        "the last trade has reached it already: a sell's stop",
        traded_at(950),
        stop(Side.SELL, STOP_LOSS, 950),
        ["rejected would_trigger"],
    ),
    Case(
        "a buy's stop",
        traded_at(950),
        stop(Side.BUY, STOP_LIMIT, 949, price=960),
        ["rejected would_trigger"],
    ),
    Case(
        "a buy's take-profit",
        traded_at(950),
        stop(Side.BUY, TAKE_PROFIT_LIMIT, 950, price=960),
        ["rejected would_trigger"],
    ),
    Case(
        "one tick away it waits",
        traded_at(950),
        stop(Side.SELL, STOP_LOSS, 949),
        ["accepted 3"],
    ),
]  # fmt: skip


@both_cores
@every(CASES)
def test_triggers(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_a_queue_waits_while_its_market_is_halted(make_core: MakeCore) -> None:
    """More fire than two commands carry out, of which the second halts the market."""
    scenario = Scenario(make_core)
    for _ in range(2 * TRIGGERS_MAX + 1):
        scenario.do(stop(Side.SELL, STOP_LOSS, 950, 1))
    for command in traded_at(950):
        scenario.do(command)
    last = f"triggered {2 * TRIGGERS_MAX + 1} at 950"
    assert last not in scenario.do(message(SetMarketStatus, market=1, status=2))
    assert scenario.do(Tick().encode()) == []
    assert last in scenario.do(message(SetMarketStatus, market=1, status=1))


@both_cores
def test_an_order_that_has_fired_can_be_cancelled_and_not_amended(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    last = 2 * TRIGGERS_MAX + 1
    for _ in range(last):
        scenario.do(stop(Side.SELL, STOP_LOSS, 950, 1))
    for command in traded_at(950):
        scenario.do(command)
    scenario.do(message(SetMarketStatus, market=1, status=2))
    assert scenario.do(amend(ALICE, last, quantity=2)) == ["rejected order_not_open"]
    assert scenario.do(CancelOrder(ALICE, last, "").encode()) == [f"closed {last} cancelled: 0 of 1"]


@both_cores
def test_at_most_so_many_are_carried_out_with_a_command_and_the_others_with_the_next(
    make_core: MakeCore,
) -> None:
    scenario = Scenario(make_core)
    count = TRIGGERS_MAX + 2
    for _ in range(count):
        scenario.do(stop(Side.SELL, STOP_LOSS, 950, 1))
    scenario.do(buy(CAROL, 1, 950))
    first = scenario.do(sell(BOB, 1, 950))
    then = scenario.do(buy(CAROL, 1, 940))
    fired = [text for text in first if text.startswith("triggered")]
    assert fired == [f"triggered {order_id} at 950" for order_id in range(1, TRIGGERS_MAX + 1)]
    assert then == [
        *(
            line
            for order_id in (count - 1, count)
            for line in (f"triggered {order_id} at 950", f"closed {order_id} expired: 0 of 1")
        ),
        f"accepted {count + 3}",
    ]


@both_cores
def test_a_day_order_waits_for_the_day(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(stop(Side.SELL, STOP_LOSS, 950, time_in_force=DAY))
    scenario.time_us = 86_400_000_000
    assert scenario.do(Tick().encode()) == ["OrdersExpired 1", "closed 1 expired: 0 of 10"]
