"""Virtual environments with exactly the packages that a set of requirement files pins."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from .fingerprint import key_of
from .interpreter import Interpreter
from .places import Places
from .progress import Progress

COMPLETE = "complete"


@dataclass(frozen=True)
class Environment:
    """A virtual environment, made or yet to be made.

    Attributes:
        path: where it lies, named by the hash of what it is made from.
        title: what a person calls it.
        requirements: the files that pin its packages.
        interpreter: the Python it is made with.
        built: packages that are published as sources only; the first of the files has what builds them.
    """

    path: Path
    title: str
    requirements: tuple[Path, ...]
    interpreter: Interpreter
    built: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, places: Places, interpreter: Interpreter, title: str, *files: str, built: tuple[str, ...] = ()
    ) -> Environment:
        """The environment for requirement files of the clone."""
        key = key_of(places.root, files, interpreter.identity)
        requirements = tuple(places.root / file for file in files)
        return cls(places.home / "environments" / key, title, requirements, interpreter, built)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.path / "bin" / "python"

    @property
    def marker(self) -> Path:
        """A file that is there once the environment is whole."""
        return self.path / COMPLETE

    @property
    def is_current(self) -> bool:
        """Whether nothing has to be done."""
        return self.marker.exists()

    def make(self, progress: Progress) -> None:
        """Makes it as one step.

        Raises:
            SetupFailed: pip could not bring a package, or one has not the pinned hash.
        """
        progress.begin(f"Installing {self.title}")
        shutil.rmtree(self.path, ignore_errors=True)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        progress.run([self.interpreter.executable, "-I", "-m", "venv", self.path])
        install: list[str | Path] = [
            self.python,
            "-I",
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
        ]
        # Every dependency is pinned, so pip has nothing to resolve; wheels only, so nothing is compiled.
        pinned = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--progress-bar", "off"]
        rounds = [self.requirements]
        if self.built:
            pinned += ["--no-binary", ",".join(self.built), "--no-build-isolation"]
            rounds = [self.requirements[:1], self.requirements[1:]]
        for requirements in rounds:
            files = [part for file in requirements for part in ("--requirement", str(file))]
            progress.run([*install, *pinned, *files])
        self.marker.touch()
        progress.end()
