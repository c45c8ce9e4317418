"""The data directory: made when it is not there, and taken only when its format and profile are right."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

# Another number with every change of a layout of the journal, the events or the snapshots.
FORMAT: Final = "4"
SUBDIRECTORIES: Final = ("journal", "events", "snapshots", "secrets", "logs", "run", "guards")
# A unix socket's path has at most 107 bytes.
PATH_BYTES_MAX: Final = 107 - len("/run/marketdata.health")
_FORMAT_FILE: Final = "format"
_PROFILE_FILE: Final = "profile"


class UnusableData(RuntimeError):
    """The directory cannot hold the exchange's data; the message says why and what helps."""


def open_data(data: Path, profile: str = "demo") -> None:
    """Makes or checks the data directory, which is of one profile for ever.

    Raises:
        UnusableData: it is not ours, of another format or profile, or its path is too long.
    """
    if len(os.fsencode(data)) > PATH_BYTES_MAX:
        raise UnusableData(
            f"The path {data} is too long for the sockets in it: at most {PATH_BYTES_MAX} bytes."
            " Name a shorter one with --data."
        )
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        _check_format(data, profile)
        for name in SUBDIRECTORIES:
            (data / name).mkdir(mode=0o700, exist_ok=True)
        for directory in (data, *(data / name for name in SUBDIRECTORIES)):
            _refuse_other_writers(directory)
    except OSError as error:
        raise UnusableData(f"{error.filename} cannot be used: {error.strerror}.") from error


def _refuse_other_writers(directory: Path) -> None:
    """Whoever can write here can do anything: put a key or a socket of his own in the place of ours."""
    if directory.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise UnusableData(
            f"Others than its owner may write in {directory}. What helps: chmod go-w {directory}"
        )


def _check_format(data: Path, profile: str) -> None:
    kept = data / _FORMAT_FILE
    if kept.exists():
        found = kept.read_text().strip()
        if found != FORMAT:
            raise UnusableData(
                f"{data} has data format {found}, and this build knows format {FORMAT}."
                " Name another directory with --data."
            )
        _check_profile(data, profile)
        return
    # Something else lies here: nobody's files are to be mixed with the exchange's.
    if any(entry.name not in ("run", "logs", _PROFILE_FILE) for entry in data.iterdir()):
        raise UnusableData(f"{data} is not empty and holds no exchange. Name another directory with --data.")
    # The format last: without it the directory counts as nobody's.
    (data / _PROFILE_FILE).write_text(f"{profile}\n")
    kept.write_text(f"{FORMAT}\n")


def _check_profile(data: Path, profile: str) -> None:
    """Play money must never become money, and a faucet never give any that is none of its own."""
    kept = data / _PROFILE_FILE
    # Before this was noted there was only play money.
    found = kept.read_text().strip() if kept.exists() else "demo"
    if found != profile:
        raise UnusableData(
            f"{data} holds an exchange of the profile {found}, and {profile} was asked for."
            f" Name another directory with --data, or --profile {found}."
        )
