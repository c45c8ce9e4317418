"""Two orders of which one closes the other (5.11), in both cores."""

import pytest

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.engine.wire import (
    CancelAllOrders,
    CancelOrder,
    SelfTradePrevention,
    Side,
    Tick,
)
from tests.property.tables import message
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.commands import BOTH, EACH, amend, replace
from tests.rules.orders_of_lists import BRACKET, OCO, oco_of_sells, placed_as
from tests.rules.orders_of_triggers import (
    STOP_LIMIT,
    STOP_LOSS,
    TAKE_PROFIT,
    said_of_trade,
    stop,
    traded_at,
    trailing,
)
from tests.rules.scenario import (
    ALICE,
    ALICES_SUB,
    BOB,
    CAROL,
    DAY,
    FUNDS,
    GTD,
    IOC,
    NOVA,
    USDC,
    Scenario,
    buy,
    market_order,
    order,
    sell,
)

END_US = 2_000_000
SELLS = oco_of_sells()
ACCEPTED = ["accepted 1", "accepted 2", "linked 1 and 2 as oco"]

CASES = [
    Case(
        "the limit order rests, the stop waits",
        [],
        SELLS,
        ACCEPTED,
        ["depth sell 1200: 10"],
    ),
    Case(
        "a part of the one that trades is enough for the other to close",
        [SELLS],
        buy(BOB, 4, 1_200),
        ["accepted 3", f"traded 4 at 1200 with 1: {NO_FEES}", "closed 2 linked: 0 of 10", "closed 3 filled: 4 of 4"],
        ["depth sell 1200: 6"],
    ),
    Case(
        "filled whole, its own end comes before that of the other",
        [SELLS],
        buy(BOB, 10, 1_200),
        [
            "accepted 3",
            f"traded 10 at 1200 with 1: {NO_FEES}",
            "closed 1 filled: 10 of 10",
            "closed 2 linked: 0 of 10",
            "closed 3 filled: 10 of 10",
        ],
        ["depth sell 1200: 0"],
    ),
    Case(
        "a first that trades at once closes the second",
        [buy(BOB, 4, 1_250)],
        SELLS,
        [
            "accepted 2",
            "accepted 3",
            "linked 2 and 3 as oco",
            f"traded 4 at 1250 with 1: {NO_FEES}",
            "closed 1 filled: 4 of 4",
            "closed 3 linked: 0 of 10",
        ],
        ["depth buy 1250: 0", "depth sell 1200: 6"],
    ),
    Case(
        "the stop is triggered: the limit order closes before the stop sells",
        [SELLS, buy(CAROL, 20, 890), buy(CAROL, 1, 900)],
        sell(BOB, 1, 900),
        [
            *said_of_trade(900, 4, 5),
            "triggered 2 at 900",
            "closed 1 linked: 0 of 10",
            f"traded 10 at 890 with 3: {NO_FEES}",
            "closed 2 filled: 10 of 10",
        ],
        ["depth buy 890: 10", "depth buy 900: 0", "depth sell 1200: 0"],
    ),
    Case(
        "one order that meets the limit order and fires the stop: whoever trades first wins",
        [SELLS, *traded_at(1_000), sell(CAROL, 1, 890)],
        buy(BOB, 11, 1_200),
        [
            "accepted 6",
            f"traded 1 at 890 with 5: {NO_FEES}",
            "closed 5 filled: 1 of 1",
            f"traded 10 at 1200 with 1: {NO_FEES}",
            "closed 1 filled: 10 of 10",
            "closed 2 linked: 0 of 10",
            "closed 6 filled: 11 of 11",
        ],
        ["depth sell 890: 0", "depth sell 1200: 0"],
    ),
    Case(
        "cancelling one closes the other",
        [SELLS],
        CancelOrder(ALICE, 2, "").encode(),
        ["closed 2 cancelled: 0 of 10", "closed 1 linked: 0 of 10"],
        ["depth sell 1200: 0"],
    ),
    Case(
        "cancelling all counts what it cancelled",
        [SELLS],
        CancelAllOrders(ALICE, 0, 0).encode(),
        ["closed 1 cancelled: 0 of 10", "closed 2 linked: 0 of 10", "OrdersCancelled 1"],
        ["depth sell 1200: 0"],
    ),
    Case(
        "they end together: one expires, and the other with it",
        [oco_of_sells(time_in_force=GTD, expires_at_us=END_US)],
        Tick().encode(),
        ["OrdersExpired 1", "closed 1 expired: 0 of 10", "closed 2 linked: 0 of 10"],
        ["depth sell 1200: 0"],
        at_us=END_US,
    ),
    Case(
        "lots that go by decrement close the other, too",
        [SELLS],
        buy(ALICES_SUB, 4, 1_200, self_trade_prevention=SelfTradePrevention.DECREMENT),
        [
            "accepted 3",
            "prevented 4 at 1200 with 1: decrement, 6 and 0 left",
            "closed 2 linked: 0 of 10",
            "closed 3 self_trade: 0 of 0",
        ],
        ["depth sell 1200: 6"],
    ),
    Case(
        "a self-trade that closes the one closes the other",
        [SELLS],
        buy(ALICES_SUB, 4, 1_200, self_trade_prevention=SelfTradePrevention.CANCEL_OLDEST),
        [
            "accepted 3",
            "prevented 4 at 1200 with 1: cancel_oldest, 10 and 4 left",
            "closed 1 self_trade: 0 of 10",
            "closed 2 linked: 0 of 10",
        ],
        ["depth buy 1200: 4", "depth sell 1200: 0"],
    ),
    Case(
        "the other is not touched where nothing trades and nothing closes",
        [SELLS],
        buy(ALICES_SUB, 4, 1_200),
        ["accepted 3", "prevented 4 at 1200 with 1: cancel_newest, 10 and 4 left", "closed 3 self_trade: 0 of 4"],
    ),
    Case("neither can be amended: the limit order", [SELLS], amend(ALICE, 1, price=1_300), ["rejected order_is_linked"]),
    Case("nor the stop", [SELLS], amend(ALICE, 2, stop_price=850), ["rejected order_is_linked"]),
    Case("nor replaced", [SELLS], replace(sell(ALICE, 1, 1_300), BOTH, 1), ["rejected order_is_linked"]),
    Case(
        "where each half of a replacement is for itself the new order comes",
        [SELLS],
        replace(sell(ALICE, 1, 1_300), EACH, 2),
        ["rejected order_is_linked", "accepted 3"],
        ["depth sell 1300: 1"],
    ),
    Case(
        "the one that is left alone is an order like any other",
        [SELLS, buy(BOB, 4, 1_200)],
        amend(ALICE, 1, price=1_300),
        ["amended 1: 10 at 1300, 6 left, loses its place"],
        ["depth sell 1200: 0", "depth sell 1300: 6"],
    ),
    Case(
        "post-only that would take refuses both",
        [buy(BOB, 4, 1_250)],
        placed_as(
            OCO, sell(ALICE, 10, 1_200, flags=FLAG_POST_ONLY), stop(Side.SELL, STOP_LOSS, 900)
        ),
        ["rejected post_only_would_take"],
    ),
    Case(
        "so does a stop that the last trade has reached",
        traded_at(900),
        SELLS,
        ["rejected would_trigger"],
    ),
]  # fmt: skip


@both_cores
@every(CASES)
def test_ocos(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


LIMIT, STOP = sell(ALICE, 10, 1_200), stop(Side.SELL, STOP_LOSS, 900)
NO_LIST = [
    ("another account", LIMIT, order(BOB, Side.SELL, 10, 0, order_type=STOP_LOSS, stop_price=900)),
    ("the other side", LIMIT, stop(Side.BUY, STOP_LOSS, 1_300, price=1_400)),
    ("another quantity", LIMIT, stop(Side.SELL, STOP_LOSS, 900, 9)),
    ("no quantity", sell(ALICE, 0, 1_200), stop(Side.SELL, STOP_LOSS, 900, 0)),
    ("another time", LIMIT, stop(Side.SELL, STOP_LOSS, 900, time_in_force=DAY)),
    ("a first that never rests", sell(ALICE, 10, 1_200, IOC), stop(Side.SELL, STOP_LOSS, 900, time_in_force=IOC)),
    ("a first that is none of limit", market_order(ALICE, Side.SELL, 10), STOP),
    ("a second that waits for profit", LIMIT, stop(Side.SELL, TAKE_PROFIT, 1_300)),
    ("two limit orders", LIMIT, LIMIT),
    ("a first that may be re-priced", sell(ALICE, 10, 1_200, flags=FLAG_POST_ONLY | FLAG_REPRICE), STOP),
    ("the same client's id twice", sell(ALICE, 10, 1_200, client_order_id="a"),
     stop(Side.SELL, STOP_LOSS, 900, client_order_id="a")),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize(
    ("first", "second"), [each[1:] for each in NO_LIST], ids=[each[0] for each in NO_LIST]
)
def test_what_is_no_oco(make_core: MakeCore, first: bytes, second: bytes) -> None:
    assert Scenario(make_core).do(placed_as(OCO, first, second)) == ["rejected invalid_order_list"]


LISTS = [
    ("a stop-limit", stop(Side.SELL, STOP_LIMIT, 900, price=880), ACCEPTED),
    ("a trailing stop", trailing(Side.SELL, 50), ACCEPTED),
    ("no second", b"", ["rejected malformed_command"]),
    ("three orders", STOP + STOP, ["rejected invalid_order_list"]),
    ("four", STOP * 3, ["rejected malformed_command"]),
    ("a part of one", STOP[:-8], ["rejected malformed_command"]),
    ("something else", message(type(Tick())), ["rejected malformed_command"]),
    ("a second that is refused", stop(Side.SELL, STOP_LOSS, 0), ["rejected invalid_stop_price"]),
]


@both_cores
@pytest.mark.parametrize(("second", "said"), [each[1:] for each in LISTS], ids=[each[0] for each in LISTS])
def test_what_stands_in_a_list(make_core: MakeCore, second: bytes, said: list[str]) -> None:
    scenario = Scenario(make_core)
    assert scenario.do(placed_as(OCO, LIMIT, second)) == said


@both_cores
@pytest.mark.parametrize("kind", [0, BRACKET, 3])
def test_two_orders_are_an_oco(make_core: MakeCore, kind: int) -> None:
    assert Scenario(make_core).do(placed_as(kind, LIMIT, STOP)) == ["rejected invalid_order_list"]


@both_cores
def test_two_sells_hold_their_lots_once(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    scenario.do(SELLS)
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 10_000, 10_000)
    scenario.do(buy(BOB, 4, 1_200))
    assert scenario.balance(ALICE, NOVA) == (FUNDS - 10_000, 6_000)


@both_cores
def test_two_buys_hold_what_the_dearer_one_needs(make_core: MakeCore) -> None:
    """Ten lots at 900, or once 1,100 trades up to 1,200; a taker pays 0.1 %, a maker nothing.

    At first the limit order holds 90,000 + 90 + 1 and the stop needs 120,000 + 120 + 1. The limit order
    that rests needs 90,000, and what it gives back stays held for the stop.
    """
    scenario = Scenario(make_core, taker_ppm=1_000)
    scenario.do(placed_as(OCO, buy(ALICE, 10, 900), stop(Side.BUY, STOP_LOSS, 1_100, price=1_200)))
    assert scenario.balance(ALICE, USDC) == (FUNDS - 120_121, 120_121)
    scenario.do(sell(BOB, 1, 1_100))
    assert scenario.do(buy(CAROL, 1, 1_100))[-3:] == [
        "triggered 2 at 1100",
        "closed 1 linked: 0 of 10",
        "closed 2 expired: 0 of 10",
    ]
    assert scenario.balance(ALICE, USDC) == (FUNDS, 0)


@both_cores
def test_what_is_available_must_be_enough_for_the_dearer_one(make_core: MakeCore) -> None:
    most = FUNDS // 10_000
    for lots, said in (
        (most, ["accepted 1", "accepted 2", "linked 1 and 2 as oco"]),
        (most + 1, ["rejected insufficient_funds"]),
    ):
        scenario = Scenario(make_core)
        dearer = stop(Side.BUY, STOP_LIMIT, 950, lots, 1_000)
        assert scenario.do(placed_as(OCO, buy(ALICE, lots, 900), dearer)) == said


@both_cores
def test_both_count_as_open(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, max_open_orders=2)
    scenario.do(sell(ALICE, 1, 2_000))
    assert scenario.do(SELLS) == ["rejected too_many_open_orders"]
    scenario.do(CancelOrder(ALICE, 1, "").encode())
    assert scenario.do(SELLS)[-1] == "linked 2 and 3 as oco"


@both_cores
def test_a_list_that_is_sent_again_is_told_of_the_first_time(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    first = sell(ALICE, 10, 1_200, client_order_id="first")
    command = placed_as(OCO, first, STOP)
    assert scenario.do(command) == ACCEPTED
    assert scenario.do(command) == ["repeated 1"]
    assert scenario.do(placed_as(OCO, first, stop(Side.SELL, STOP_LOSS, 901))) == [
        "rejected client_order_id_conflict"
    ]
    assert scenario.do(first) == ["rejected client_order_id_conflict"]
