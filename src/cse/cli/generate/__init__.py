"""Writes what follows from the codes, the wire layouts and the routes into the clone."""

from cse.cli.generate.command import main

__all__ = ["main"]
