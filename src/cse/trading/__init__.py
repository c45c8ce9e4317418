"""Order entry, and a person's own orders, fills and balances."""
