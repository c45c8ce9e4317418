"""Feeds a flow of orders into a market of a running exchange, through the public API only."""

from cse.cli.replay.command import main

__all__ = ["main"]
