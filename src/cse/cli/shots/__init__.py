"""`./cse shots`: pictures of every page, in each theme and size, as visitor and as user."""

from cse.cli.shots.command import main

__all__ = ["main"]
