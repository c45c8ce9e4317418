"""The ledger: follows the event log into PostgreSQL, in double entry, and proves the books."""
