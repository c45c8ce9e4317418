"""`./cse dependencies`: what the lock files bring in, under which licences, and what is known against it."""

from cse.cli.dependencies.command import main

__all__ = ["main"]
