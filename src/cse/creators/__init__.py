"""Creators: who stands behind a token."""
