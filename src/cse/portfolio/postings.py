"""What an account's ledger entries say happened: trades, their fees, shares of fees, and transfers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TypeAlias

from cse.ledger.models import AccountEntry, EntryReason


class Pair(NamedTuple):
    """The assets that a market trades."""

    base: int
    quote: int


class Exchanged(NamedTuple):
    """Units of one asset came in for units of another that left, in a market with this base."""

    base: int
    came: int
    came_units: int
    left: int
    left_units: int


class FeePaid(NamedTuple):
    """A fee of a trade of `base`; below zero it is a rebate."""

    base: int
    asset: int
    units: int


class ShareReceived(NamedTuple):
    """A creator's part of the fees of a trade of `base`."""

    base: int
    asset: int
    units: int


class Moved(NamedTuple):
    """A transfer brought units, or took them away where `units` is below zero."""

    entry: int
    asset: int
    units: int


Posting: TypeAlias = Exchanged | FeePaid | ShareReceived | Moved


def postings_of(entries: Sequence[AccountEntry], pairs: Mapping[int, Pair]) -> Iterator[Posting]:
    """What one group's entries of an account say, in their order; `pairs` are the markets by id."""
    for (market, _), found in groupby(entries, key=lambda entry: (entry.market, entry.reference)):
        if market:
            yield from _of_trade(list(found), pairs[market])
        else:
            yield from (Moved(entry.entry, entry.asset, entry.amount) for entry in found)


def _of_trade(entries: list[AccountEntry], pair: Pair) -> Iterator[Posting]:
    traded = [entry for entry in entries if entry.reason == EntryReason.TRADE]
    came = [entry for entry in traded if entry.amount > 0]
    left = [entry for entry in traded if entry.amount < 0]
    # Of a trade with oneself both sides are here: first what is bought, then what is sold, as entered.
    for bought in sorted(came, key=lambda entry: entry.entry):
        other = pair.quote if bought.asset == pair.base else pair.base
        paid = next(entry for entry in left if entry.asset == other)
        yield Exchanged(pair.base, bought.asset, bought.amount, paid.asset, -paid.amount)
    for entry in entries:
        if entry.reason == EntryReason.TRADE_FEE:
            yield FeePaid(pair.base, entry.asset, -entry.amount)
        elif entry.reason == EntryReason.CREATOR_SHARE:
            yield ShareReceived(pair.base, entry.asset, entry.amount)
