"""Closing one's account."""
