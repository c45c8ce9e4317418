"""Cancelling one order and placing another, as one (5.9), in both cores."""

from cse.domain import codes
from cse.engine.wire import CancelOrder, Group, ReplaceMode, ReplaceOrder, decode_any
from tests.rules.cases import NO_FEES, Case, MakeCore, both_cores, every
from tests.rules.commands import BOTH, EACH, replace
from tests.rules.scenario import ALICE, BOB, CAROL, FUNDS, USDC, Scenario, buy, sell

QUEUE = [buy(ALICE, 10, 1_000, client_order_id="first"), buy(BOB, 5, 1_000)]


CASES = [
    *(
        Case(
            f"{mode.name.lower()}: one goes and the other comes",
            QUEUE,
            replace(buy(ALICE, 7, 999), mode),
            ["closed 1 cancelled: 0 of 10", "accepted 3"],
            ["depth buy 999: 7", "depth buy 1000: 5"],
        )
        for mode in ReplaceMode
    ),
    *(
        Case(
            f"{mode.name.lower()}: the other may trade at once",
            [*QUEUE, sell(CAROL, 4, 1_001)],
            replace(buy(ALICE, 7, 1_001), mode, 0, "first"),
            [
                "closed 1 cancelled: 0 of 10",
                "accepted 4",
                f"traded 4 at 1001 with 3: {NO_FEES}",
                "closed 3 filled: 4 of 4",
            ],
            ["depth buy 1000: 5", "depth buy 1001: 3", "depth sell 1001: 0"],
        )
        for mode in ReplaceMode
    ),
    Case(
        "both or nothing: where the cancel fails, nothing is placed",
        [*QUEUE, sell(CAROL, 10, 1_000)],
        replace(buy(ALICE, 7, 999), BOTH),
        ["rejected order_unknown"],
    ),
    Case(
        "each for itself: where the cancel fails, the other is placed",
        [*QUEUE, sell(CAROL, 10, 1_000)],
        replace(buy(ALICE, 7, 999), EACH),
        ["rejected order_unknown", "accepted 4"],
        ["depth buy 999: 7"],
    ),
    Case(
        "both or nothing: where the other is refused, nothing is cancelled",
        QUEUE,
        replace(buy(ALICE, 0, 999), BOTH),
        ["rejected quantity_out_of_range"],
    ),
    Case(
        "each for itself: where the other is refused, the first is cancelled",
        QUEUE,
        replace(buy(ALICE, 0, 999), EACH),
        ["closed 1 cancelled: 0 of 10", "rejected quantity_out_of_range"],
        ["depth buy 1000: 5"],
    ),
    Case(
        "each for itself: both may fail",
        QUEUE,
        replace(buy(ALICE, 0, 999), EACH, 9),
        ["rejected order_unknown", "rejected quantity_out_of_range"],
    ),
    Case(
        "a replacement that is sent again is told of the first time",
        [*QUEUE, replace(buy(ALICE, 7, 999, client_order_id="second"))],
        replace(buy(ALICE, 7, 999, client_order_id="second"), EACH, 2),
        ["repeated 3"],
    ),
    Case(
        "the id of the order that goes is still taken",
        QUEUE,
        replace(buy(ALICE, 7, 999, client_order_id="first")),
        ["rejected client_order_id_conflict"],
    ),
    Case(
        "an id that nobody can read cancels nothing",
        QUEUE,
        replace(buy(ALICE, 7, 999, client_order_id="a b"), EACH),
        ["rejected invalid_client_order_id"],
    ),
    Case(
        "another's order is not replaced",
        QUEUE,
        replace(buy(CAROL, 7, 999)),
        ["rejected order_unknown"],
    ),
    Case(
        "there is no third mode",
        QUEUE,
        replace(buy(ALICE, 7, 999), 3),
        ["rejected invalid_replace_mode"],
    ),
    Case(
        "what follows is one order",
        QUEUE,
        replace(buy(ALICE, 7, 999) * 2),
        ["rejected malformed_command"],
    ),
    Case(
        "and nothing but an order",
        QUEUE,
        replace(CancelOrder(ALICE, 1, "").encode()),
        ["rejected malformed_command"],
    ),
]


@both_cores
@every(CASES)
def test_replacements(make_core: MakeCore, case: Case) -> None:
    case.check(Scenario(make_core))


@both_cores
def test_what_the_one_held_pays_for_the_other(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    whole = FUNDS // 10_000
    scenario.do(buy(ALICE, whole, 1_000))
    assert scenario.do(buy(ALICE, whole, 999)) == ["rejected insufficient_funds"]
    assert scenario.do(replace(buy(ALICE, whole, 999)))[-1] == "accepted 2"


@both_cores
def test_an_order_that_was_not_replaced_keeps_its_place_and_its_hold(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for command in QUEUE:
        scenario.do(command)
    before = scenario.core.dump().splitlines()[1:]
    assert scenario.do(replace(buy(ALICE, 1_000_000, 999))) == ["rejected insufficient_funds"]
    assert scenario.core.dump().splitlines()[1:] == before
    assert scenario.balance(ALICE, USDC) == (FUNDS - 100_000, 100_000)
    assert scenario.do(sell(CAROL, 1, 1_000))[1] == f"traded 1 at 1000 with 1: {NO_FEES}"


@both_cores
def test_the_market_counts_open_orders_without_the_one_that_goes(make_core: MakeCore) -> None:
    scenario = Scenario(make_core, max_open_orders=1)
    scenario.do(buy(ALICE, 10, 1_000))
    assert scenario.do(buy(ALICE, 10, 999)) == ["rejected too_many_open_orders"]
    assert scenario.do(replace(buy(ALICE, 10, 999)))[-1] == "accepted 2"


@both_cores
def test_a_refused_cancel_says_which_command_it_was(make_core: MakeCore) -> None:
    scenario = Scenario(make_core)
    for mode, kind in ((BOTH, ReplaceOrder.KIND), (EACH, CancelOrder.KIND)):
        group = scenario.carry_out(replace(buy(ALICE, 7, 999), mode, 9))
        rejected = decode_any(Group.tail(group))
        assert rejected == (kind, codes.ORDER_UNKNOWN.number, ALICE, 9)
