"""Rates of tiers."""
