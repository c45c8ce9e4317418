"""Risk limits of tiers, and flags of accounts."""
