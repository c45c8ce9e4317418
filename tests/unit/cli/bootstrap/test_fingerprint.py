"""What is made is recognised by the content of what it was made from, and by nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cse.cli.bootstrap.fingerprint import key_of

Change = Callable[[Path], object]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "src" / "room").mkdir(parents=True)
    (tmp_path / "src" / "room" / "api.py").write_text("one")
    (tmp_path / "Cargo.toml").write_text("two")
    return tmp_path


def key(root: Path, *facts: str) -> str:
    return key_of(root, ("src", "Cargo.toml", "absent"), *facts)


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "src/room/api.py").write_text("One"),
        lambda root: (root / "src/room/more.py").write_text(""),
        lambda root: (root / "src/room/api.py").rename(root / "src/room/service.py"),
        lambda root: (root / "Cargo.toml").unlink(),
        lambda root: (root / "absent").write_text("here now"),
    ],
)
def test_a_change_of_the_sources_gives_another_key(root: Path, change: Change) -> None:
    before = key(root)
    change(root)
    assert key(root) != before


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "src/room/api.py").touch(),
        lambda root: (root / "src/room/_native.abi3.so").write_text("built"),
        lambda root: (root / "other.txt").write_text("not an input"),
        lambda root: (root / "src/__pycache__").mkdir() or (root / "src/__pycache__/x.py").write_text("1"),
    ],
)
def test_what_does_not_count_leaves_the_key(root: Path, change: Change) -> None:
    before = key(root)
    change(root)
    assert key(root) == before


def test_content_cannot_move_from_one_file_to_the_next_unnoticed(root: Path) -> None:
    (root / "src/a").write_text("12")
    (root / "src/b").write_text("3")
    before = key(root)
    (root / "src/a").write_text("1")
    (root / "src/b").write_text("23")
    assert key(root) != before


def test_facts_count_too(root: Path) -> None:
    assert len({key(root), key(root, "3.11"), key(root, "3.12"), key(root, "3.1", "1")}) == 4
