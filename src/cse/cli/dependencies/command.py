"""The command line of `./cse dependencies`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from cse.cli.dependencies.advisories import SERVICE, NotAnswered, concerning, known_against
from cse.cli.dependencies.inventory import Unfinished, packages
from cse.cli.dependencies.licences import lines_of, read_rules, refused

# Nothing was found, for nobody could be asked: there is no network, or none to there.
NOT_ASKED: Final = 4


def main(arguments: Sequence[str]) -> int:
    """Runs it; 1 for a licence or an advisory, 4 where nobody can be asked."""
    parser = argparse.ArgumentParser(
        prog="./cse dependencies",
        description="Holds every package of the lock files against licences.toml and known advisories.",
    )
    parser.add_argument("--list", action="store_true", help="print every package, its version and licence")
    parser.add_argument("--licences", action="store_true", help="look at licences alone")
    parser.add_argument("--advisories", action="store_true", help="look at advisories alone")
    options = parser.parse_args(arguments)
    root = Path(os.environ.get("CSE_ROOT", ".")).absolute()
    rules = read_rules(root)
    try:
        found = packages(root)
    except Unfinished as error:
        print(f"cargo does not say what the crates are: {error}", file=sys.stderr)
        return NOT_ASKED
    if options.list:
        print("\n".join(lines_of(found, rules)))
        return 0
    everything = options.licences == options.advisories
    wrong = refused(found, rules) if everything or options.licences else []
    status = 0
    if everything or options.advisories:
        try:
            known = known_against(found)
        except NotAnswered as error:
            print(f"{SERVICE} does not say what is known: {error}", file=sys.stderr)
            status = NOT_ASKED
        else:
            wrong += concerning(known, rules.ignored, datetime.now(UTC).date())
    for line in wrong:
        print(line)
    print(f"{len(found)} packages, {len(wrong)} of which something is wrong")
    return 1 if wrong else status
