"""A copy of the clone's web sources in which npm and Next work, so that nothing is made in the clone.

It keeps `node_modules` and Next's cache from one build to the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .fingerprint import WEB_INPUTS, files_below, key_of
from .node import Node
from .places import Places
from .progress import Progress

LOCK_FILES = (
    "package.json",
    "package-lock.json",
    ".npmrc",
    "clients/typescript/package.json",
    "web/package.json",
)
INSTALLED = Path("node_modules", ".cse-installed")
# Beside the app's own sources, what its tests and those of its client read.
TESTED_WITH = ("clients/vectors", "clients/openapi.json", "clients/asyncapi.json")
# What a workspace keeps though the clone has not got it.
KEPT = frozenset({"node_modules", ".next", "out"})


@dataclass(frozen=True)
class Workspace:
    """Where npm and Next work for one clone."""

    path: Path
    root: Path

    @classmethod
    def of(cls, places: Places) -> Workspace:
        """The workspace of the clone, made or yet to be made."""
        name = hashlib.sha256(str(places.root).encode()).hexdigest()[:16]
        return cls(places.home / "workspaces" / name, places.root)

    def update(self) -> None:
        """Makes it hold the clone's sources as they are now, and nothing that they no longer have."""
        wanted = dict(_sources(self.root))
        for file in list(all_files(self.path)):
            if file.relative_to(self.path) not in wanted:
                file.unlink()
        for relative, source in wanted.items():
            target = self.path / relative
            content = source.read_bytes()
            # What has not changed keeps its time, so that caches keep it too.
            if not target.is_file() or target.read_bytes() != content:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)

    def is_installed(self, node: Node) -> bool:
        """Whether the packages that its lock names are there."""
        marker = self.path / INSTALLED
        return marker.is_file() and marker.read_text() == self._lock(node)

    def install(self, places: Places, node: Node, progress: Progress) -> None:
        """Brings the packages that the lock names."""
        (self.path / INSTALLED).unlink(missing_ok=True)
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--cache", str(places.home / "npm"))
        self.run(node, progress, "ci", *options)
        (self.path / INSTALLED).write_text(self._lock(node))

    def make(self, places: Places, node: Node, progress: Progress) -> None:
        """Installs its packages as one step."""
        progress.begin(f"Installing the web app's packages with Node {node.version}")
        self.install(places, node, progress)
        progress.end()

    def _lock(self, node: Node) -> str:
        return key_of(self.path, LOCK_FILES, node.version)

    def run(self, node: Node, progress: Progress, *arguments: str) -> None:
        """Runs npm in it.

        Raises:
            SetupFailed: it ended with an error.
        """
        progress.run([*node.npm, *arguments], cwd=self.path, environment=node.environment)


@dataclass(frozen=True)
class ReadyWorkspace:
    """The sources as they are now, with their packages, and the Node that works on them."""

    path: Path
    node: Node


def _sources(root: Path) -> Iterator[tuple[Path, Path]]:
    for name in (*WEB_INPUTS, *TESTED_WITH):
        for file in files_below(root / name):
            yield file.relative_to(root), file


def all_files(directory: Path) -> Iterator[Path]:
    """Every file at or below `directory`, but for what npm and Next have put there."""
    if not directory.is_dir():
        return
    for entry in directory.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            if entry.name not in KEPT:
                yield from all_files(entry)
        else:
            yield entry
