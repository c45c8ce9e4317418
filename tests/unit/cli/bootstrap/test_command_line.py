"""The script and what it hands on."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from cse.cli.bootstrap.main import NEEDS, option, wanted_by, with_absolute
from cse.cli.bootstrap.places import Places

ROOT = Path(__file__).parents[4]
REQUIREMENTS = sorted(ROOT.glob("requirements*.txt"))


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("up", None),
        ("up --data /srv/one", "/srv/one"),
        ("up --data=/srv/two --port 1", "/srv/two"),
        ("up --data one --data two", "two"),
        ("up --data", None),
    ],
)
def test_the_data_directory_is_read_off_the_line(line: str, value: str | None) -> None:
    assert option(line.split(), "--data") == value


def test_a_relative_data_directory_is_handed_on_as_an_absolute_one() -> None:
    there = Path("/srv/one")
    assert with_absolute(["up", "--data", "one", "--port", "1"], "--data", there) == [
        *("up", "--data", "/srv/one", "--port", "1")
    ]
    assert with_absolute(["up", "--data=one"], "--data", there) == ["up", "--data=/srv/one"]
    assert with_absolute(["up", "--data"], "--data", there) == ["up", "--data"]


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("", 0, "usage: ./cse COMMAND"),
        ("--help", 0, "replay"),
        ("upp", 2, "there is no command 'upp'"),
        ("doctor --help", 0, "--data"),
        ("up --help", 0, "--streams"),
        ("up --edges 2 -h", 0, "--no-robots"),
        ("test --help", 0, "--fast"),
        ("shots --help", 0, "--out"),
        ("doctor --port 1", 2, "unrecognized arguments: --port 1"),
    ],
)
def test_help_and_mistakes_cost_no_setup(tmp_path: Path, line: str, status: int, said: str) -> None:
    done = subprocess.run(
        [sys.executable, "-I", ROOT / "cse", *line.split()],
        env={"CSE_RUNTIME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, said in done.stdout + done.stderr) == (status, True)
    assert not (tmp_path / "home").exists()


def test_only_what_talks_to_a_running_exchange_does_without_the_newest_build() -> None:
    assert {name for name, needs in NEEDS.items() if not wanted_by(needs, [name]).current} == {
        "down", "status",
    }  # fmt: skip


def test_a_busy_port_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-I", ROOT / "cse", "up", "--port", str(port), "--data", tmp_path / "data"],
            env={"CSE_RUNTIME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, f"Port {port} of 127.0.0.1 is in use" in done.stderr) == (1, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("up", True),
        ("test", True),
        ("test --long", True),
        ("test --fast", False),
        ("test tests/unit", False),
        ("test tests/browser -x", True),
        ("status", False),
        ("admin asset", False),
    ],
)
def test_the_web_app_is_built_for_who_shows_it(
    monkeypatch: pytest.MonkeyPatch, line: str, wanted: bool
) -> None:
    monkeypatch.delenv("CSE_WEB", raising=False)
    arguments = line.split()
    assert wanted_by(NEEDS[arguments[0]], arguments).web is wanted
    monkeypatch.setenv("CSE_WEB", "/srv/site")
    assert wanted_by(NEEDS[arguments[0]], arguments).web is False


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("test", True),
        ("test tests/browser -x", True),
        ("test --fast", False),
        ("test tests/unit", False),
        ("shots", False),
        ("generate", True),
    ],
)
def test_tests_of_pages_find_the_workspace_that_they_were_built_in(line: str, wanted: bool) -> None:
    arguments = line.split()
    assert wanted_by(NEEDS[arguments[0]], arguments).workspace is wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("test", True),
        ("test --long", True),
        ("test --fast", False),
        ("test tests/unit", False),
        ("test tests/mutants -x", True),
        ("generate", False),
        ("up", False),
    ],
)
def test_a_core_with_faults_is_built_for_the_tests_of_tests(line: str, wanted: bool) -> None:
    arguments = line.split()
    assert wanted_by(NEEDS[arguments[0]], arguments).mutants is wanted


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("test", False),
        ("test --long", True),
        ("test --fast --long", False),
        ("test --long tests/unit", False),
        ("test tests/integration/edge/test_freqtrade.py", False),
        ("test --long tests/integration/edge/test_freqtrade.py", True),
        ("up", False),
    ],
)
def test_a_bot_is_set_up_for_wide_runs_alone(line: str, wanted: bool) -> None:
    arguments = line.split()
    assert wanted_by(NEEDS[arguments[0]], arguments).bot is wanted


def test_what_root_makes_lies_outside_the_clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CSE_DATA", raising=False)
    monkeypatch.delenv("CSE_RUNTIME", raising=False)
    monkeypatch.setattr("os.geteuid", lambda: 0)
    root = Places.of_this_machine(tmp_path)
    assert (str(root.home), str(root.data)) == ("/var/lib/cs-exchange/runtime", "/var/lib/cs-exchange/data")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    person = Places.of_this_machine(tmp_path)
    assert (person.home, person.data) == (tmp_path / ".cse", tmp_path / "data")
    assert Places.of_this_machine(tmp_path, "there").data == Path.cwd() / "there"


def test_the_setup_needs_nothing_but_the_standard_library() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import cse.cli.bootstrap.main"
    subprocess.run([sys.executable, "-I", "-S", "-c", code, str(ROOT / "src")], check=True)


def test_requirements_are_pinned_with_hashes_and_name_no_host() -> None:
    assert REQUIREMENTS
    for file in REQUIREMENTS:
        text = file.read_text()
        assert not re.search(r"https?:|^--|file://", text, re.MULTILINE), file.name
        pins = re.findall(r"^\S+==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
        assert len(pins) == len(re.findall(r"^[A-Za-z]", text, re.MULTILINE)) > 0, file.name


def test_every_requirement_asked_for_is_pinned_at_that_version() -> None:
    for file in REQUIREMENTS:
        pinned = dict(re.findall(r"^(\S+?)==(\S+)", file.read_text(), re.MULTILINE))
        asked = re.findall(r"^([\w-]+)(?:\[\w+\])?==(\S+)", file.with_suffix(".in").read_text(), re.MULTILINE)
        assert asked
        for name, version in asked:
            assert pinned.get(name) == version, f"{file.name}: {name}"
