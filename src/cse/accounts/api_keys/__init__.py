"""API keys: what programs sign their requests with."""
