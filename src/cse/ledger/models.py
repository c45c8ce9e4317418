"""What the ledger keeps and gives out. Money is in units, prices in ticks, quantities in lots."""

from __future__ import annotations

from enum import IntEnum
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


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


class Order(NamedTuple):
    """An order as PostgreSQL has it. `reason` is None while it is open.

    `sequence` and `updated_at_us` are those of its last change, which for a closed order is its
    closing.
    """

    order_id: int
    account: int
    market: int
    side: int
    order_type: int
    time_in_force: int
    self_trade_prevention: int
    flags: int
    price: int
    quantity: int
    quote_amount: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    client_order_id: str
    accepted_sequence: int
    accepted_at_us: int
    filled_quantity: int
    filled_notional: int
    fee: int
    sequence: int
    updated_at_us: int
    remaining_quantity: int | None
    reason: int | None


class Trade(NamedTuple):
    """A trade as PostgreSQL has it."""

    market: int
    trade_id: int
    taker_side: int
    price: int
    quantity: int
    notional: int
    maker_order_id: int
    taker_order_id: int
    maker_account: int
    taker_account: int
    maker_fee: int
    taker_fee: int
    creator_fee: int
    fee_account: int
    creator_account: int
    sequence: int
    time_us: int


class Page(NamedTuple, Generic[Value]):
    """Some rows, newest first, and the sequence up to which the journal is in them."""

    sequence: int
    items: list[Value]


class LedgerFailed(RuntimeError):
    """The ledger cannot go on: what it finds contradicts what it has written."""
