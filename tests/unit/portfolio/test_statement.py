"""A statement is given where all of it comes to what the ledger has, to the unit, and refused elsewhere.

Money is asset 1 and the token asset 2, of which market 7 says what one unit is worth.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any, Final, TypeAlias, cast

import pytest

from cse.domain import codes
from cse.domain.accounts import TransferReason
from cse.domain.errors import CodedError
from cse.ledger.models import AccountEntry, EntryReason
from cse.portfolio.book import Book
from cse.portfolio.costs import CostMethod
from cse.portfolio.postings import Pair, postings_of
from cse.portfolio.prices import PriceList, Prices
from cse.portfolio.statement import AssetLine, EndFigures, Movement, Statement, StatementBook

MONEY, TOKEN, MARKET = 1, 2, 7
METHOD: Final = CostMethod.FIFO
Group: TypeAlias = list[AccountEntry]
Spoil: TypeAlias = Callable[[StatementBook], None]

_numbers: Final = count(1)


def moved(asset: int, amount: int, reason: TransferReason = TransferReason.FAUCET) -> Group:
    return [AccountEntry(1, next(_numbers), asset, amount, reason, 0, next(_numbers), 0)]


def traded(tokens: int, money: int, fee: int, share: int = 0) -> Group:
    trade = next(_numbers)
    parts = [
        (TOKEN, tokens, EntryReason.TRADE),
        (MONEY, money, EntryReason.TRADE),
        (MONEY, -fee, EntryReason.TRADE_FEE),
        (MONEY, share, EntryReason.CREATOR_SHARE),
    ]
    return [
        AccountEntry(1, next(_numbers), asset, amount, reason, MARKET, trade, 0)
        for asset, amount, reason in parts
        if amount
    ]


BEFORE: Final = [moved(MONEY, 1_000), traded(10, -300, fee=3)]
"""10 for 30 each, of 1,000 that were put in: 697 and 10 tokens are left."""
WITHIN: Final = [
    moved(MONEY, 500),
    traded(-4, 160, fee=2),
    traded(5, -200, fee=2, share=1),
    moved(MONEY, -50, TransferReason.OWN_ACCOUNTS),
]
"""4 that cost 120 are sold for 160, 5 are bought for 200; 500 come and 50 go."""
OPENING: Final = {MONEY: 697, TOKEN: 10}
CLOSING: Final = {MONEY: 697 + 500 + 160 - 2 - 200 - 2 + 1 - 50, TOKEN: 11}


def prices(price: int) -> Prices:
    market = SimpleNamespace(
        id=MARKET, base=SimpleNamespace(id=TOKEN), quote=SimpleNamespace(id=MONEY), lot_size=1,
        tick_lot_units=1,
    )  # fmt: skip
    return PriceList(MONEY, [cast(Any, market)]).at({MARKET: price})


def post(book: Book, group: Group, price: int) -> None:
    for posting in postings_of(group, {MARKET: Pair(TOKEN, MONEY)}):
        book.post(posting, prices(price).worth)


def gone_through(noted: Callable[[int, Group], Group] = lambda _, group: group) -> StatementBook:
    """A period of which `noted` says what of each group is counted among its movements."""
    through = StatementBook(Book(MONEY), METHOD)
    for group in BEFORE:
        post(through.book, group, 30)
    through.open(prices(32))
    for number, group in enumerate(WITHIN):
        post(through.book, group, 40)
        through.note(noted(number, group))
    return through


def closed(through: StatementBook, opening: dict[int, int], closing: dict[int, int]) -> Statement:
    return through.close(prices(45), opening, closing)


def require_untied(through: StatementBook, opening: dict[int, int], closing: dict[int, int]) -> None:
    with pytest.raises(CodedError) as refused:
        closed(through, opening, closing)
    assert refused.value.code == codes.STATEMENT_UNTIED


def test_worked_example() -> None:
    """Worth 1,017 before and 1,599 after, of which 450 were put in: 132 were gained."""
    statement = closed(gone_through(), OPENING, CLOSING)
    assert statement == Statement(
        opening=EndFigures(value=697 + 10 * 32, unrealised=20),
        closing=EndFigures(value=1_104 + 11 * 45, unrealised=11 * 45 - 6 * 30 - 200),
        put_in=500,
        taken_out=50,
        realised=40,
        fees=4,
        creator_share=1,
        assets=[
            AssetLine(
                MONEY, 697,
                [
                    Movement(TransferReason.FAUCET, 500, 0),
                    Movement(TransferReason.OWN_ACCOUNTS, 0, -50),
                    Movement(EntryReason.TRADE, 160, -200),
                    Movement(EntryReason.TRADE_FEE, 0, -4),
                    Movement(EntryReason.CREATOR_SHARE, 1, 0),
                ],
                1_104, 0,
            ),
            AssetLine(TOKEN, 10, [Movement(EntryReason.TRADE, 5, -4)], 11, 40),
        ],
    )  # fmt: skip


@pytest.mark.parametrize("left_out", range(len(WITHIN)))
@pytest.mark.parametrize("times", [0, 2], ids=["left out", "counted twice"])
def test_a_movement_that_is_not_counted_once_is_refused(left_out: int, times: int) -> None:
    through = gone_through(lambda number, group: group * times if number == left_out else group)
    require_untied(through, OPENING, CLOSING)


@pytest.mark.parametrize("asset", [MONEY, TOKEN])
@pytest.mark.parametrize("off", [-1, 1])
def test_balances_that_the_ledger_does_not_have_are_refused(asset: int, off: int) -> None:
    require_untied(gone_through(), OPENING | {asset: OPENING[asset] + off}, CLOSING)
    require_untied(gone_through(), OPENING, CLOSING | {asset: CLOSING[asset] + off})
    require_untied(gone_through(), OPENING, CLOSING | {3: 1})


def fee(through: StatementBook) -> None:
    position = through.book.positions[TOKEN]
    assert position.fees is not None
    position.fees += 1


def share(through: StatementBook) -> None:
    position = through.book.positions[TOKEN]
    assert position.creator_share is not None
    position.creator_share -= 1


def gain(through: StatementBook) -> None:
    position = through.book.positions[TOKEN]
    realised = position.realised[METHOD]
    assert realised is not None
    position.realised[METHOD] = realised + 1


def put_in(through: StatementBook) -> None:
    assert through.book.put_in is not None
    through.book.put_in -= 1


def taken_out(through: StatementBook) -> None:
    assert through.book.taken_out is not None
    through.book.taken_out += 1


@pytest.mark.parametrize("spoil", [fee, share, gain, put_in, taken_out])
def test_a_figure_that_is_one_unit_off_is_refused(spoil: Spoil) -> None:
    through = gone_through()
    spoil(through)
    require_untied(through, OPENING, CLOSING)
