"""A person sees which step runs and, when it fails, why."""

from __future__ import annotations

import sys
from io import StringIO
from pathlib import Path

import pytest

from cse.cli.bootstrap.failure import SetupFailed
from cse.cli.bootstrap.progress import Progress


class Screen(StringIO):
    """A terminal, so that lines move."""

    def isatty(self) -> bool:
        return True


def test_without_a_terminal_each_step_begins_and_ends_with_a_line(tmp_path: Path) -> None:
    screen = StringIO()
    progress = Progress(2, tmp_path / "log", screen)
    for title in ("First", "Second"):
        progress.begin(title)
        progress.run([sys.executable, "-c", "print('hello')"])
        progress.end()
    lines = screen.getvalue().splitlines()
    assert [line.partition(" in ")[0] for line in lines] == [
        "[1/2] First ...",
        "[1/2] First: done",
        "[2/2] Second ...",
        "[2/2] Second: done",
    ]
    assert (tmp_path / "log").read_text().count("hello\n") == 2


def test_on_a_terminal_the_line_moves_and_shows_what_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cse.cli.bootstrap.progress.REDRAW_S", 0.0)
    screen = Screen()
    progress = Progress(3, tmp_path / "log", screen)
    progress.begin("Building")
    progress.run([sys.executable, "-c", "print('Compiling core', flush=True)"])
    progress.end()
    shown = screen.getvalue()
    assert "\r\x1b[2K" in shown
    assert "[1/3] Building  0 s  Compiling core" in shown


def test_a_failed_program_is_shown_with_the_end_of_its_output(tmp_path: Path) -> None:
    progress = Progress(1, tmp_path / "log", StringIO())
    progress.begin("Building")
    with pytest.raises(SetupFailed, match=r"Building failed(?s:.)*\| linker not found"):
        progress.run([sys.executable, "-c", "print('linker not found'); raise SystemExit(1)"])


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    progress = Progress(1, tmp_path / "log", StringIO())
    progress.begin("Building")
    with pytest.raises(SetupFailed, match="/nonexistent/tool cannot be started"):
        progress.run(["/nonexistent/tool"])
