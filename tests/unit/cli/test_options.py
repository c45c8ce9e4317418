"""Where a command finds the exchange that it is about."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import pytest

from cse.cli.options import add_data, add_url, url_of
from cse.cli.supervisor import running

AT_8001 = "http://127.0.0.1:8001"


def options_of(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_data(parser)
    add_url(parser)
    return parser.parse_args(arguments)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory on which an exchange runs at port 8001."""
    run = tmp_path / "run"
    run.mkdir()
    (run / running.STATE).write_text(json.dumps({"pid": os.getpid(), "url": AT_8001}))
    return tmp_path


def test_it_is_the_one_on_the_data_directory(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cse.cli.options.is_running", lambda run: run == data / "run")
    assert url_of(options_of("--data", str(data))) == AT_8001


def test_an_address_goes_before_a_directory(data: Path) -> None:
    assert url_of(options_of("--data", str(data), "--url", "http://10.0.0.1:90/")) == "http://10.0.0.1:90"


def test_where_none_runs_it_is_where_one_would(data: Path) -> None:
    assert url_of(options_of("--data", str(data))) == "http://127.0.0.1:8000"
