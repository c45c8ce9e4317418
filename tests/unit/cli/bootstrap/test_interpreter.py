"""The services' Python is one that can make environments and that their user can read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cse.cli.bootstrap import interpreter
from cse.cli.bootstrap.failure import SetupFailed
from cse.cli.bootstrap.interpreter import Interpreter
from cse.cli.bootstrap.places import Places


def places(home: Path, *, shared: bool) -> Places:
    home.mkdir(exist_ok=True)
    return Places(root=home, home=home, data=home / "data", shared=shared)


def offer(monkeypatch: pytest.MonkeyPatch, *offered: Interpreter) -> None:
    by_name = {str(one.executable): one for one in offered}
    monkeypatch.setattr(interpreter, "_candidates", lambda: list(by_name))
    monkeypatch.setattr(interpreter, "describe", by_name.get)


def python(path: Path, version: tuple[int, ...] = (3, 11, 7), *, complete: bool = True) -> Interpreter:
    path.mkdir(parents=True, exist_ok=True)
    (path / "python3").touch()
    return Interpreter(path / "python3", path, version, complete)


def test_the_running_interpreter_is_described() -> None:
    found = interpreter.describe(sys.executable)
    assert found is not None
    assert found.version == tuple(sys.version_info[:3])
    assert found.executable.exists()
    assert found.prefix.resolve() == Path(sys.base_prefix).resolve()


def test_what_does_not_run_is_no_interpreter() -> None:
    assert interpreter.describe("/nonexistent/python3") is None


def test_one_that_is_too_old_or_cannot_make_environments_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = python(tmp_path / "old", (3, 10, 13))
    bare = python(tmp_path / "bare", complete=False)
    good = python(tmp_path / "good")
    offer(monkeypatch, old, bare, good)
    assert interpreter.choose(places(tmp_path / "home", shared=False)) == good
    offer(monkeypatch, old, bare)
    with pytest.raises(SetupFailed, match="No Python") as failure:
        interpreter.choose(places(tmp_path / "home", shared=False))
    assert "python3-venv" in failure.value.remedy


def test_where_another_user_runs_the_services_one_is_taken_that_he_can_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    private, public = python(tmp_path / "private"), python(tmp_path / "public")
    offer(monkeypatch, private, public)
    monkeypatch.setattr(interpreter, "readable_by_all", lambda path: "public" in str(path))
    assert interpreter.choose(places(tmp_path / "home", shared=True)) == public
    assert interpreter.choose(places(tmp_path / "home", shared=False)) == private


def test_a_closed_directory_anywhere_above_makes_a_file_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "open" / "closed" / "file"
    file.parent.mkdir(parents=True)
    file.touch(0o644)
    assert interpreter.readable_by_all(Path("/usr/bin/env"))
    file.parent.chmod(0o700)
    assert not interpreter.readable_by_all(file)
    assert not interpreter.readable_by_all(tmp_path / "absent")


def test_the_choice_is_remembered_as_long_as_it_is_there(tmp_path: Path) -> None:
    here = places(tmp_path / "home", shared=False)
    assert interpreter.remembered(here) is None
    chosen = python(tmp_path / "python")
    interpreter.remember(here, chosen)
    assert interpreter.remembered(here) == chosen
    chosen.executable.unlink()
    assert interpreter.remembered(here) is None
    (here.home / interpreter.MEMORY).write_text("not json")
    assert interpreter.remembered(here) is None
