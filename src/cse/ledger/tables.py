"""The ledger's tables that grow, as COPY reads and writes them: one line of text a row.

A line made here and one that PostgreSQL gives out for the same row are the same bytes, so rows are
compared without reading them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

_MICROSECONDS: Final = 1_000_000

# What open and closed orders have in common: their content.
ORDER_HEAD: Final = (
    "order_id account market side order_type time_in_force self_trade_prevention flags price quantity "
    "quote_amount maker_fee_ppm taker_fee_ppm stop_price trailing_delta display_quantity expires_at_us "
    "list_id triggered_at_us client_order_id accepted_sequence accepted_at"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, its columns in the order of a line, and the columns that say which row it is."""

    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...]

    @property
    def copy_in(self) -> str:
        """Adds rows."""
        return f"COPY ledger.{self.name} ({', '.join(self.columns)}) FROM STDIN"

    @property
    def copy_out(self) -> str:
        """Gives all rows, ascending by key."""
        columns, key = ", ".join(self.columns), ", ".join(self.key)
        return f"COPY (SELECT {columns} FROM ledger.{self.name} ORDER BY {key}) TO STDOUT"  # noqa: S608


def _table(name: str, columns: str, key: str) -> Table:
    return Table(name, tuple(columns.split()), tuple(key.split()))


OPEN_ORDERS: Final = _table(
    "open_orders",
    f"{ORDER_HEAD} filled_quantity filled_notional fee sequence updated_at",
    "order_id",
)
CLOSED_ORDERS: Final = _table(
    "closed_orders",
    f"{ORDER_HEAD} filled_quantity filled_notional fee remaining_quantity reason sequence closed_at",
    "sequence order_id",
)
TRADES: Final = _table(
    "trades",
    "market trade_id taker_side auction price quantity notional maker_order_id taker_order_id "
    "maker_account taker_account maker_fee taker_fee creator_fee fee_account creator_account maker_remaining "
    "taker_remaining sequence time",
    "sequence trade_id",
)
TRANSFERS: Final = _table("transfers", "transfer reference leg_count sequence time", "sequence")
ENTRIES: Final = _table(
    "entries",
    "sequence entry account asset amount reason market reference time",
    "sequence entry",
)
BALANCES: Final = _table("balances", "account asset available locked sequence", "account asset")

# Rows that are added and never changed, each at the sequence that stands in it.
APPENDED: Final = (CLOSED_ORDERS, TRADES, TRANSFERS, ENTRIES)


def time_text(time_us: int) -> str:
    """Microseconds UTC as PostgreSQL writes a timestamptz in the time zone UTC."""
    seconds, microseconds = divmod(time_us, _MICROSECONDS)
    text = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    fraction = f".{microseconds:06}".rstrip("0") if microseconds else ""
    return f"{text}{fraction}+00"


def time_us(time: datetime) -> int:
    """A timestamptz as microseconds UTC, exactly."""
    since = time - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * _MICROSECONDS + since.microseconds
