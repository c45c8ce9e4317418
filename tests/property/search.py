"""A longer search than a test's: `python -m tests.property.search --commands 5000000 [--record FILE]`.

Compares the native core with the reference over fresh streams, prints what it finds, and on request
records how many commands agreed.
"""

import argparse
import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from random import SystemRandom
from time import monotonic

from cse.engine._native import Core
from tests.property.seeds import COMMANDS_PER_STREAM, failure


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commands", type=int, default=1_000_000, help="how many at least")
    parser.add_argument("--seed", type=int, help="of the first stream; the others follow on")
    parser.add_argument("--record", type=Path, help="JSON file to write the outcome to")
    options = parser.parse_args()

    first_seed = SystemRandom().randrange(1 << 32) if options.seed is None else options.seed
    started, compared, streams = monotonic(), 0, 0
    while compared < options.commands:
        agreed, report = failure(first_seed + streams, Core)
        compared += agreed
        streams += 1
        if report is not None:
            print(report)
            return 1
    seconds = monotonic() - started
    print(f"{compared} commands in {streams} streams from seed {first_seed} agree, in {seconds:.0f} s")
    if options.record is not None:
        outcome = {
            "workload": "native core against the reference, every group compared",
            "commands": compared,
            "streams": streams,
            "commands_per_stream": COMMANDS_PER_STREAM,
            "first_seed": first_seed,
            "differences": 0,
            "seconds": round(seconds, 1),
            "python": platform.python_version(),
            "machine": platform.machine(),
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        options.record.write_text(json.dumps(outcome, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
