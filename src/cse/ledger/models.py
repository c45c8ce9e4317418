"""Words of the ledger."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, NamedTuple

# A time behind all that happens: the beginning of the year 10,000 less a microsecond.
END_US: Final = 253_402_300_799_999_999


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


class Span(NamedTuple):
    """A time from one moment up to before another."""

    from_us: int
    to_us: int


ALWAYS: Final = Span(0, END_US)


class Chosen(NamedTuple):
    """Which of an account's rows are wanted: 0 is every market and either side, `to_us` is excluded."""

    market: int = 0
    side: int = 0
    from_us: int = 0
    to_us: int = END_US

    def takes(self, market: int, side: int, time_us: int) -> bool:
        """Whether a row of a market, side and time is among them."""
        return self.market in (0, market) and self.side in (0, side) and self.from_us <= time_us < self.to_us


EVERY: Final = Chosen()


class ChosenEntries(NamedTuple):
    """Which of an account's entries are wanted: 0 is every asset and market, and `to_us` is excluded.

    None is every reason.
    """

    asset: int = 0
    market: int = 0
    reasons: tuple[int, ...] | None = None
    from_us: int = 0
    to_us: int = END_US

    def takes(self, entry: AccountEntry) -> bool:
        """Whether an entry is among them."""
        return (
            self.asset in (0, entry.asset)
            and self.market in (0, entry.market)
            and (self.reasons is None or entry.reason in self.reasons)
            and self.from_us <= entry.time_us < self.to_us
        )


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


class BalancedEntry(NamedTuple):
    """An entry, and what the account had of its asset right after it."""

    entry: AccountEntry
    balance: int


class TradesOf(NamedTuple):
    """How often an account bought or sold in a market, by its name, and how much of the base in all.

    `side` is `buy` or `sell`, `asset` the base's symbol, `amount` a decimal.
    """

    account: int
    market: str
    side: str
    trades: int
    asset: str
    amount: str


class Receipt(NamedTuple):
    """What came into an account of an asset, by its symbol, as a decimal; not out of its owner's others."""

    account: int
    asset: str
    amount: str


class Activity(NamedTuple):
    """What became of accounts over some sequences, each account and market or asset once."""

    trades: list[TradesOf]
    receipts: list[Receipt]
