"""What other rooms read of the ledger: an account's closed orders and fills, a market's trades.

All lists are newest first. PostgreSQL is behind the journal by the time a batch takes; what is newer
than `position` is with the replica. Rows are added and never changed, so one who reads the position
first and only looks at rows up to it sees one consistent past, over any number of calls.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from typing import Any, Final, LiteralString
from uuid import UUID

from cse.domain.accounts import TransferReason
from cse.domain.enumerations import AccountKind
from cse.engine.models import ClosedOrder, DatedTrade, Past
from cse.engine.wire import OrderAccepted, OrderClosed, Traded
from cse.ledger.models import (
    NO_TRADES,
    AccountEntry,
    Activity,
    Chosen,
    EntryReason,
    Flag,
    FlagPlace,
    Receipt,
    TradesOf,
    TradesSummary,
    TransferEntry,
)
from cse.ledger.tables import time_text, time_us
from cse.runtime.postgres import Pool

# Behind every sequence and every id there is.
_FIRST: Final = ((1 << 63) - 1, (1 << 63) - 1)
_TRADE_ID_MAX: Final = (1 << 63) - 1
_LAST_FLAG: Final = FlagPlace((1 << 63) - 1, (1 << 31) - 1, (1 << 31) - 1, (1 << 15) - 1)

CLOSED_ORDER: Final[LiteralString] = """
    SELECT order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags,
        price, quantity, quote_amount, maker_fee_ppm, taker_fee_ppm, stop_price, trailing_delta,
        display_quantity, expires_at_us, client_order_id, accepted_sequence, accepted_at,
        filled_quantity, filled_notional, fee, remaining_quantity, reason, sequence, closed_at,
        list_id, triggered_at_us
    FROM ledger.closed_orders """

_PAST: Final[LiteralString] = "SELECT order_id, list_id, triggered_at_us, stop_price, display_quantity FROM"

TRADE: Final[LiteralString] = """
    SELECT trade_id, market, taker_side, auction, price, quantity, notional, maker_order_id,
        taker_order_id, maker_account, taker_account, maker_fee, taker_fee, creator_fee, fee_account,
        creator_account, maker_remaining, taker_remaining, sequence, time
    FROM ledger.trades """

_TRADES_OF_ACCOUNTS: Final[LiteralString] = """
    SELECT account, base.symbol || '-' || quote.symbol,
        CASE WHEN amount > 0 THEN 'buy' ELSE 'sell' END AS side,
        count(*), base.symbol, trim_scale(sum(abs(amount)) / 10::numeric ^ base.decimals)::text
    FROM ledger.entries JOIN ledger.markets USING (market)
    JOIN ledger.assets AS base ON base.asset = markets.base AND base.asset = entries.asset
    JOIN ledger.assets AS quote ON quote.asset = markets.quote
    WHERE entries.sequence > %(after)s AND entries.sequence <= %(until)s AND reason = %(trade)s
    GROUP BY account, market, base.asset, quote.asset, side ORDER BY account, 2, side"""

_RECEIPTS_OF_ACCOUNTS: Final[LiteralString] = """
    SELECT account, symbol, trim_scale(amount / 10::numeric ^ decimals)::text FROM (
        SELECT account, asset, sum(amount) AS amount FROM ledger.entries
        WHERE sequence > %(after)s AND sequence <= %(until)s AND market = 0 AND amount > 0
            AND reason <> %(own_accounts)s
        GROUP BY account, asset
    ) AS received JOIN ledger.assets USING (asset) ORDER BY account, symbol"""

# An account's entries are found by asset, so each asset is asked for.
# An account's entries are found by asset, so each asset that it has had is asked for.
_ENTRIES: Final[LiteralString] = """
    SELECT found.* FROM ledger.balances AS held CROSS JOIN LATERAL (
        SELECT sequence, entry, asset, amount, reason, market, reference, time FROM ledger.entries
        WHERE account = %(account)s AND asset = held.asset
            AND (sequence, entry) > (%(after)s, %(entry)s) AND sequence <= %(until)s
        ORDER BY sequence, entry LIMIT %(limit)s
    ) AS found
    WHERE held.account = %(account)s ORDER BY sequence, entry LIMIT %(limit)s"""
_LAST_ENTRY: Final = (1 << 31) - 1
_ENTRIES_A_FETCH: Final = 1_000

_PRICE_RANGES: Final[LiteralString] = """
    SELECT trades.market, min(price), max(price) FROM (
        SELECT DISTINCT market, reference, time FROM ledger.entries
        WHERE sequence > %(after)s AND sequence <= %(until)s AND market > 0
    ) AS traded JOIN ledger.trades
        ON trades.market = traded.market AND trade_id = reference AND trades.time = traded.time
    GROUP BY trades.market ORDER BY trades.market"""


class Ledger:
    """Reads with the role `READ_ROLE`, which can write nothing."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def position(self) -> int:
        """The last sequence in PostgreSQL."""
        ((sequence,),) = await self._rows("SELECT sequence FROM ledger.position")
        return int(sequence)

    async def closed_order(self, account: int, order_id: int) -> ClosedOrder | None:
        """A closed order of an account."""
        rows = await self._rows(CLOSED_ORDER + "WHERE order_id = %s AND account = %s", order_id, account)
        return closed_order_of(*rows[0]) if rows else None

    async def closed_order_by_client_id(self, account: int, client_order_id: str) -> ClosedOrder | None:
        """The account's latest closed order with this client order id."""
        if not client_order_id:
            return None
        rows = await self._rows(
            CLOSED_ORDER + "WHERE account = %s AND client_order_id = %s AND client_order_id <> ''"
            "ORDER BY order_id DESC LIMIT 1",
            account,
            client_order_id,
        )
        return closed_order_of(*rows[0]) if rows else None

    async def closed_orders(
        self, account: int, chosen: Chosen, before: tuple[int, int] | None, limit: int
    ) -> list[ClosedOrder]:
        """Closed orders before a place (sequence of closing, order id), by when they closed."""
        rows = await self._rows(
            CLOSED_ORDER + "WHERE account = %(account)s AND (sequence, order_id) < (%(sequence)s, %(id)s) "
            "AND (%(market)s = 0 OR market = %(market)s) AND (%(side)s = 0 OR side = %(side)s) "
            "AND closed_at >= %(from)s::timestamptz AND closed_at < %(to)s::timestamptz "
            "ORDER BY sequence DESC, order_id DESC LIMIT %(limit)s",
            **_page(account, before, limit),
            **_choice(chosen),
        )
        return [closed_order_of(*row) for row in rows]

    async def pasts(self, order_ids: Sequence[int]) -> dict[int, Past]:
        """What had become of orders, open or closed, when they were written; of those that are there."""
        rows = await self._rows(
            f"{_PAST} ledger.open_orders WHERE order_id = ANY(%(ids)s) "
            f"UNION ALL {_PAST} ledger.closed_orders WHERE order_id = ANY(%(ids)s)",
            ids=list(order_ids),
        )
        return {order_id: Past(*past) for order_id, *past in rows}

    async def fills(
        self, account: int, chosen: Chosen, before: tuple[int, int] | None, limit: int
    ) -> list[DatedTrade]:
        """The account's trades before a place (sequence, trade id)."""
        one_side: LiteralString = (
            "AND (sequence, trade_id) < (%(sequence)s, %(id)s) "
            "AND (%(market)s = 0 OR market = %(market)s) "
            "AND time >= %(from)s::timestamptz AND time < %(to)s::timestamptz "
            "ORDER BY sequence DESC, trade_id DESC LIMIT %(limit)s"
        )
        # A maker is on the other side; of a trade with oneself the taker's side is told.
        makes: LiteralString = (
            "maker_account = %(account)s "
            "AND (%(side)s = 0 OR (taker_side = %(side)s) = (taker_account = maker_account))"
        )
        takes: LiteralString = "taker_account = %(account)s AND (%(side)s = 0 OR taker_side = %(side)s)"
        rows = await self._rows(
            f"({TRADE} WHERE {makes} {one_side}) UNION ALL ({TRADE} WHERE {takes} {one_side}) "
            "ORDER BY sequence DESC, trade_id DESC LIMIT %(limit)s",
            **_page(account, before, limit),
            **_choice(chosen),
        )
        return [dated_trade_of(*row) for row in rows]

    async def transfers(
        self, account: int, before: tuple[int, int] | None, limit: int
    ) -> list[TransferEntry]:
        """What transfers moved to and from an account before a place (sequence, entry)."""
        # Of a leg the credit's entry follows the debit's.
        rows = await self._rows(
            "SELECT own.sequence, own.entry, own.asset, own.amount, own.reason, own.reference, own.time, "
            "other.account FROM ledger.entries AS own LEFT JOIN ledger.entries AS other "
            "ON other.sequence = own.sequence AND other.time = own.time "
            "AND other.entry = own.entry - sign(own.amount)::integer "
            "WHERE own.account = %(account)s AND own.market = 0 "
            "AND (own.sequence, own.entry) < (%(sequence)s, %(id)s) "
            "ORDER BY own.sequence DESC, own.entry DESC LIMIT %(limit)s",
            **_page(account, before, limit),
        )
        return [
            TransferEntry(sequence, entry, asset, int(amount), reason, transfer, time_us(time), other)
            for sequence, entry, asset, amount, reason, transfer, time, other in rows
        ]

    async def entries(self, account: int, after: int, until: int) -> AsyncGenerator[list[AccountEntry], None]:
        """An account's entries above a sequence and up to another, ascending, some at a time.

        Between two pages there is no connection: who takes long over them holds none.
        """
        place = (after, _LAST_ENTRY)
        while True:
            rows = await self._rows(
                _ENTRIES, account=account, after=place[0], entry=place[1], until=until, limit=_ENTRIES_A_FETCH
            )
            if rows:
                yield [
                    AccountEntry(
                        sequence, entry, asset, int(amount), reason, market, reference, time_us(time)
                    )
                    for sequence, entry, asset, amount, reason, market, reference, time in rows
                ]
            if len(rows) < _ENTRIES_A_FETCH:
                return
            place = rows[-1][0], rows[-1][1]

    async def flags(self, account: int, market: int, before: FlagPlace | None, limit: int) -> list[Flag]:
        """What was told of accounts before a place; account or market 0 is every one."""
        place = before or _LAST_FLAG
        rows = await self._rows(
            "SELECT sequence, account, market, pattern, fills, counted, bound, flagged_at FROM ledger.flags "
            "WHERE (sequence, account, market, pattern) < (%s, %s, %s, %s) "
            "AND (%s = 0 OR account = %s) AND (%s = 0 OR market = %s) "
            "ORDER BY sequence DESC, account DESC, market DESC, pattern DESC LIMIT %s",
            *place,
            account,
            account,
            market,
            market,
            limit,
        )
        return [
            Flag(sequence, told, where, pattern, fills, int(counted), int(bound), time_us(time))
            for sequence, told, where, pattern, fills, counted, bound, time in rows
        ]

    async def tiers(self) -> dict[UUID, int]:
        """The tier of whoever is not in tier 0, by the owner: that of their main account."""
        rows = await self._rows(
            "SELECT owner, tier FROM ledger.accounts WHERE tier <> 0 AND kind = %s", AccountKind.MAIN
        )
        return dict(rows)

    async def trades(self, market: int, before_trade: int, limit: int) -> list[DatedTrade]:
        """A market's trades with an id below `before_trade`."""
        rows = await self._rows(
            TRADE + "WHERE market = %s AND trade_id < %s ORDER BY trade_id DESC LIMIT %s",
            market,
            min(before_trade, _TRADE_ID_MAX),
            limit,
        )
        return [dated_trade_of(*row) for row in rows]

    async def trades_after(self, market: int, after_trade: int, limit: int) -> list[DatedTrade]:
        """A market's trades with an id above `after_trade`: these are ascending."""
        rows = await self._rows(
            TRADE + "WHERE market = %s AND trade_id > %s ORDER BY trade_id LIMIT %s",
            market,
            min(after_trade, _TRADE_ID_MAX),
            limit,
        )
        return [dated_trade_of(*row) for row in rows]

    async def summary(self, market: int, trade_ids: range, since_us: int) -> TradesSummary | None:
        """The trades with these ids, as far as they are not from before a time.

        None where PostgreSQL does not have all of these ids yet.
        """
        ((found, trades, first, high, low, quantity, notional),) = await self._rows(
            "SELECT count(*), count(*) FILTER (WHERE since), "
            "(array_agg(price ORDER BY trade_id) FILTER (WHERE since))[1], "
            "max(price) FILTER (WHERE since), min(price) FILTER (WHERE since), "
            "sum(quantity) FILTER (WHERE since), sum(notional) FILTER (WHERE since) "
            "FROM (SELECT *, time >= %s AS since FROM ledger.trades "
            "WHERE market = %s AND trade_id >= %s AND trade_id < %s) AS t",
            time_text(since_us),
            market,
            trade_ids.start,
            trade_ids.stop,
        )
        if found != len(trade_ids):
            return None
        if not trades:
            return NO_TRADES
        return TradesSummary(trades, first, high, low, int(quantity), int(notional))

    async def moments(self, market: int, trade_ids: range) -> list[tuple[int, TradesSummary]]:
        """The trades with these ids by their times in microseconds, ascending."""
        rows = await self._rows(
            "SELECT time, count(*), (array_agg(price ORDER BY trade_id))[1], max(price), min(price), "
            "sum(quantity), sum(notional) FROM ledger.trades "
            "WHERE market = %s AND trade_id >= %s AND trade_id < %s GROUP BY time ORDER BY time",
            market,
            trade_ids.start,
            trade_ids.stop,
        )
        return [
            (time_us(time), TradesSummary(trades, first, high, low, int(quantity), int(notional)))
            for time, trades, first, high, low, quantity, notional in rows
        ]

    async def activity(self, after: int, until: int) -> Activity:
        """What accounts traded, and what transfers brought them, above a sequence and up to another.

        What came from another account of the same person is nothing that they received.
        """
        bounds = {"after": after, "until": until}
        trades = await self._rows(_TRADES_OF_ACCOUNTS, **bounds, trade=int(EntryReason.TRADE))
        own_accounts = int(TransferReason.OWN_ACCOUNTS)
        receipts = await self._rows(_RECEIPTS_OF_ACCOUNTS, **bounds, own_accounts=own_accounts)
        return Activity([TradesOf(*row) for row in trades], [Receipt(*row) for row in receipts])

    async def price_ranges(self, after: int, until: int) -> list[tuple[int, int, int]]:
        """Of each market that traded above a sequence and up to another: its lowest and highest price."""
        rows = await self._rows(_PRICE_RANGES, after=after, until=until)
        return [(market, lowest, highest) for market, lowest, highest in rows]

    async def _rows(self, query: LiteralString, *values: Any, **named: Any) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query, values or named)
            return await cursor.fetchall()


def _page(account: int, before: tuple[int, int] | None, limit: int) -> dict[str, int]:
    sequence, id_before = _FIRST if before is None else before
    return {"account": account, "sequence": sequence, "id": id_before, "limit": limit}


def _choice(chosen: Chosen) -> dict[str, int | str]:
    times = {"from": time_text(chosen.from_us), "to": time_text(chosen.to_us)}
    return {"market": chosen.market, "side": chosen.side, **times}


def closed_order_of(*row: Any) -> ClosedOrder:
    """A row of `CLOSED_ORDER`."""
    quantity, notional, fee, remaining, reason, sequence, closed_at, list_id, triggered_at_us = row[20:]
    accepted = OrderAccepted._make((*row[:10], *row[11:13], int(row[10]), *row[13:18]))
    closed = OrderClosed(
        order_id=accepted.order_id,
        account=accepted.account,
        market=accepted.market,
        reason=reason,
        side=accepted.side,
        price=accepted.price,
        filled_quantity=quantity,
        remaining_quantity=remaining,
        filled_notional=int(notional),
        fee=int(fee),
    )
    past = Past(list_id, triggered_at_us)
    return ClosedOrder(row[18], time_us(row[19]), accepted, sequence, time_us(closed_at), closed, past)


def dated_trade_of(*row: Any) -> DatedTrade:
    """A row of `TRADE`."""
    traded = Traded._make((*row[:6], int(row[6]), *row[7:11], *map(int, row[11:14]), *row[14:18]))
    return DatedTrade(row[18], time_us(row[19]), traded)
