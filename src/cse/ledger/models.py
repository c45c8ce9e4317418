"""Words of the ledger."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple


class EntryReason(IntEnum):
    """Why an entry of a trade is made. Below 2^16 an entry has the reason of a transfer's leg."""

    TRADE = 65_537
    """Base or notional changes hands."""
    TRADE_FEE = 65_538
    """A fee or rebate of maker or taker, and the platform's part of it."""
    CREATOR_SHARE = 65_539
    """The creator's part of a trade's fees."""


class Position(NamedTuple):
    """How far the event log is in PostgreSQL."""

    epoch: int
    sequence: int
    chain: int


class MarketTerms(NamedTuple):
    """What of a market a trade's entries need."""

    base: int
    quote: int
    lot_size: int


class Outcome(NamedTuple):
    """What came of an outbox number: where, the code or 0, and the digest of the command taken."""

    source: int
    number: int
    sequence: int
    code: int
    digest: int


class LedgerFailed(RuntimeError):
    """The ledger cannot go on: what it finds contradicts what it has written."""


class TradesSummary(NamedTuple):
    """Figures of a run of trades: prices in ticks, volume in lots, turnover in quote units.

    With no `trades` the other figures mean nothing.
    """

    trades: int
    first_price: int
    high_price: int
    low_price: int
    quantity: int
    notional: int


NO_TRADES: Final = TradesSummary(0, 0, 0, 0, 0, 0)


class Flag(NamedTuple):
    """What was told of an account; of cancels `fills` are those of the same minute."""

    sequence: int
    account: int
    market: int
    pattern: int
    fills: int
    counted: int
    bound: int
    time_us: int


class FlagPlace(NamedTuple):
    """Where a flag stands among all."""

    sequence: int
    account: int
    market: int
    pattern: int


class TransferEntry(NamedTuple):
    """What a transfer moved in one account: `amount` in units of the asset, negative where it left.

    `other` is the account on the other side.
    """

    sequence: int
    entry: int
    asset: int
    amount: int
    reason: int
    transfer: int
    time_us: int
    other: int


class AccountEntry(NamedTuple):
    """One entry of an account: `amount` in units of the asset, negative where it left.

    With market 0 `reference` is the transfer, else the market's trade.
    """

    sequence: int
    entry: int
    asset: int
    amount: int
    reason: int
    market: int
    reference: int
    time_us: int


class TradesOf(NamedTuple):
    """How often an account traded in a market, by its name."""

    account: int
    market: str
    trades: int


class Receipt(NamedTuple):
    """What came into an account of an asset, by its symbol, as a decimal; not out of its owner's others."""

    account: int
    asset: str
    amount: str


class Activity(NamedTuple):
    """What became of accounts over some sequences, each account and market or asset once."""

    trades: list[TradesOf]
    receipts: list[Receipt]
