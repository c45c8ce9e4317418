"""`./cse shots`: pictures of every page, in each theme and size, as visitor and as user."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cse.cli.options import add_data, add_url

OUT: Final = "shots"


def main(arguments: Sequence[str]) -> int:
    """Runs the command; 1 if a page could not be pictured or did what none may."""
    options = _parser().parse_args(arguments)
    # Help must be had before the browser's package is installed, so what needs it comes after.
    from cse.cli.shots.command import picture

    return picture(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./cse shots",
        description="Pictures every page of a running exchange in each theme and size, as visitor and user.",
    )
    add_data(parser)
    add_url(parser)
    parser.add_argument(
        "--out", type=Path, default=Path(OUT), metavar="DIR", help="where the pictures go (./%(default)s)"
    )
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="only these pages")
    return parser
