"""What may be used, by what packages say of their licences."""

from __future__ import annotations

from email.message import Message
from pathlib import Path
from typing import Any, cast

import pytest

from cse.cli.dependencies.inventory import Package, licence_of, packages
from cse.cli.dependencies.licences import Rules, is_satisfied, read_rules, refused

ROOT = Path(__file__).parents[4]
ALLOWED = frozenset({"MIT", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-3-Clause"})


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("MIT", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("MIT AND Apache-2.0", True),
        ("MIT OR Apache-2.0 AND GPL-3.0-only", True),
        ("(MIT OR Apache-2.0) AND GPL-3.0-only", False),
        ("(GPL-2.0-only OR MIT) AND BSD-3-Clause", True),
        ("Apache-2.0 WITH LLVM-exception OR GPL-2.0-only", True),
        ("MIT WITH something-else", False),
        ("mit or apache-2.0", False),
        ("", False),
        ("(MIT", False),
        ("MIT)", False),
        ("MIT MIT", False),
        ("AND", False),
        ("See the file", False),
    ],
)
def test_an_expression_leaves_a_choice_or_demands_both(expression: str, expected: bool) -> None:
    assert is_satisfied(expression, ALLOWED) == expected


RULES = Rules(
    ALLOWED,
    stated={"PyPI silent": "MIT"},
    accepted={"LGPL-3.0-only PyPI driver": "imported", "LGPL-3.0-or-later npm @img/*": "optional"},
)
USED = [
    Package("PyPI", "silent", "1", None),
    Package("PyPI", "driver", "1", "LGPL-3.0-only"),
    Package("npm", "@img/linux", "1", "Apache-2.0 AND LGPL-3.0-or-later"),
]


@pytest.mark.parametrize(
    ("package", "said"),
    [
        (Package("PyPI", "plain", "1", "MIT"), None),
        (Package("crates.io", "viral", "1", "AGPL-3.0-only"), "crates.io viral: AGPL-3.0-only"),
        (Package("npm", "mute", "1", None), "npm mute: it says no licence"),
        # An exception is for one package, of one ecosystem, and for one licence.
        (Package("npm", "driver", "1", "LGPL-3.0-only"), "npm driver: LGPL-3.0-only"),
        (Package("PyPI", "driver2", "1", "LGPL-3.0-only"), "PyPI driver2: LGPL-3.0-only"),
        (Package("PyPI", "driver", "2", "GPL-3.0-only"), "PyPI driver: GPL-3.0-only"),
    ],
)
def test_a_package_is_refused_by_name(package: Package, said: str | None) -> None:
    lines = refused([*USED, package], RULES)
    assert len(lines) == (said is not None)
    assert said is None or lines[0].startswith(said)


def test_a_rule_that_no_package_needs_is_named() -> None:
    (line,) = refused(USED[1:], RULES)
    assert "PyPI silent, which is not used" in line


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ({"License-Expression": "MIT OR Apache-2.0", "License": "x"}, "MIT OR Apache-2.0"),
        ({"License": "BSD-3-Clause"}, "BSD-3-Clause"),
        ({"License": "MIT License"}, "MIT"),
        ({"License": "GPL v3 or so", "Classifier": "License :: OSI Approved :: MIT License"}, "MIT"),
        ({"License": "The whole\ntext"}, None),
        ({"Classifier": "License :: OSI Approved :: BSD License"}, None),
        ({}, None),
    ],
)
def test_metadata_says_it_in_one_way_or_another(fields: dict[str, str], licence: str | None) -> None:
    found = Message()
    for name, value in fields.items():
        found[name] = value
    assert licence_of(cast(Any, found)) == licence


def test_the_rules_of_this_project_allow_nothing_that_would_bind_it() -> None:
    rules = read_rules(ROOT)
    assert not {licence for licence in rules.allowed if "GPL" in licence}
    assert not [rule for rule in rules.accepted if rule.startswith(("GPL", "AGPL"))]


def test_the_inventory_has_all_three_lock_files() -> None:
    assert {package.ecosystem for package in packages(ROOT)} == {"PyPI", "npm", "crates.io"}
