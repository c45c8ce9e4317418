"""The papers are kept apart from the clone, as they were."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from cse.cli.bootstrap.papers import PAPERS, keep_papers
from cse.cli.bootstrap.places import Places


@pytest.fixture
def places(tmp_path: Path) -> Places:
    root = tmp_path / "clone"
    for name, path in PAPERS.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"# {name}")
    return Places(root, tmp_path / "home", tmp_path / "data", shared=True)


def test_each_is_kept_under_its_name_and_read_by_everybody(places: Places) -> None:
    before = os.umask(0o077)
    try:
        kept = keep_papers(places)
    finally:
        os.umask(before)
    assert kept.is_relative_to(places.home)
    assert {file.name: file.read_text() for file in kept.iterdir()} == {
        f"{name}.md": f"# {name}" for name in PAPERS
    }
    for path in (kept, *kept.iterdir()):
        assert path.stat().st_mode & stat.S_IROTH


def test_those_of_before_stay_when_the_clone_changes(places: Places) -> None:
    before = keep_papers(places)
    assert keep_papers(places) == before
    (places.root / PAPERS["api"]).write_text("# another")
    after = keep_papers(places)
    assert (before / "api.md").read_text() == "# api"
    assert (after / "api.md").read_text() == "# another"
    assert {before, after} == set(before.parent.iterdir())
