"""cargo is found and works whatever HOME is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cse.cli.bootstrap import toolchain
from cse.cli.bootstrap.failure import SetupFailed


def program(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "Cargo.toml").write_text('[workspace.package]\nrust-version = "1.90"\n')
    return clone


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without any toolchain of its own, and with an empty HOME."""
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "empty"))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("CARGO_HOME", raising=False)
    monkeypatch.delenv("RUSTUP_HOME", raising=False)
    monkeypatch.setattr(toolchain, "_homes", lambda: [tmp_path / "empty"])


@pytest.mark.usefixtures("bare")
def test_a_missing_cargo_is_named_with_the_command_that_brings_it(root: Path, tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match=r"No cargo of version 1\.90 or newer") as failure:
        toolchain.find_toolchain(root, tmp_path / "home")
    assert "install" in failure.value.remedy


@pytest.mark.usefixtures("bare")
def test_a_missing_compiler_is_named_with_the_command_that_brings_it() -> None:
    with pytest.raises(SetupFailed, match="No C compiler") as failure:
        toolchain.find_compiler()
    assert "apt-get install --yes gcc libc6-dev" in failure.value.remedy


@pytest.mark.usefixtures("bare")
def test_an_old_cargo_is_passed_over_for_a_newer_one(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = program(tmp_path / "old" / "cargo", "echo 'cargo 1.66.0'")
    new = program(tmp_path / "new" / "cargo", "echo 'cargo 1.96.0 (abc 2026-01-01)'")
    monkeypatch.setenv("PATH", f"{old.parent}{os.pathsep}{new.parent}")
    found = toolchain.find_toolchain(root, tmp_path / "home")
    assert (found.cargo, found.version) == (new, "1.96.0")
    # The build finds this toolchain's other programs before any other's.
    assert found.environment["PATH"].split(os.pathsep)[0] == str(new.parent)


@pytest.mark.usefixtures("bare")
def test_an_old_cargo_alone_is_named(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = program(tmp_path / "old" / "cargo", "echo 'cargo 1.66.0'")
    monkeypatch.setenv("PATH", str(old.parent))
    with pytest.raises(SetupFailed, match=r"cargo is 1\.66\.0"):
        toolchain.find_toolchain(root, tmp_path / "home")


@pytest.mark.usefixtures("bare")
def test_a_proxy_of_rustup_is_led_to_the_toolchains_beside_it(root: Path, tmp_path: Path) -> None:
    cargo = program(tmp_path / "someone" / ".cargo" / "bin" / "cargo", "exit 1")
    program(cargo.with_name("rustup"), "exit 1")
    (tmp_path / "someone" / ".rustup" / "toolchains").mkdir(parents=True)
    environment = toolchain.cargo_environment(cargo, tmp_path / "home")
    assert environment["RUSTUP_HOME"] == str(tmp_path / "someone" / ".rustup")


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize(
    ("home", "cargo_home"),
    [("", "made/cargo"), ("/nonexistent", "made/cargo"), ("{tmp}/empty", "empty/.cargo")],
)
def test_the_registry_cache_goes_where_it_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str, cargo_home: str
) -> None:
    monkeypatch.setenv("HOME", home.format(tmp=tmp_path))
    environment = toolchain.cargo_environment(Path("/usr/bin/cargo"), tmp_path / "made")
    assert environment["CARGO_HOME"] == str(tmp_path / cargo_home)
    assert "RUSTUP_HOME" not in environment


@pytest.mark.usefixtures("bare")
def test_what_the_person_has_set_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARGO_HOME", "/their/cargo")
    monkeypatch.setenv("RUSTUP_HOME", "/their/rustup")
    environment = toolchain.cargo_environment(Path("/usr/bin/cargo"), tmp_path)
    assert (environment["CARGO_HOME"], environment["RUSTUP_HOME"]) == ("/their/cargo", "/their/rustup")
