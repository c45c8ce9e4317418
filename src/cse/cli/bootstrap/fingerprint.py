"""Hashes of inputs, by which what is already made is recognised."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

# Raised when the way things are made changes, so that nothing made the old way is taken for current.
RECIPE = "1"
KEY_LENGTH = 16
IGNORED_DIRECTORIES = frozenset(
    {"__pycache__", "target", ".mypy_cache", ".ruff_cache", "node_modules", ".next", "out", "coverage"}
)
IGNORED_SUFFIXES = frozenset({".so", ".pyc", ".pyo", ".swp", ".tsbuildinfo"})
IGNORED_NAMES = frozenset({"next-env.d.ts"})

# Everything the native module and the services are made from, as paths from the clone.
BUILD_INPUTS = (
    "Cargo.toml",
    "Cargo.lock",
    "pyproject.toml",
    "crates",
    "src",
    "clients/python/cse_client",
    "migrations",
)
# Everything the web app is made from.
WEB_INPUTS = ("package.json", "package-lock.json", ".npmrc", "clients/typescript", "web")


def files_below(path: Path) -> Iterator[Path]:
    """Every file that counts at or below `path`, in a fixed order; nothing if it does not exist."""
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        return
    for entry in sorted(path.iterdir()):
        if entry.is_dir():
            if entry.name not in IGNORED_DIRECTORIES:
                yield from files_below(entry)
        elif entry.suffix not in IGNORED_SUFFIXES and entry.name not in IGNORED_NAMES and entry.is_file():
            yield entry


def key_of(root: Path, inputs: Iterable[str], *facts: str) -> str:
    """The key of what is made from the files at `inputs` (paths from `root`) and from `facts`."""
    digest = hashlib.sha256()
    for text in (RECIPE, *facts):
        digest.update(f"{len(text)}:{text}\n".encode())
    for name in inputs:
        for file in files_below(root / name):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(root)}:{len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:KEY_LENGTH]
