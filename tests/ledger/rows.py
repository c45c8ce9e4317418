"""All rows of the ledger's schema, to be compared with those of another time or place."""

from __future__ import annotations

from tests.postgres import Database

Rows = dict[str, list[str]]


def all_rows(database: Database) -> Rows:
    """Every row of every table as text; partitions are looked at through their parents."""
    tables = database.rows(
        "SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = 'ledger' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
    )
    return {
        name: [text for (text,) in database.rows(f"SELECT t::text FROM ledger.{name} t ORDER BY 1")]
        for (name,) in tables
    }
