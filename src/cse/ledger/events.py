"""The events that come in numbers, read as lean as can be.

A follower reads some hundred thousand events a second, most of them of these four kinds. Their
layouts are those of `cse.engine.wire`, without its checks (the event log has been checked by its
chain) and without a type for each; a test holds the two against each other. Groups and
heads of events stand in `cse.engine.layouts`.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

ORDER_ACCEPTED: Final = Struct("<8xQIIBBBBIQQQQiiQQQq40s")
"""order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price,
quantity, quote_amount (low, high), maker_fee_ppm, taker_fee_ppm, stop_price, trailing_delta,
display_quantity, expires_at_us, client_order_id"""

ORDER_CLOSED: Final = Struct("<8xQ8xB15xQQQQQq")
"""order_id, reason, filled_quantity, remaining_quantity, filled_notional (low, high), fee (low, high)"""

TRADED: Final = Struct("<8xQIBB2xQQQQQQIIQqQqQqIIQQ")
"""trade_id, market, taker_side, auction, price, quantity, notional (low, high), maker_order_id,
taker_order_id, maker_account, taker_account, maker_fee, taker_fee, creator_fee (low, high each), fee_account,
creator_account, maker_remaining, taker_remaining"""

BALANCE_CHANGED: Final = Struct("<8xIIQqQq")
"""account, asset, available (low, high), locked (low, high)"""
