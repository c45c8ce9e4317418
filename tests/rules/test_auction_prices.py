"""The price of a call auction; in both cores."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import pytest

from cse.engine.wire import SetMarketBand, Side
from tests.property.tables import message
from tests.rules.cases import MakeCore, both_cores
from tests.rules.commands import AUCTION, becomes
from tests.rules.examples import cells_of
from tests.rules.scenario import ALICE, BOB, CAROL, Scenario, buy, order, sell


@dataclass(frozen=True)
class Price:
    """Bids and asks as lots at a price, what the price goes by, and what is indicated."""

    name: str
    bids: str
    asks: str
    indicated: str
    last_price: int = 0
    reference: int = 0


PRICES = [
    Price("nothing crosses", "1 at 9", "1 at 10", "nothing"),
    Price("no asks", "1 at 9", "", "nothing"),
    Price("no bids", "", "1 at 9", "nothing"),
    Price("both at one price", "5 at 10", "5 at 10", "5 at 10"),
    # Most is traded at 9: 100 would be at 8 and at 10, too, but 200 at 9.
    Price("most is traded", "100 at 10, 100 at 9", "100 at 8, 100 at 9", "200 at 9"),
    Price("least is left over", "10 at 105, 5 at 101", "8 at 100, 4 at 103", "10 at 103, 2 sell left"),
    Price("bids are left: the highest", "10 at 105, 5 at 101", "8 at 100", "8 at 105, 2 buy left"),
    Price("asks are left: the lowest", "4 at 105", "9 at 100, 3 at 102", "4 at 100, 5 sell left"),
    Price("nothing is left: the middle", "100 at 10", "100 at 8", "100 at 9"),
    Price("of an even number of prices the lower middle", "6 at 106", "6 at 101", "6 at 103"),
    Price("nearest to the last price", "6 at 105", "6 at 100", "6 at 103", last_price=103),
    Price("the highest below the last price", "6 at 105", "6 at 100", "6 at 105", last_price=110),
    Price("the lowest above the last price", "6 at 105", "6 at 100", "6 at 100", last_price=7),
    Price("nearest to the reference", "6 at 105", "6 at 100", "6 at 102", reference=102),
    Price("the last price, and not the reference", "6 at 105", "6 at 100", "6 at 104", last_price=104, reference=101),
    Price("no reference counts where bids are left", "7 at 105", "6 at 100", "6 at 105, 1 buy left", last_price=100),
    # Three bids are left at 101 and below, three asks from 102 on.
    Price("left on either side: nearest to the middle", "5 at 105, 3 at 101", "5 at 100, 3 at 102", "5 at 102, 3 sell left"),
    Price("left on either side: nearest to the last", "5 at 105, 3 at 101", "5 at 100, 3 at 102", "5 at 100, 3 buy left", last_price=100),
    Price("the lowest tick", "5 at 1", "5 at 1", "5 at 1"),
]  # fmt: skip


@both_cores
@pytest.mark.parametrize("case", PRICES, ids=lambda case: case.name)
def test_the_price(make_core: MakeCore, case: Price) -> None:
    assert indicated_last(make_core, case) == case.indicated


def indicated_last(make_core: MakeCore, case: Price) -> str:
    """What is said to be traded when all orders are there."""
    scenario = Scenario(make_core)
    if case.last_price:
        scenario.do(sell(BOB, 1, case.last_price))
        scenario.do(buy(CAROL, 1, case.last_price))
    if case.reference:
        scenario.do(message(SetMarketBand, market=1, reference_price=case.reference))
    assert scenario.do(becomes(AUCTION)) == ["market auction"]
    said = []
    for account, side, levels in ((ALICE, Side.BUY, case.bids), (BOB, Side.SELL, case.asks)):
        for level in filter(None, levels.split(", ")):
            lots, price = level.split(" at ")
            said += scenario.do(order(account, side, int(lots), int(price)))
    told = [text.removeprefix("indicated ") for text in said if text.startswith("indicated")]
    return told[-1] if told else "nothing"


PAGE = (Path(__file__).parents[2] / "docs" / "trading-rules.md").read_text(encoding="utf-8")
HEADING = ["bids", "asks", "reference", "price", "volume", "surplus"]


def prices_of_page() -> Iterator[Price]:
    """The prices that the page works out."""
    rows = [cells_of(line) for line in PAGE.splitlines()]
    first = rows.index(HEADING) + 2
    for cells in takewhile(lambda cells: cells is not None, rows[first:]):
        bids, asks, reference, price, volume, surplus = cells or []
        left = "" if surplus == "0" else f", {surplus} left"
        number = 0 if reference == "none" else int(reference)
        yield Price(f"{bids} and {asks}", bids, asks, f"{volume} at {price}{left}", reference=number)


@both_cores
def test_the_prices_of_the_page(make_core: MakeCore) -> None:
    cases = list(prices_of_page())
    assert len(cases) > 4
    for case in cases:
        assert indicated_last(make_core, case) == case.indicated, case.name
