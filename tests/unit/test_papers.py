"""What papers name in the repository is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
PAPERS: Final = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])
# Papers on a part of the repository name paths from where that begins.
ROOTS: Final = ("", "src/cse", "web", "web/src")
# Of a path's form, and not one with something to fill in.
_PATH: Final = re.compile(r"`((?:[a-z0-9_.-]+/)+(?:[A-Za-z0-9_.\[\]-]+)?)(?:::[a-z0-9_]+)?`")
_ENDING: Final = re.compile(r"\.(py|pyi|rs|ts|tsx|mjs|css|toml|sql|md|json)$|/$")
_TO_FILL_IN: Final = re.compile(r"[A-Z]{4}|Name\.")


def paths_of(text: str) -> Iterator[str]:
    """The paths that a paper names, where they begin with a folder of ours."""
    for path in _PATH.findall(text):
        folder = path.partition("/")[0]
        is_ours = any((ROOT / root / folder).is_dir() for root in ROOTS)
        is_whole = (ROOT / folder).is_dir() or _ENDING.search(path)
        if is_ours and is_whole and not _TO_FILL_IN.search(path):
            yield path


def is_there(path: str) -> bool:
    """Whether there is a file or a folder of that name, whose ending may be left out."""
    found = [ROOT / root / path for root in ROOTS]
    return any(one.exists() or any(one.parent.glob(f"{one.name}.*")) for one in found)


def test_papers_name_paths() -> None:
    named = [path for paper in PAPERS for path in paths_of(paper.read_text("utf-8"))]
    assert len(named) > 100
    assert {"tests/rules", "web/src/canvas/frame.ts", "trading/answers/writing.py"} <= set(named)


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_path_that_a_paper_names_is_there(paper: Path) -> None:
    assert [path for path in paths_of(paper.read_text("utf-8")) if not is_there(path)] == []


@pytest.mark.parametrize("path", ["trading/writing.py", "features/trade/canvas/frame.ts", "tests/nothing/"])
def test_one_that_is_gone_is_found(path: str) -> None:
    assert list(paths_of(f"It is in `{path}`.")) == [path]
    assert not is_there(path)
