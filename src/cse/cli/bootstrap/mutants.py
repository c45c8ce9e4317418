"""The native module with faults on purpose, with which the tests of the core are tested."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from .build import Build, make_wheel
from .environment import Environment
from .places import Places
from .progress import Progress
from .toolchain import Toolchain

FEATURES = ("pyo3/extension-module", "mutants")
MODULE = "cse/engine/_native.abi3.so"
"""Where it lies in a wheel."""


@dataclass(frozen=True)
class Mutants:
    """The module as one state of the clone makes it, made or yet to be made.

    Attributes:
        module: its file, which is there once it is whole; removed with the build it belongs to.
    """

    module: Path

    @classmethod
    def of(cls, build: Build) -> Mutants:
        """Those of the sources that a build is made from."""
        return cls(build.path / "mutants" / Path(MODULE).name)

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be done."""
        return self.module.exists()

    def make(self, places: Places, tools: Environment, toolchain: Toolchain, progress: Progress) -> None:
        """Builds it as one step, behind the build it belongs to and with what that has compiled.

        Raises:
            SetupFailed: it does not build.
        """
        progress.begin("Building the core with faults, for the tests of its tests")
        self.module.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="cse-wheel-") as wheels:
            wheel = make_wheel(places, tools, toolchain, progress, Path(wheels), FEATURES)
            unfinished = self.module.with_suffix(".unfinished")
            with zipfile.ZipFile(wheel) as content:
                unfinished.write_bytes(content.read(MODULE))
            unfinished.rename(self.module)
        progress.end()
