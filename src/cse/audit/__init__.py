"""The audit log: who did what outside the journal, append-only, chained and signed."""
