"""The last result of each `--long` run, kept beside the figures of the benches."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cse.cli.test.totals import Totals

RECORD: Final = Path("bench", "results", "long.json")
EVERYTHING: Final = "everything"


def keep(root: Path, paths: Sequence[str], totals: Totals, elapsed_s: float, commit: str | None) -> None:
    """Notes the result of a run, which began at `commit`, under what it was told to run."""
    record = root / RECORD
    kept: dict[str, Any] = json.loads(record.read_text()) if record.exists() else {}
    kept[" ".join(paths) or EVERYTHING] = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "seconds": round(elapsed_s),
        **totals._asdict(),
    }
    record.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n")


def commit_of(root: Path) -> str | None:
    """The commit that is checked out; None outside a clone."""
    done = subprocess.run(
        ["git", "-C", str(root), "rev-parse", "--short=12", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or None
