"""The papers that programs are written by, kept where whoever runs the services can read them."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Final

from .fingerprint import key_of
from .places import Places

# The names they have for everybody, and where they lie in the clone. Nothing else of it is served.
PAPERS: Final = {
    "api": "docs/api.md",
    "streams": "docs/api/streams.md",
    "binance": "docs/api/binance.md",
    "freqtrade": "docs/api/freqtrade.md",
    "chart-feed": "docs/api/chart-feed.md",
    "codes": "docs/codes.md",
    "trading-rules": "docs/trading-rules.md",
    "trading-tables": "docs/trading-tables.md",
    "python": "clients/python/README.md",
    "typescript": "clients/typescript/README.md",
    "changelog": "CHANGELOG.md",
}


def keep_papers(places: Places) -> Path:
    """A directory with the papers as they are now, `NAME.md` each; it stays when the clone changes.

    The clone itself may lie where the user of the services reads nothing.
    """
    kept = places.home / "papers" / key_of(places.root, PAPERS.values())
    if kept.is_dir():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=kept.parent))
    for name, path in PAPERS.items():
        copy = shutil.copyfile(places.root / path, made / f"{name}.md")
        copy.chmod(0o644)
    made.chmod(0o755)
    try:
        made.rename(kept)
    except OSError:
        # Another command was first.
        shutil.rmtree(made)
    return kept
