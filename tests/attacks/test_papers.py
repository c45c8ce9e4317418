"""The papers on security name what is there, and every item of the standard once."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PAPERS: Final = sorted((ROOT / "docs" / "security").glob("*.md"))
_NAMED: Final = re.compile(
    r"`((?:tests|src|docs|web|clients|migrations)/[^`\s]+|[\w.-]+\.(?:toml|txt|md|lock|json|in))`"
)
_ITEM: Final = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
# How many items of levels 1 and 2 each chapter of ASVS 5.0.0 has.
ITEMS: Final = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29, 11: 14, 12: 9, 13: 13, 14: 9,
    15: 13, 16: 16, 17: 7,
}  # fmt: skip


@cache
def defined_in(path: Path) -> frozenset[str]:
    """Names of a file's functions."""
    return frozenset(
        node.name
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_what_a_paper_names_is_there(paper: Path) -> None:
    named = _NAMED.findall(paper.read_text("utf-8"))
    assert named
    for one in named:
        file, _, test = one.partition("::")
        assert (ROOT / file).exists(), one
        assert not test or test in defined_in(ROOT / file), one


def items() -> list[tuple[str, str, str, str, str]]:
    return _ITEM.findall((ROOT / "docs" / "security" / "asvs.md").read_text("utf-8"))


def test_every_item_of_the_standard_stands_in_its_paper_once() -> None:
    numbers = [number for number, *_ in items()]
    assert len(set(numbers)) == len(numbers)
    assert Counter(int(number.partition(".")[0]) for number in numbers) == ITEMS


def test_each_item_is_shown_left_out_for_a_reason_or_open() -> None:
    for number, _, words, state, where in items():
        assert state in {"done", "not applicable", "open"}, number
        assert words.strip() and where.strip(), number


def test_the_counts_of_the_standards_paper_are_those_of_its_items() -> None:
    counted = Counter(state for _, _, _, state, _ in items())
    (line,) = [
        line
        for line in (ROOT / "docs/security/asvs.md").read_text().splitlines()
        if line.startswith("| all |")
    ]
    assert line == f"| all | {counted['done']} | {counted['not applicable']} | {counted['open']} |"
