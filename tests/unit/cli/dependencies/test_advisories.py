"""What is known against packages: an advisory fails, and silence is no all-clear."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cse.cli.dependencies import command
from cse.cli.dependencies.advisories import NotAnswered, concerning, known_against
from cse.cli.dependencies.inventory import Package
from cse.cli.test.stages import Stage
from cse.cli.test.totals import Totals

GOOD, BAD = Package("PyPI", "good", "1.0", "MIT"), Package("crates.io", "bad", "0.2.1", "MIT")
KNOWN = {"results": [{}, {"vulns": [{"id": "RUSTSEC-2026-0001", "modified": "..."}]}]}


def answering(*answers: Any) -> tuple[Callable[[bytes], bytes], list[Any]]:
    asked: list[Any] = []
    left = list(answers)

    def ask(body: bytes) -> bytes:
        asked.append(json.loads(body)["queries"])
        return json.dumps(left.pop(0)).encode()

    return ask, asked


def test_each_package_is_asked_about_by_its_version() -> None:
    ask, asked = answering(KNOWN)
    assert known_against([GOOD, BAD], ask) == {BAD: ["RUSTSEC-2026-0001"]}
    assert asked == [
        [
            {"package": {"name": "good", "ecosystem": "PyPI"}, "version": "1.0"},
            {"package": {"name": "bad", "ecosystem": "crates.io"}, "version": "0.2.1"},
        ]
    ]


def test_what_comes_in_pages_is_asked_for_to_its_end() -> None:
    first = {"results": [{"vulns": [{"id": "A"}], "next_page_token": "more"}]}
    ask, asked = answering(first, {"results": [{"vulns": [{"id": "B"}]}]})
    assert known_against([BAD], ask) == {BAD: ["A", "B"]}
    assert asked[1][0]["page_token"] == "more"


@pytest.mark.parametrize("answer", [{}, {"results": []}, {"results": None}, [], "no"])
def test_an_answer_to_something_else_is_none(answer: Any) -> None:
    with pytest.raises(NotAnswered):
        known_against([GOOD, BAD], answering(answer)[0])


def test_who_cannot_be_reached_has_said_nothing() -> None:
    def away(_: bytes) -> bytes:
        raise ConnectionRefusedError

    with pytest.raises(NotAnswered):
        known_against([GOOD], away)


@pytest.mark.parametrize(("today", "lines"), [(date(2026, 1, 30), 0), (date(2026, 1, 31), 1)])
def test_an_advisory_is_ignored_until_a_day_and_no_longer(today: date, lines: int) -> None:
    ignored = {"RUSTSEC-2026-0001": date(2026, 1, 31)}
    assert len(concerning({BAD: ["RUSTSEC-2026-0001"]}, ignored, today)) == lines
    assert len(concerning({BAD: ["RUSTSEC-2026-0002"]}, ignored, today)) == 1


@pytest.mark.parametrize(
    ("known", "status", "totals"),
    [
        ({}, 0, Totals(passed=1)),
        ({BAD: ["RUSTSEC-2026-0001"]}, 1, Totals(failed=1)),
        (None, command.NOT_ASKED, Totals(skipped=1)),
    ],
)
def test_the_suite_fails_for_an_advisory_and_not_for_a_network(
    known: dict[Package, list[str]] | None,
    status: int,
    totals: Totals,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    def answer(_: object) -> dict[Package, list[str]]:
        if known is None:
            raise NotAnswered("nobody is there")
        return known

    monkeypatch.setattr(command, "packages", lambda _: [GOOD, BAD])
    monkeypatch.setattr(command, "known_against", answer)
    assert command.main(["--advisories"]) == status
    stage = Stage("advisories", ("sh", "-c", f"exit {status}"), without=frozenset({command.NOT_ASKED}))
    assert stage.run(tmp_path) == totals
