"""The lints of the core and its books refuse what would make them no function of their commands."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

pytestmark = pytest.mark.slow

EXTERN = "extern crate std;\n"
PLANTED = {
    "float arithmetic": (
        "/// Half of a number.\npub fn half(of: u32) -> u32 { (of as f64 / 2.0) as u32 }\n",
        "floating-point arithmetic detected",
    ),
    "a float in a structure": (
        "/// A price.\npub struct Price {\n    /// In quote.\n    pub of: f32,\n}\n",
        "use of a disallowed type `f32`",
    ),
    "a clock": (
        "/// Now.\npub fn now() -> u128 { std::time::Instant::now().elapsed().as_micros() }\n",
        "use of a disallowed method `std::time::Instant::now`",
    ),
    "a wall clock": (
        "/// Whether it is late.\npub fn is_late() -> bool { std::time::SystemTime::now() > std::time::UNIX_EPOCH }\n",
        "use of a disallowed method `std::time::SystemTime::now`",
    ),
    "randomness": (
        "use core::hash::BuildHasher;\n/// A number.\n"
        "pub fn number() -> u64 { std::hash::RandomState::new().hash_one(1) }\n",
        "RandomState`",
    ),
    "a map of random order": (
        "/// Prices.\npub type Prices = std::collections::HashMap<u64, u64>;\n",
        "use of a disallowed type `std::collections::HashMap`",
    ),
    "a set of random order": (
        "/// Levels.\npub type Levels = std::collections::HashSet<u64>;\n",
        "use of a disallowed type `std::collections::HashSet`",
    ),
}
# Complained of before the rest is looked at.
UNSAFE = "/// The first byte.\npub fn first(of: &[u8]) -> u8 { unsafe { *of.get_unchecked(0) } }\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the Rust workspace, to plant things in."""
    copy = tmp_path_factory.mktemp("workspace")
    for name in ("Cargo.toml", "Cargo.lock"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "crates", copy / "crates", ignore=shutil.ignore_patterns("target"))
    yield copy
    shutil.rmtree(copy)


@pytest.mark.parametrize("crate", ["core", "book"])
def test_as_it_is_nothing_is_complained_of(workspace: Path, crate: str) -> None:
    assert complaints(workspace, crate, "") == ""


@pytest.mark.parametrize("crate", ["core", "book"])
def test_each_thing_that_is_planted_is_complained_of(workspace: Path, crate: str) -> None:
    found = complaints(workspace, crate, EXTERN + "".join(code for code, _ in PLANTED.values()))
    assert [what for what, (_, complaint) in PLANTED.items() if complaint not in found] == []
    assert "unsafe_code" in complaints(workspace, crate, UNSAFE)


def complaints(workspace: Path, crate: str, planted: str) -> str:
    """What the compiler and its lints say of a crate with something planted at its end."""
    library = workspace / "crates" / crate / "src" / "lib.rs"
    original = library.read_text()
    library.write_text(original + planted)
    try:
        checked = subprocess.run(
            ["cargo", "clippy", "--quiet", "--package", f"cse-{crate}", "--", "--deny", "warnings"],
            cwd=workspace,
            env={**os.environ, "CARGO_TARGET_DIR": str(workspace / "target")},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        library.write_text(original)
    assert (checked.returncode == 0) == (checked.stderr == ""), checked.stderr
    return checked.stderr
