"""What the ledger has of a person's accounts, account by account in the order of the journal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final, LiteralString, TypeVar

from cse.domain.accounts import TransferReason
from cse.engine.models import ClosedOrder, DatedTrade
from cse.ledger.models import EntryReason
from cse.ledger.service import CLOSED_ORDER, TRADE, closed_order_of, dated_trade_of
from cse.runtime.exporting import FETCH, Pages, Row, Subject, Whose, fetched, selected
from cse.runtime.postgres import Connected

Item = TypeVar("Item")

# An open order as if it had closed now, for no reason: at the ledger's position.
_OPEN_ORDER: Final[LiteralString] = """
    SELECT order_id, account, market, side, order_type, time_in_force, self_trade_prevention, flags,
        price, quantity, quote_amount, maker_fee_ppm, taker_fee_ppm, stop_price, trailing_delta,
        display_quantity, expires_at_us, client_order_id, accepted_sequence, accepted_at,
        filled_quantity, filled_notional, fee, quantity - filled_quantity, 0,
        (SELECT position.sequence FROM ledger.position), updated_at,
        list_id, triggered_at_us
    FROM ledger.open_orders """
# Exact, whatever the number of decimals.
_DECIMAL: Final[LiteralString] = "trim_scale({} * ('1e-' || decimals)::numeric)::text"

_ACCOUNTS: Final = """
    SELECT account::text, tier, frozen, opened_at FROM ledger.accounts
    WHERE account = ANY(%(accounts)s) ORDER BY account"""
_BALANCES: Final = f"""
    SELECT account::text, symbol AS asset, {_DECIMAL.format("available")} AS available,
        {_DECIMAL.format("locked")} AS locked, balances.sequence::text
    FROM ledger.balances JOIN ledger.assets USING (asset)
    WHERE account = ANY(%(accounts)s) ORDER BY account, asset"""  # noqa: S608
# Who else takes part is told of one's own accounts alone.
_HELD: Final = f"""
    SELECT transfer::text, leg, CASE WHEN debit = ANY(%(accounts)s) THEN debit::text END AS from_account,
        CASE WHEN credit = ANY(%(accounts)s) THEN credit::text END AS to_account, symbol AS asset,
        {_DECIMAL.format("amount")} AS amount, reason, held_at, settled, ended_at
    FROM ledger.held_legs JOIN ledger.held_transfers USING (transfer) JOIN ledger.assets USING (asset)
    WHERE debit = ANY(%(accounts)s) OR credit = ANY(%(accounts)s) ORDER BY transfer, leg"""  # noqa: S608
_ENTRIES: Final[LiteralString] = """
    SELECT own.sequence::text, entry, account::text, assets.symbol AS asset,
        trim_scale(amount * ('1e-' || assets.decimals)::numeric)::text AS amount, reason,
        base.symbol || '-' || quote.symbol AS market, reference::text, time
    FROM ledger.entries AS own JOIN ledger.assets USING (asset)
    LEFT JOIN ledger.markets USING (market)
    LEFT JOIN ledger.assets AS base ON base.asset = markets.base
    LEFT JOIN ledger.assets AS quote ON quote.asset = markets.quote
    WHERE account = %(account)s ORDER BY own.asset, own.sequence, entry"""
_TRANSFERS: Final[LiteralString] = """
    SELECT own.reference::text AS transfer, own.reason, symbol AS asset,
        trim_scale(abs(own.amount) * ('1e-' || decimals)::numeric)::text AS amount,
        CASE WHEN own.amount < 0 THEN own.account ELSE other.account END::text AS from_account,
        CASE WHEN own.amount < 0 THEN other.account ELSE own.account END::text AS to_account,
        own.time, own.sequence::text
    FROM ledger.entries AS own JOIN ledger.assets USING (asset)
    LEFT JOIN ledger.entries AS other ON own.reason = %(own_accounts)s AND other.sequence = own.sequence
        AND other.time = own.time AND other.entry = own.entry - sign(own.amount)::integer
    WHERE own.account = %(account)s AND own.market = 0 ORDER BY own.sequence, own.entry"""
_REASONS: Final = {int(one): one.name.lower() for one in (*TransferReason, *EntryReason)}
_FIELDS: Final = {
    "accounts": ("account", "tier", "frozen", "opened_at"),
    "balances": ("account", "asset", "available", "locked", "sequence"),
    "transfers": (
        "transfer", "reason", "asset", "amount", "from_account", "to_account", "time", "sequence",
    ),
    "ledger_entries": (
        "sequence", "entry", "account", "asset", "amount", "reason", "market", "reference", "time",
    ),
}  # fmt: skip


def subjects() -> tuple[Subject, ...]:
    """What the ledger gives out in words of its own."""
    return (
        Subject("accounts", ("ledger.accounts",), selected(_ACCOUNTS), _FIELDS["accounts"]),
        Subject("balances", ("ledger.balances",), selected(_BALANCES), _FIELDS["balances"]),
        Subject("transfers", (), _of_each_account(_TRANSFERS), _FIELDS["transfers"]),
        Subject("held_transfers", ("ledger.held_transfers", "ledger.held_legs"), _named(selected(_HELD))),
        Subject("ledger_entries", ("ledger.entries",), _of_each_account(_ENTRIES), _FIELDS["ledger_entries"]),
    )


async def orders(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[ClosedOrder]]:
    """Open orders, which have no reason of closing, and then closed ones, by their closing."""
    for account in whose.accounts:
        for query in (
            _OPEN_ORDER + "WHERE account = %(account)s ORDER BY order_id",
            CLOSED_ORDER + "WHERE account = %(account)s ORDER BY sequence, order_id",
        ):
            async for found in _taken(connection, query, account, closed_order_of):
                yield found


async def trades(connection: Connected, whose: Whose) -> AsyncIterator[tuple[int, Sequence[DatedTrade]]]:
    """Trades of each account: those that it made, and then those that it took."""
    for account in whose.accounts:
        for query in (
            TRADE + "WHERE maker_account = %(account)s ORDER BY sequence, trade_id",
            TRADE + "WHERE taker_account = %(account)s ORDER BY sequence, trade_id",
        ):
            async for found in _taken(connection, query, account, dated_trade_of):
                yield account, found


async def _taken(
    connection: Connected, query: LiteralString, account: int, read: Callable[..., Item]
) -> AsyncIterator[Sequence[Item]]:
    async with connection.cursor(name="export") as cursor:
        await cursor.execute(query, {"account": account})
        while rows := await cursor.fetchmany(FETCH):
            yield [read(*row) for row in rows]


def _of_each_account(query: LiteralString) -> Pages:
    async def pages(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
        own_accounts = int(TransferReason.OWN_ACCOUNTS)
        for account in whose.accounts:
            values = {"account": account, "own_accounts": own_accounts}
            async for rows in fetched(connection, query, values):
                yield [_with_reason(row) for row in rows]

    return pages


def _named(pages: Pages) -> Pages:
    async def named(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
        async for rows in pages(connection, whose):
            yield [_with_reason(row) for row in rows]

    return named


def _with_reason(row: Row) -> Row:
    """The row with the name of its reason, or its number where this build does not know it."""
    number = row["reason"]
    return {**row, "reason": _REASONS.get(number, str(number))}
