"""Whether a package's licence is one that the project allows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from cse.cli.dependencies.inventory import Package

FILE: Final = "licences.toml"
_TOKEN: Final = re.compile(r"\(|\)|[^\s()]+")


@dataclass(frozen=True)
class Rules:
    """What `licences.toml` says."""

    allowed: frozenset[str]
    stated: Mapping[str, str] = field(default_factory=dict)
    accepted: Mapping[str, str] = field(default_factory=dict)
    ignored: Mapping[str, date] = field(default_factory=dict)


def read_rules(root: Path) -> Rules:
    """The rules of a clone."""
    found = tomllib.loads((root / FILE).read_text("utf-8"))
    ignored = {one["advisory"]: one["until"] for one in found.get("ignored", ()) if one["reason"]}
    return Rules(frozenset(found["allowed"]), found["stated"], found["accepted"], ignored)


def refused(found: Sequence[Package], rules: Rules) -> list[str]:
    """A line for each package that may not be used, and for each rule that no package needs."""
    lines, used = [], set()
    for package in found:
        if str(package) in rules.stated:
            used.add(str(package))
        licence = rules.stated.get(str(package), package.licence)
        if licence is None:
            lines.append(f"{package}: it says no licence")
            continue
        taken = {rule for rule in rules.accepted if fnmatchcase(f"{_word(rule)} {package}", rule)}
        granted = rules.allowed | {_word(rule) for rule in taken}
        if not is_satisfied(licence, granted):
            lines.append(f"{package}: {licence} is not among the licences in {FILE}")
        elif not is_satisfied(licence, rules.allowed):
            used |= taken
    unused = sorted((rules.stated.keys() | rules.accepted.keys()) - used)
    return lines + [f"{FILE} names {rule}, which is not used" for rule in unused]


def is_satisfied(expression: str, allowed: frozenset[str]) -> bool:
    """Whether some choice that an SPDX expression leaves is allowed; of AND both must be."""
    tokens = _TOKEN.findall(expression)
    position = 0

    def take() -> str:
        nonlocal position
        position += 1
        return tokens[position - 1] if position <= len(tokens) else ""

    def follows(word: str) -> bool:
        return position < len(tokens) and tokens[position].upper() == word

    def one() -> bool:
        name = take()
        if name == "(":
            inside = either()
            return take() == ")" and inside
        if follows("WITH"):
            take()
            name = f"{name} WITH {take()}"
        return name in allowed

    def both() -> bool:
        found = one()
        while follows("AND"):
            take()
            found = one() and found
        return found

    def either() -> bool:
        found = both()
        while follows("OR"):
            take()
            found = both() or found
        return found

    return either() and position == len(tokens)


def _word(rule: str) -> str:
    return rule.partition(" ")[0]


def lines_of(found: Sequence[Package], rules: Rules) -> Iterator[str]:
    """The inventory, a line a package: where from, name, version and licence."""
    for package in found:
        licence = rules.stated.get(str(package), package.licence) or "not installed here"
        yield f"{package.ecosystem}\t{package.name}\t{package.version}\t{licence}"
