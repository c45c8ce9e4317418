"""An account's own orders, fills, balances and fees, out of replica and PostgreSQL."""
