"""Rows of trades: the trade itself, what it adds to both orders, and its entries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from cse.engine import wire
from cse.ledger import events
from cse.ledger.batch import Batch
from cse.ledger.entry_rows import ENTRY_LINE, enter
from cse.ledger.models import EntryReason, MarketTerms
from cse.ledger.order_rows import fill

Markets: TypeAlias = Mapping[int, MarketTerms]

_TRADE: Final = int(EntryReason.TRADE)
_TRADE_FEE: Final = int(EntryReason.TRADE_FEE)
_CREATOR_SHARE: Final = int(EntryReason.CREATOR_SHARE)
_TRADE_LINE: Final = "%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\n"
# Base to the buyer and quote to the seller: what every trade has, in one go.
_FOUR_ENTRIES: Final = ENTRY_LINE * 4


def traded(markets: Markets, batch: Batch, buffer: bytes, offset: int) -> None:
    """Adds a trade, its fills and its entries."""
    (
        trade_id,
        market,
        taker_side,
        auction,
        price,
        quantity,
        notional_low,
        notional_high,
        maker_order_id,
        taker_order_id,
        maker,
        taker,
        maker_fee_low,
        maker_fee_high,
        taker_fee_low,
        taker_fee_high,
        creator_fee_low,
        creator_fee_high,
        fee_account,
        creator_account,
        maker_remaining,
        taker_remaining,
    ) = events.TRADED.unpack_from(buffer, offset)
    notional = notional_high << 64 | notional_low
    maker_fee = maker_fee_high << 64 | maker_fee_low
    taker_fee = taker_fee_high << 64 | taker_fee_low
    creator_fee = creator_fee_high << 64 | creator_fee_low
    batch.trades.append(
        _TRADE_LINE
        % (
            market,
            trade_id,
            taker_side,
            auction,
            price,
            quantity,
            notional,
            maker_order_id,
            taker_order_id,
            maker,
            taker,
            maker_fee,
            taker_fee,
            creator_fee,
            fee_account,
            creator_account,
            maker_remaining,
            taker_remaining,
            batch.sequence,
            batch.time,
        )
    )
    batch.rows += 1
    fill(batch, maker_order_id, quantity, notional, maker_fee)
    fill(batch, taker_order_id, quantity, notional, taker_fee)
    buyer, seller = (taker, maker) if taker_side == wire.Side.BUY else (maker, taker)
    quote = _enter_exchanged(batch, markets[market], market, trade_id, buyer, seller, quantity, notional)
    for account, amount, reason in (
        (maker, -maker_fee, _TRADE_FEE),
        (taker, -taker_fee, _TRADE_FEE),
        (fee_account, maker_fee + taker_fee - creator_fee, _TRADE_FEE),
        (creator_account, creator_fee, _CREATOR_SHARE),
    ):
        if amount:
            enter(batch, account, quote, amount, reason, market, trade_id)


def _enter_exchanged(
    batch: Batch,
    terms: MarketTerms,
    market: int,
    trade_id: int,
    buyer: int,
    seller: int,
    quantity: int,
    notional: int,
) -> int:
    """Enters what changes hands in a trade; says the asset it is paid in."""
    base, quote, units = terms.base, terms.quote, quantity * terms.lot_size
    sequence, time, first = batch.sequence, batch.time, batch.entry + 1
    # fmt: off
    batch.entries.append(_FOUR_ENTRIES % (
        sequence, first, buyer, base, units, _TRADE, market, trade_id, time,
        sequence, first + 1, seller, base, -units, _TRADE, market, trade_id, time,
        sequence, first + 2, buyer, quote, -notional, _TRADE, market, trade_id, time,
        sequence, first + 3, seller, quote, notional, _TRADE, market, trade_id, time,
    ))
    # fmt: on
    batch.entry = first + 3
    batch.rows += 4
    return quote
