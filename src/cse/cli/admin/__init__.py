"""`./cse admin`: what an operator may do, each a command through the outbox."""

from cse.cli.admin.command import main

__all__ = ["main"]
