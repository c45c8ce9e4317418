"""What became of an account over a period, in figures that tie out: opening, what moved, closing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.ledger.models import AccountEntry
from cse.portfolio.book import Book
from cse.portfolio.costs import CostMethod
from cse.portfolio.positions import summary_of
from cse.portfolio.prices import Prices


class Movement(NamedTuple):
    """What entries of one reason brought an asset, and took away, which is below zero."""

    reason: int
    came: int
    left: int


class AssetLine(NamedTuple):
    """An asset's balance at both ends and what moved between; `realised` is in units of money."""

    asset: int
    opening: int
    movements: list[Movement]
    closing: int
    realised: int | None


class EndFigures(NamedTuple):
    """What an account had at one end, in units of money; None where it is not known."""

    value: int | None
    unrealised: int | None


class Statement(NamedTuple):
    """A period of an account, in units of money where no asset is named; None where it is not known."""

    opening: EndFigures
    closing: EndFigures
    put_in: int | None
    taken_out: int | None
    realised: int | None
    fees: int | None
    creator_share: int | None
    assets: list[AssetLine]


class StatementBook:
    """A book that is brought through a period: first to its beginning, then to its end."""

    def __init__(self, book: Book, method: CostMethod) -> None:
        self.book = book
        self._method = method
        self._opening = EndFigures(0, 0)
        self._held: dict[int, int] = {}
        self._moved: defaultdict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])

    def open(self, prices: Prices) -> None:
        """Begins the period: what was gained and paid before counts no more, and costs stay."""
        self._opening = _at_end(self.book, self._method, prices)
        self._held = {asset: position.units for asset, position in self.book.positions.items()}
        self.book.put_in = self.book.taken_out = 0
        for position in self.book.positions.values():
            position.realised = dict.fromkeys(CostMethod, 0)
            position.fees = position.creator_share = 0

    def note(self, entries: Sequence[AccountEntry]) -> None:
        """Counts entries of the period."""
        for entry in entries:
            self._moved[entry.asset, entry.reason][entry.amount < 0] += entry.amount

    def close(self, prices: Prices, opening: Mapping[int, int], closing: Mapping[int, int]) -> Statement:
        """The statement; `opening` and `closing` are the balances that the ledger has, by asset.

        Raises:
            CodedError: `statement_untied`: to the unit it does not come to these.
        """
        summary = summary_of(self.book, self._method, prices)
        total = summary.total
        statement = Statement(
            self._opening,
            EndFigures(total.value, summary.unrealised),
            self.book.put_in,
            self.book.taken_out,
            total.realised,
            total.fees,
            total.creator_share,
            [self._line(asset) for asset in sorted(self.book.positions)],
        )
        _require_tied(statement, opening, closing)
        return statement

    def _line(self, asset: int) -> AssetLine:
        position = self.book.positions[asset]
        movements = [
            Movement(reason, came, left)
            for (moved, reason), (came, left) in sorted(self._moved.items())
            if moved == asset
        ]
        realised = 0 if asset == self.book.money else position.realised[self._method]
        return AssetLine(asset, self._held.get(asset, 0), movements, position.units, realised)


def _at_end(book: Book, method: CostMethod, prices: Prices) -> EndFigures:
    summary = summary_of(book, method, prices)
    return EndFigures(summary.total.value, summary.unrealised)


def _require_tied(statement: Statement, opening: Mapping[int, int], closing: Mapping[int, int]) -> None:
    """Raises `CodedError` statement_untied unless all of it adds up, and the ledger says the same."""
    for line in statement.assets:
        moved = sum(movement.came + movement.left for movement in line.movements)
        if line.opening + moved != line.closing:
            raise CodedError(codes.STATEMENT_UNTIED)
    for at_end, balances in ((1, opening), (3, closing)):
        held = {line.asset: line[at_end] for line in statement.assets if line[at_end]}
        if held != {asset: units for asset, units in balances.items() if units}:
            raise CodedError(codes.STATEMENT_UNTIED)
    if (gain := _gain(statement)) is not None and gain != _parts(statement):
        raise CodedError(codes.STATEMENT_UNTIED)


def _gain(statement: Statement) -> int | None:
    """What the account was worth more at the end, without what was put in or taken out."""
    opening, closing = statement.opening.value, statement.closing.value
    if opening is None or closing is None or statement.put_in is None or statement.taken_out is None:
        return None
    return closing - opening - statement.put_in + statement.taken_out


def _parts(statement: Statement) -> int | None:
    """The same of its parts."""
    signed = (
        (statement.realised, 1),
        (statement.closing.unrealised, 1),
        (statement.opening.unrealised, -1),
        (statement.fees, -1),
        (statement.creator_share, 1),
    )
    known = [sign * part for part, sign in signed if part is not None]
    # Where a cost is not known the gain can be, and its parts are not.
    return sum(known) if len(known) == len(signed) else _gain(statement)
