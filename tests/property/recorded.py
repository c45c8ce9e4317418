"""The searches that were recorded, and how many commands they have compared in all."""

from __future__ import annotations

import json
import platform
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cse.cli.test.record import commit_of
from tests.property.seeds import COMMANDS_PER_STREAM
from tests.reference.exchange import RULES_VERSION

if TYPE_CHECKING:
    from tests.property.search import Search

ROOT = Path(__file__).parents[2]
FILE = ROOT / "bench" / "results" / "reference-search.json"
WORKLOAD = (
    "native core against the reference: every group's bytes, states and answers to reads, and invariants"
)


def commit_now() -> str | None:
    """The commit that is checked out, which may be another one when a long search ends."""
    return commit_of(ROOT)


def add(found: Search, file: Path = FILE) -> None:
    """Adds a search to the file, and its numbers to the sums."""
    searches: list[dict[str, Any]] = json.loads(file.read_text())["searches"] if file.exists() else []
    searches.append(
        {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "commit": found.commit,
            "compiled": found.compiled,
            "rules_version": RULES_VERSION,
            "first_seed": found.first_seed,
            "last_seed": found.last_seed,
            "commands_per_stream": COMMANDS_PER_STREAM,
            "commands": found.commands,
            "differences": len(found.reports),
            "seconds": round(found.seconds, 1),
            "python": platform.python_version(),
            "machine": platform.machine(),
        }
    )
    whole = {
        "workload": WORKLOAD,
        "commands": sum(each["commands"] for each in searches),
        "differences": sum(each["differences"] for each in searches),
        "searches": searches,
    }
    file.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")
