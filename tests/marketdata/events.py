"""Groups of events as the event log holds them, with trades of market 1."""

from __future__ import annotations

from cse.engine import wire
from tests.marketdata.plain import Trade


def group(sequence: int, *events: bytes, time_us: int = 60_000_000) -> bytes:
    """The group of one command."""
    return wire.Group(sequence, time_us, 0).encode(b"".join(events))


def traded(trade: Trade) -> bytes:
    """A trade's event."""
    return wire.Traded(
        trade_id=trade.trade_id, market=1, taker_side=0, auction=0, price=trade.price, quantity=trade.quantity,
        notional=trade.notional, maker_order_id=1, taker_order_id=2, maker_account=3, taker_account=4,
        maker_fee=0, taker_fee=0, creator_fee=0, fee_account=1, creator_account=0, maker_remaining=0,
        taker_remaining=0,
    ).encode()  # fmt: skip
