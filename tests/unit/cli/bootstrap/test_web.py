"""The web app is built beside the clone, from what the clone holds now, and only when that changed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from cse.cli.bootstrap.places import Places
from cse.cli.bootstrap.web import Web, compress
from cse.cli.bootstrap.workspace import Workspace

Change = Callable[[Path], object]


@pytest.fixture
def places(tmp_path: Path) -> Places:
    root = tmp_path / "clone"
    for name in ("web/src/page.tsx", "clients/typescript/src/book.ts", "package.json", "package-lock.json"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / ".npmrc").write_text("")
    return Places(root, tmp_path / "home", tmp_path / "data", shared=False)


@pytest.mark.parametrize(
    ("change", "another"),
    [
        (lambda root: (root / "web/src/page.tsx").write_text("changed"), True),
        (lambda root: (root / "clients/typescript/src/book.ts").write_text("changed"), True),
        (lambda root: (root / "package-lock.json").write_text("changed"), True),
        (lambda root: (root / "requirements.txt").write_text("what the services run on"), False),
        (lambda root: (root / "web/next-env.d.ts").write_text("Next writes it"), False),
        (lambda root: (root / "web/out").mkdir() or (root / "web/out/en.html").write_text("built"), False),
    ],
)
def test_its_own_sources_alone_decide_whether_it_is_built(
    places: Places, change: Change, another: bool
) -> None:
    before = Web.of(places)
    change(places.root)
    assert (Web.of(places) != before) is another


def test_a_workspace_follows_the_clone_and_keeps_what_npm_and_next_put_there(places: Places) -> None:
    workspace = Workspace.of(places)
    workspace.update()
    page = workspace.path / "web/src/page.tsx"
    assert page.read_text() == "web/src/page.tsx"
    for kept in ("node_modules/react/index.js", "web/.next/cache/1"):
        (workspace.path / kept).parent.mkdir(parents=True)
        (workspace.path / kept).write_text("kept")
    unchanged = (workspace.path / "package.json").stat().st_mtime_ns
    (places.root / "web/src/page.tsx").rename(places.root / "web/src/other.tsx")
    workspace.update()
    assert not page.exists()
    assert (workspace.path / "web/src/other.tsx").read_text() == "web/src/page.tsx"
    assert (workspace.path / "node_modules/react/index.js").read_text() == "kept"
    assert (workspace.path / "web/.next/cache/1").read_text() == "kept"
    assert (workspace.path / "package.json").stat().st_mtime_ns == unchanged


def test_a_clone_elsewhere_has_a_workspace_of_its_own(places: Places, tmp_path: Path) -> None:
    other = Places(tmp_path / "other", places.home, places.data, shared=False)
    assert Workspace.of(other).path != Workspace.of(places).path


def test_long_texts_lie_beside_themselves_compressed(tmp_path: Path) -> None:
    for name, content in (("a.js", b"x" * 5_000), ("b.js", b"x" * 10), ("c.webp", b"x" * 5_000)):
        (tmp_path / name).write_bytes(content)
    compress(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.js", "a.js.gz", "b.js", "c.webp"]
    assert gzip.decompress((tmp_path / "a.js.gz").read_bytes()) == b"x" * 5_000
