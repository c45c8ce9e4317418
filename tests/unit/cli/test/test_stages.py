"""What each suite is given to read."""

from __future__ import annotations

from pathlib import Path

from cse.cli.test.stages import python, with_servers

SLOW = "import pytest\n\npytestmark = pytest.mark.slow\n"


def test_what_starts_servers_is_found_by_its_folder_or_because_it_says_so(tmp_path: Path) -> None:
    files = {
        "tests/unit/test_quick.py": "def test_nothing() -> None: ...\n",
        "tests/unit/test_one.py": "import pytest\n\n@pytest.mark.slow\ndef test_nothing() -> None: ...\n",
        "tests/simulation/test_days.py": SLOW,
        "tests/simulation/days.py": SLOW,
        "tests/integration/edge/test_orders.py": "",
        "tests/browser/test_pages.py": SLOW,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    assert with_servers(tmp_path) == [
        "tests/e2e", "tests/simulation/test_days.py", "tests/unit/test_one.py", "tests/integration",
    ]  # fmt: skip


def test_together_the_suites_read_every_test() -> None:
    root = Path(__file__).parents[4]
    (alone,), (servers, browser) = python(root, Path("reports"), [], fast=False, long=False)
    left_out = {word.partition("=")[2] for word in alone[0].command if word.startswith("--ignore=")}
    given = {word for one in (servers[0], browser[0]) for word in one.command if word.startswith("tests/")}
    assert left_out <= given
    assert all((root / place).exists() for place in given)


def test_a_long_run_keeps_the_browser_apart() -> None:
    *_, ((long,),), ((browser,),) = python(Path(), Path("reports"), [], fast=True, long=True)
    assert "--ignore=tests/browser" in long.command
    assert browser.command[-1] == "tests/browser"
