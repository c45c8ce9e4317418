"""An uncrossing of more meetings than a command may have; in both cores."""

import pytest

from cse.domain.limits import EXPIRIES_MAX, FIXINGS_MAX, TRADES_MAX
from cse.engine.wire import CancelOrder, SetMarketBand, Tick
from tests.property.tables import message
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import AUCTION, CANCEL_ONLY, HALTED, OPEN, amend, becomes
from tests.rules.markets_in_auction import crossed, in_auction, uncrossing
from tests.rules.scenario import (
    ALICE,
    BOB,
    CAROL,
    FUNDS,
    GTD,
    NOVA,
    NOW_US,
    USDC,
    Scenario,
    buy,
    nova_usdc,
    sell,
)


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
def test_an_auction_that_uncrosses_has_no_end_any_more(make_core: MakeCore) -> None:
    scenario, said = uncrossing(make_core, TRADES_MAX + 2, ends_at_us=NOW_US + 9)
    assert said[-1].endswith("goes on at 1000")
    assert "\nmarket 1 " in scenario.core.dump()
    assert str(NOW_US + 9) not in scenario.core.dump()


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
