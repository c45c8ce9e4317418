"""The plain book: price-time priority, counted."""

import pytest

from cse.cli.replay.flow import Cancel, Place, Side, Step
from cse.cli.replay.plain_book import Outcome, PlainBook, outcome_of


def place(key: int, side: Side, quantity_lots: int, price_ticks: int) -> Place:
    return Place(0, key, side, price_ticks, quantity_lots)


def cancel(key: int) -> Cancel:
    return Cancel(0, key)


@pytest.mark.parametrize(
    ("steps", "trades", "open_orders", "missed_cancels", "turnover"),
    [
        pytest.param(
            [place(1, "sell", 5, 10), place(2, "buy", 5, 9)], 0, 2, 0, 0, id="no-cross-no-trade"
        ),
        pytest.param(
            [place(1, "buy", 5, 12), place(2, "sell", 5, 10)], 1, 0, 0, 60, id="the-makers-price"
        ),
        pytest.param(
            [place(1, "sell", 1, 12), place(2, "sell", 1, 11), place(3, "buy", 1, 12)],
            1, 1, 0, 11, id="best-price-first",
        ),
        pytest.param(
            [place(1, "sell", 2, 10), place(2, "sell", 2, 10), place(3, "buy", 2, 10), cancel(2)],
            1, 0, 0, 20, id="oldest-first-at-a-price",
        ),
        pytest.param(
            [place(1, "sell", 2, 10), place(2, "buy", 5, 10), cancel(1), cancel(2)],
            1, 0, 1, 20, id="the-rest-joins-the-book",
        ),
        pytest.param(
            [place(1, "sell", 2, 10), cancel(1), place(2, "buy", 2, 10), cancel(1)],
            0, 1, 1, 0, id="a-cancelled-order-trades-no-more",
        ),
        pytest.param(
            [place(1, "sell", 1, 10), cancel(1), place(2, "sell", 1, 10), place(3, "buy", 1, 10)],
            1, 0, 0, 10, id="a-price-may-come-back",
        ),
    ],
)  # fmt: skip
def test_outcome(
    steps: list[Step], trades: int, open_orders: int, missed_cancels: int, turnover: int
) -> None:
    orders = sum(isinstance(step, Place) for step in steps)
    assert outcome_of(steps) == Outcome(
        orders, len(steps) - orders, trades, open_orders, missed_cancels, turnover
    )


def test_it_knows_what_is_open() -> None:
    book = PlainBook()
    book.take(place(1, "sell", 2, 10))
    assert book.is_open(1)
    book.take(place(2, "buy", 2, 10))
    assert not book.is_open(1)
    assert not book.is_open(2)
