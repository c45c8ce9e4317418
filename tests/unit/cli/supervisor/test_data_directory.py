"""The data directory is made for its owner alone, and taken only like that."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from cse.cli.supervisor.data_directory import SUBDIRECTORIES, UnusableData, open_data
from cse.runtime.configuration import Profile


def test_it_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    data = tmp_path / "data"
    open_data(data)
    open_data(data)
    for directory in (data, *(data / name for name in SUBDIRECTORIES)):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700


@pytest.mark.parametrize("place", [".", *SUBDIRECTORIES])
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o1777])
def test_one_in_which_others_may_write_is_refused(tmp_path: Path, place: str, mode: int) -> None:
    data = tmp_path / "data"
    open_data(data)
    (data / place).chmod(mode)
    with pytest.raises(UnusableData, match="chmod go-w"):
        open_data(data)


def test_one_that_others_may_read_is_taken(tmp_path: Path) -> None:
    data = tmp_path / "data"
    open_data(data)
    data.chmod(0o750)
    open_data(data)
    # It is taken as it is: who may read is the owner's choice.
    assert stat.S_IMODE(data.stat().st_mode) == 0o750


@pytest.mark.parametrize(
    ("made", "asked"), [("demo", "production"), ("production", "demo"), (None, "production")]
)
def test_one_of_another_profile_is_refused(tmp_path: Path, made: Profile | None, asked: Profile) -> None:
    data = tmp_path / "data"
    open_data(data, made or "demo")
    if made is None:
        (data / "profile").unlink()
    with pytest.raises(UnusableData, match=f"profile {made or 'demo'}, and {asked}"):
        open_data(data, asked)
    open_data(data, made or "demo")


def test_a_start_that_was_cut_off_leaves_no_profile_behind(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    (data / "profile").write_text("demo\n")
    open_data(data, "production")
    assert (data / "profile").read_text() == "production\n"
