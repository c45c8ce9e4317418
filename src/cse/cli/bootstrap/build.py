"""The project itself: its native module built in release, its Python and SQL beside it."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .environment import COMPLETE, Environment
from .failure import SetupFailed
from .fingerprint import BUILD_INPUTS, key_of
from .places import Places
from .progress import Progress
from .toolchain import Toolchain

# What the services read beside their code, as paths from the clone; a build keeps the same places.
COPIED = ("migrations",)
# Packages of the clone that stand beside `cse` on the Python path.
PACKAGES = ("clients/python/cse_client",)


@dataclass(frozen=True)
class Build:
    """An installed copy of one state of the clone, which stays as it is when the clone changes.

    Attributes:
        path: holds `src` (for the Python path) and `migrations`, placed as in the clone.
    """

    path: Path

    @classmethod
    def of(cls, places: Places) -> Build:
        """The build of the clone as it is now."""
        return cls(places.home / "builds" / key_of(places.root, BUILD_INPUTS))

    @property
    def source(self) -> Path:
        """The directory for the Python path."""
        return self.path / "src"

    @property
    def marker(self) -> Path:
        """A file that is there once the build is whole."""
        return self.path / COMPLETE

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be done."""
        return self.marker.exists()

    def make(self, places: Places, tools: Environment, toolchain: Toolchain, progress: Progress) -> None:
        """Builds and installs it as one step.

        Raises:
            SetupFailed: the native module does not build.
        """
        progress.begin(f"Building the exchange with cargo {toolchain.version}")
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.mkdir(parents=True)
        with tempfile.TemporaryDirectory(prefix="cse-wheel-") as wheels:
            wheel = make_wheel(places, tools, toolchain, progress, Path(wheels))
            # The wheel carries no dependencies and needs no index: it is only laid out.
            progress.run(
                [
                    tools.python,
                    "-I",
                    "-m",
                    "pip",
                    "install",
                    "--no-input",
                    "--disable-pip-version-check",
                    "--no-deps",
                    "--no-index",
                    "--target",
                    self.source,
                    wheel,
                ]
            )
        for package in PACKAGES:
            there = self.source / Path(package).name
            shutil.copytree(places.root / package, there, ignore=shutil.ignore_patterns("__pycache__"))
        for name in COPIED:
            if (places.root / name).is_dir():
                shutil.copytree(places.root / name, self.path / name)
        self.marker.touch()
        progress.end()


def make_wheel(
    places: Places,
    tools: Environment,
    toolchain: Toolchain,
    progress: Progress,
    into: Path,
    features: tuple[str, ...] = (),
) -> Path:
    """The wheel of the clone as it is, built in release; with `features` instead of the usual ones.

    Raises:
        SetupFailed: the native module does not build.
    """
    command: list[str | Path] = [tools.path / "bin" / "maturin", "build", "--release", "--locked"]
    command += ["--out", into, "--interpreter", tools.python]
    if features:
        command += ["--features", ",".join(features)]
    progress.run(command, cwd=places.root, environment=toolchain.environment)
    found = list(into.glob("*.whl"))
    if len(found) != 1:
        raise SetupFailed("maturin made no wheel.")
    return found[0]
