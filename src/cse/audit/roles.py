"""The room's roles in PostgreSQL. Rooms whose acts are recorded may add events as themselves."""

from __future__ import annotations

from typing import Final

# Chains events and signs checkpoints, and reads all of it to verify.
SEAL_ROLE: Final = "cse_audit"
# Reads events and their places in the chain: for a person's own list, and for exports.
READ_ROLE: Final = "cse_audit_reads"
