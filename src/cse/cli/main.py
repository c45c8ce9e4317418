"""`python -m cse`: finds the command and hands the rest of the line to it."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from typing import Final

# Name, module with a `main(arguments) -> int`, and what it does.
COMMANDS: Final = (
    ("up", "cse.cli.up", "set up what is missing, start the exchange, wait; Ctrl-C stops it"),
    ("down", "cse.cli.down", "stop the exchange"),
    ("status", "cse.cli.status", "show every service, how far it is and what it uses"),
    ("doctor", "cse.cli.doctor", "find what is missing or wrong, and what helps"),
    ("serve", "cse.cli.serve", "run one service alone"),
    ("admin", "cse.cli.admin", "add assets and markets, halt, freeze, credit"),
    ("verify", "cse.cli.verify", "replay the journal and compare it with PostgreSQL"),
    ("replay", "cse.cli.replay", "feed a recorded or generated order flow into a market"),
    ("shots", "cse.cli.shots", "picture every page of the web app"),
    ("bench", "cse.cli.bench", "run a workload and print its figures"),
    ("test", "cse.cli.test", "run every check and test"),
    ("dependencies", "cse.cli.dependencies", "hold packages against licences and known advisories"),
    ("generate", "cse.cli.generate", "write what follows from codes.toml and the wire layouts"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command line; returns its exit status."""
    name, *rest = list(sys.argv[1:] if arguments is None else arguments) or ["--help"]
    if name in ("--help", "-h", "help"):
        print(usage())
        return 0
    modules = {command: module for command, module, _ in COMMANDS}
    if name not in modules:
        print(f"cse: there is no command {name!r}.\n\n{usage()}", file=sys.stderr)
        return 2
    command: Callable[[Sequence[str]], int | None] = importlib.import_module(modules[name]).main
    try:
        return int(command(rest) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough.
        sys.stderr.close()
        return 1


def names() -> list[str]:
    """The names of all commands."""
    return [name for name, _, _ in COMMANDS]


def usage() -> str:
    """All commands, one a line."""
    width = max(map(len, names()))
    lines = [f"  {name:<{width}}  {summary}" for name, _, summary in COMMANDS]
    return "\n".join(["usage: ./cse COMMAND [OPTION...]", "", *lines, "", "./cse COMMAND --help says more."])
