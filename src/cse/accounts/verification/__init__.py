"""Verification: persons show who they are, and operators or a provider look at it."""
