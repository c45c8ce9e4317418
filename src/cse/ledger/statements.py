"""The SQL that the follower writes with. Arrays come as text, one array a column."""

from __future__ import annotations

from typing import Final

from cse.ledger.tables import ORDER_HEAD

READ_POSITION: Final = "SELECT epoch, sequence, chain FROM ledger.position"

READ_MARKETS: Final = "SELECT market, base, quote, lot_size FROM ledger.markets"

# Where PostgreSQL passes on that there is more in the ledger.
LEDGER_MOVED: Final = "ledger_moved"

# Only from where the batch began: a second ledger finds nothing to move and stops.
MOVE_POSITION: Final = f"""
    UPDATE ledger.position SET epoch = %s, sequence = %s, chain = %s, time = %s
    WHERE epoch = %s AND sequence = %s AND chain = %s
    RETURNING pg_notify('{LEDGER_MOVED}', '')"""  # noqa: S608 - of constants

MAKE_MONTH: Final = "SELECT ledger.make_month(%s)"

ADD_EPOCH: Final = """
    INSERT INTO ledger.epochs (epoch, previous_epoch, previous_last_sequence, sequence, started_at)
    VALUES (%s, %s, %s, %s, %s)"""

ADD_ASSET: Final = "INSERT INTO ledger.assets (asset, symbol, decimals, sequence) VALUES (%s, %s, %s, %s)"

ADD_ACCOUNT: Final = """
    INSERT INTO ledger.accounts (account, kind, owner, frozen, sequence, opened_at)
    VALUES (%s, %s, %s, false, %s, %s)"""

SET_TIER: Final = "UPDATE ledger.accounts SET tier = %s WHERE account = %s"

SET_FROZEN: Final = "UPDATE ledger.accounts SET frozen = %s WHERE account = %s"

ADD_MARKET: Final = """
    INSERT INTO ledger.markets (market, base, quote, price_band_ppm, tick_decimals, status, tick_size,
        lot_size, tick_lot_units, min_notional, max_quantity, maker_fee_ppm, taker_fee_ppm, creator_share_ppm,
        creator_account, fee_account, max_open_orders, sequence, created_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""

SET_MARKET_STATUS: Final = """
    UPDATE ledger.markets SET status = %s, auction_ends_at_us = %s WHERE market = %s"""

SET_MARKET_LIMITS: Final = """
    UPDATE ledger.markets SET max_open_orders = %s, min_notional = %s, max_notional = %s,
        min_quantity = %s, max_quantity = %s, price_increment = %s, quantity_increment = %s
    WHERE market = %s"""

SET_MARKET_BAND: Final = """
    UPDATE ledger.markets SET price_band_ppm = %s, interruption_ppm = %s, interruption_window_s = %s,
        interruption_auction_s = %s, reference_price = %s
    WHERE market = %s"""

SET_MARKET_FEES: Final = """
    UPDATE ledger.markets SET maker_fee_ppm = %s, taker_fee_ppm = %s, creator_share_ppm = %s,
        creator_account = %s
    WHERE market = %s"""

SET_FEE_TIER: Final = """
    INSERT INTO ledger.fee_tiers (market, tier, maker_fee_ppm, taker_fee_ppm, sequence)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (market, tier) DO UPDATE
    SET maker_fee_ppm = excluded.maker_fee_ppm, taker_fee_ppm = excluded.taker_fee_ppm,
        sequence = excluded.sequence"""

_RISK: Final = (
    "max_quantity, max_notional, max_notional_per_minute, flag_notional_per_minute, max_open_orders, "
    "flag_cancels, flag_cancels_per_fill, flag_far_orders, flag_far_ppm, flag_self_trades, sequence"
)

SET_RISK_LIMITS: Final = f"""
    INSERT INTO ledger.risk_limits (market, tier, {_RISK})
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (market, tier) DO UPDATE
    SET ({_RISK}) = ({", ".join("excluded." + name for name in _RISK.split(", "))})"""  # noqa: S608

CLEAR_RISK_LIMITS: Final = "DELETE FROM ledger.risk_limits WHERE market = %s AND tier = %s"

ADD_FLAG: Final = """
    INSERT INTO ledger.flags (sequence, account, market, pattern, fills, counted, bound, flagged_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""

SET_PROMOTION: Final = """
    UPDATE ledger.markets SET promotion_maker_fee_ppm = %s, promotion_taker_fee_ppm = %s,
        promotion_ends_at_us = %s
    WHERE market = %s"""

ADD_HELD_TRANSFER: Final = """
    INSERT INTO ledger.held_transfers (transfer, reference, leg_count, sequence, held_at)
    VALUES (%s, %s, %s, %s, %s)"""

ADD_HELD_LEG: Final = """
    INSERT INTO ledger.held_legs (transfer, leg, debit, credit, asset, amount, reason)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""

END_HELD_TRANSFER: Final = """
    UPDATE ledger.held_transfers SET settled = %s, ended_sequence = %s, ended_at = %s
    WHERE transfer = %s"""

# Before what the same batch has filled is added.
AMEND_ORDERS: Final = """
    UPDATE ledger.open_orders AS o
    SET quantity = o.filled_quantity + a.quantity,
        price = coalesce(nullif(a.price, 0), o.price),
        display_quantity = coalesce(nullif(a.display, 0), o.display_quantity),
        stop_price = coalesce(nullif(a.stop, 0), o.stop_price)
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
        AS a (order_id, quantity, price, display, stop)
    WHERE o.order_id = a.order_id"""

# After what the same batch has amended.
TRIGGER_ORDERS: Final = """
    UPDATE ledger.open_orders AS o
    SET stop_price = t.stop, triggered_at_us = t.time_us
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS t (order_id, stop, time_us)
    WHERE o.order_id = t.order_id"""

FILL_ORDERS: Final = """
    UPDATE ledger.open_orders AS o
    SET filled_quantity = o.filled_quantity + f.quantity,
        filled_notional = o.filled_notional + f.notional,
        fee = o.fee + f.fee,
        sequence = f.sequence,
        updated_at = f.time
    FROM unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[], %s::bigint[],
        %s::timestamptz[]) AS f (order_id, quantity, notional, fee, sequence, time)
    WHERE o.order_id = f.order_id"""

_HEAD: Final = ", ".join(ORDER_HEAD.split())

CLOSE_ORDERS: Final = f"""
    WITH gone AS (
        DELETE FROM ledger.open_orders AS o
        USING unnest(%s::bigint[], %s::bigint[], %s::numeric[], %s::numeric[], %s::bigint[],
            %s::smallint[], %s::bigint[], %s::timestamptz[])
            AS c (id, end_quantity, end_notional, end_fee, remaining, why, at_sequence, at_time)
        WHERE o.order_id = c.id
        RETURNING o.*, c.*
    )
    INSERT INTO ledger.closed_orders ({_HEAD}, filled_quantity, filled_notional, fee,
        remaining_quantity, reason, sequence, closed_at)
    SELECT {_HEAD}, end_quantity, end_notional, end_fee, remaining, why, at_sequence, at_time
    FROM gone"""  # noqa: S608

SET_BALANCES: Final = """
    INSERT INTO ledger.balances (account, asset, available, locked, sequence)
    SELECT * FROM unnest(%s::integer[], %s::integer[], %s::numeric[], %s::numeric[], %s::bigint[])
    ON CONFLICT (account, asset) DO UPDATE
    SET available = excluded.available, locked = excluded.locked, sequence = excluded.sequence"""
