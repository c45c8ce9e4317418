"""Prices that a person wants to be told of, whether a page is open or not."""
