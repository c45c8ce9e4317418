"""A service's log: one file at a time, a few older ones, and what a full disk does to it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cse.cli.supervisor.log import FILES_KEPT, ServiceLog, Terminal


class Screen(Terminal):
    """A terminal whose lines can be read."""

    def __init__(self) -> None:
        self.shown = io.StringIO()
        super().__init__(self.shown, everything=False)

    def lines(self) -> list[str]:
        return self.shown.getvalue().splitlines()


def messages_of(path: Path) -> list[str]:
    return [json.loads(line)["message"] for line in path.read_text().splitlines()]


def test_the_oldest_lines_go_and_the_newest_stay(tmp_path: Path) -> None:
    log = ServiceLog(tmp_path, "edge", Screen(), bytes_max=300)
    for number in range(100):
        log.write(f"line {number}")
    log.close()
    assert len(list(tmp_path.iterdir())) == FILES_KEPT + 1
    assert messages_of(tmp_path / "edge.log")[-1] == "line 99"
    older = [messages_of(tmp_path / f"edge.log.{number}") for number in range(1, FILES_KEPT + 1)]
    told = [message for part in reversed(older) for message in part] + messages_of(log.path)
    assert told == [f"line {number}" for number in range(100 - len(told), 100)]


def test_a_disk_that_is_full_at_the_wrong_moment_costs_lines_and_no_older_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = Screen()
    log = ServiceLog(tmp_path, "edge", screen, bytes_max=300)
    for number in range(10):
        log.write(f"line {number}")
    before = sorted(path.name for path in tmp_path.iterdir())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", full)
        for number in range(20):
            log.write(f"lost {number}")
    assert len([line for line in screen.lines() if "cannot be written" in line]) == 1
    log.write("room again")
    log.close()
    assert messages_of(log.path)[-1] == "room again"
    assert before[0] in (names := sorted(path.name for path in tmp_path.iterdir()))
    assert len(names) <= len(before) + 1
