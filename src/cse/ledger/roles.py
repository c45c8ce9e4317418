"""The ledger's roles in PostgreSQL."""

from __future__ import annotations

from typing import Final

# Adds rows, and changes what shows the present; also reads outcomes of the outbox.
WRITE_ROLE: Final = "cse_ledger"
# For other rooms, by way of the ledger's service: it can write nothing.
READ_ROLE: Final = "cse_ledger_reads"
