"""The room's roles in PostgreSQL."""

from __future__ import annotations

from typing import Final

# Adds candles, and brings to date those that are still open.
WRITE_ROLE: Final = "cse_marketdata"
# For whoever shows candles: it can write nothing.
READ_ROLE: Final = "cse_marketdata_reads"
