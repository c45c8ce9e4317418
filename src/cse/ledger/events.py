"""The events that come in numbers, read as lean as can be.

A follower reads some hundred thousand events a second, most of them of these four kinds. Their
layouts are those of `cse.engine.wire`, without its checks (the event log has been checked by its
chain) and without a type for each; a test holds the two against each other. Groups and
heads of events stand in `cse.engine.layouts`.
"""

from __future__ import annotations

from struct import Struct
from typing import Final

ORDER_ACCEPTED: Final = Struct("<4xIQIIBBBBIQQii")
"""length, order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags, price,
quantity, maker_fee_ppm, taker_fee_ppm"""

ORDER_ACCEPTED_REST: Final = Struct("<QQQQQq40s")
"""quote_amount (low, high), stop_price, trailing_delta, display_quantity, expires_at_us, client_order_id;
behind the others, where the length says that there is more"""

ORDER_CLOSED: Final = Struct("<4xIQ8xB15xQ")
"""length, order_id, reason, remaining_quantity"""

ORDER_CLOSED_REST: Final = Struct("<QQQQq")
"""filled_quantity, filled_notional (low, high), fee (low, high); as with orders accepted"""

TRADED: Final = Struct("<8xQIBB2xQQQQQQIIQqQqQqIIQQ")
"""trade_id, market, taker_side, auction, price, quantity, notional (low, high), maker_order_id,
taker_order_id, maker_account, taker_account, maker_fee, taker_fee, creator_fee (low, high each), fee_account,
creator_account, maker_remaining, taker_remaining"""

BALANCE_CHANGED: Final = Struct("<8xIIQqQq")
"""account, asset, available (low, high), locked (low, high)"""
