"""Every package of the lock files, with the licence that it says of itself."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

Ecosystem: TypeAlias = Literal["PyPI", "npm", "crates.io"]

# What set-up and tests bring in, and not what the services run on, is in the others.
REQUIREMENTS: Final = (
    "requirements.txt", "requirements-dev.txt", "requirements-clients.txt", "requirements-build.txt",
    "requirements-node.txt",
)  # fmt: skip
_PINNED: Final = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(\S+)", re.MULTILINE)
_CLASSIFIERS: Final = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
}
# Licences as packages wrote them before there were expressions.
_WORDS: Final = {
    "apache 2.0": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "bsd 2-clause license": "BSD-2-Clause",
    "mit license": "MIT",
}


class Package(NamedTuple):
    """One pinned package. `licence` is an SPDX expression, or what stands in its place; None for nothing."""

    ecosystem: Ecosystem
    name: str
    version: str
    licence: str | None

    def __str__(self) -> str:
        return f"{self.ecosystem} {self.name}"


class Unfinished(Exception):
    """Cargo does not say what the crates are."""


def packages(root: Path) -> list[Package]:
    """All that the lock files of a clone pin, each once.

    Cargo fetches what of the crates is not on this machine yet.

    Raises:
        OSError: a lock file, or cargo, is not there.
        Unfinished: cargo could not.
    """
    return sorted({*_python(root), *_npm(root), *_crates(root)})


def _python(root: Path) -> Iterator[Package]:
    for file in REQUIREMENTS:
        for name, version in _PINNED.findall((root / file).read_text("utf-8")):
            try:
                yield Package("PyPI", name, version, licence_of(metadata.metadata(name)))
            except metadata.PackageNotFoundError:
                # A tool for the build alone, which has an environment of its own.
                yield Package("PyPI", name, version, None)


def licence_of(found: metadata.PackageMetadata) -> str | None:
    """What a package's metadata says: an expression, classifiers that name licences, or a word."""
    classifiers = found.get_all("Classifier") or []
    named = sorted({_CLASSIFIERS[one] for one in classifiers if one in _CLASSIFIERS})
    (words, *_), (expression, *_) = (
        found.get_all(name) or [""] for name in ("License", "License-Expression")
    )
    # More than one word may be anything, also the whole text.
    word = _WORDS.get(words.strip().lower()) or (words if " " not in words.strip() else "")
    return expression or word or " OR ".join(named) or None


def _npm(root: Path) -> Iterator[Package]:
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))
    for place, entry in lock["packages"].items():
        _, inside, name = place.rpartition("node_modules/")
        if inside and not entry.get("link"):
            yield Package("npm", entry.get("name", name), entry["version"], entry.get("license"))


def _crates(root: Path) -> Iterator[Package]:
    told = subprocess.run(
        ["cargo", "metadata", "--format-version", "1", "--locked", "--all-features"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if told.returncode:
        raise Unfinished(told.stderr.strip())
    for package in json.loads(told.stdout)["packages"]:
        # Without a source it is one of our own.
        if package["source"]:
            licence = package["license"]
            yield Package(
                "crates.io", package["name"], package["version"], licence and licence.replace("/", " OR ")
            )
