"""`./cse test`: every check and every suite, and one line of totals at the end."""

from cse.cli.test.command import main

__all__ = ["main"]
