"""E-mail addresses: their spelling, that a person reads them, and their change."""
