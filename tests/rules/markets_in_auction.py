"""Markets in auction, with the orders they have taken."""

from tests.rules.cases import NO_FEES, MakeCore
from tests.rules.commands import AUCTION, OPEN, becomes
from tests.rules.scenario import ALICE, BOB, Scenario, buy, sell


def in_auction(make_core: MakeCore, *orders: bytes, ends_at_us: int = 0, **scenario: int) -> Scenario:
    """A market in auction, and the orders that it has taken."""
    found = Scenario(make_core, **scenario)
    found.do(becomes(AUCTION, ends_at_us))
    for command in orders:
        assert found.do(command)[0].startswith("accepted")
    return found


def crossed(lots: int, price: int, taker: int, maker: int) -> str:
    return f"traded {lots} at {price} with {taker} and {maker}: {NO_FEES}"


def uncrossing(make_core: MakeCore, lots: int, ends_at_us: int = 0) -> tuple[Scenario, list[str]]:
    """Alice bids for so many lots, of which she shows one at a time, and Bob sells all of them.

    Every lot is a meeting. The scenario, and what is said when the market is to open.
    """
    orders = buy(ALICE, lots, 1_000, display_quantity=1), sell(BOB, lots, 1_000)
    scenario = in_auction(make_core, *orders, ends_at_us=ends_at_us)
    return scenario, scenario.do(becomes(OPEN))
