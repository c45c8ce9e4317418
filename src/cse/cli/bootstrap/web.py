"""The web app's static export, built in a workspace and placed like a build of the services."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import dataclass
from pathlib import Path

from .environment import COMPLETE
from .failure import SetupFailed
from .fingerprint import WEB_INPUTS, key_of
from .node import Node
from .places import Places
from .progress import Progress
from .workspace import Workspace, all_files

EXPORT = Path("web", "out")
COMPRESSED = frozenset({".html", ".js", ".css", ".txt", ".json", ".svg", ".webmanifest"})
COMPRESSED_BYTES_MIN = 512


@dataclass(frozen=True)
class Web:
    """A built web app, which stays as it is when the clone changes."""

    path: Path

    @classmethod
    def of(cls, places: Places) -> Web:
        """The web app of the clone as it is now."""
        return cls(places.home / "web" / key_of(places.root, WEB_INPUTS))

    @property
    def site(self) -> Path:
        """The directory that is served."""
        return self.path / "site"

    @property
    def marker(self) -> Path:
        """A file that is there once the app is whole."""
        return self.path / COMPLETE

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be done."""
        return self.marker.exists()

    def make(self, places: Places, node: Node, progress: Progress) -> None:
        """Installs what it is built with and builds it, as one step.

        Raises:
            SetupFailed: a package cannot be had, or the app does not build.
        """
        progress.begin(f"Building the web app with Node {node.version}")
        workspace = Workspace.of(places)
        workspace.update()
        if not workspace.is_installed(node):
            workspace.install(places, node, progress)
        workspace.run(node, progress, "run", "build", "--workspace", "web")
        export = workspace.path / EXPORT
        if not (export / "index.html").exists() and not (export / "en.html").exists():
            raise SetupFailed(f"The build of the web app left nothing in {export}.")
        shutil.rmtree(self.path, ignore_errors=True)
        shutil.copytree(export, self.site)
        compress(self.site)
        self.marker.touch()
        progress.end()


def compress(site: Path) -> None:
    """Puts a compressed copy beside each file that is worth it, so that nobody compresses it again."""
    for file in list(all_files(site)):
        if file.suffix in COMPRESSED and file.stat().st_size >= COMPRESSED_BYTES_MIN:
            packed = gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)
            file.with_name(f"{file.name}.gz").write_bytes(packed)
