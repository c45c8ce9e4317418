"""What is wrong is said in a sentence, with the one thing that helps."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from cse.cli.bootstrap import doctor
from cse.cli.bootstrap.doctor import Finding
from cse.cli.bootstrap.places import Places
from cse.cli.supervisor import data_directory


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(root=tmp_path, home=tmp_path / "home", data=tmp_path / "data", shared=False)


def bad(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if not finding.well]


def test_a_data_directory_that_is_not_there_yet_is_well(places: Places) -> None:
    assert not bad(list(doctor.check_data(places)))


def test_a_data_directory_of_this_format_is_well(places: Places) -> None:
    data_directory.open_data(places.data)
    found = list(doctor.check_data(places))
    kept = f"The data directory {places.data}: format {data_directory.FORMAT}"
    assert [finding.sentence for finding in found] == [kept]


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [("format", "9\n", "has format 9"), ("letters.txt", "private", "holds no exchange")],
)
def test_a_data_directory_that_is_not_ours_is_named(
    places: Places, file: str, content: str, sentence: str
) -> None:
    places.data.mkdir()
    (places.data / file).write_text(content)
    (found,) = bad(list(doctor.check_data(places)))
    assert sentence in found.sentence
    assert "--data" in found.remedy


def test_a_path_too_long_for_sockets_is_named(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 100)
    found = bad(list(doctor.check_data(Places(tmp_path, tmp_path, long, shared=False))))
    assert "too long" in found[0].sentence
    with pytest.raises(data_directory.UnusableData, match="too long"):
        data_directory.open_data(long)


def test_a_busy_port_is_named_with_another_one(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        monkeypatch.setattr(doctor, "DEFAULT_PORT", other.getsockname()[1])
        (found,) = bad(list(doctor.check_running(places)))
    assert "in use by another program" in found.sentence
    assert found.remedy.startswith("./cse up --port")


def test_a_service_that_is_not_ready_is_named_with_its_log(places: Places) -> None:
    run = places.data / "run"
    run.mkdir(parents=True)
    services = [
        {"name": "migrations", "state": "done", "pid": None, "restarts": 0},
        {"name": "leader", "state": "ready", "pid": 1, "restarts": 0},
        {"name": "ledger", "state": "backing off", "pid": None, "restarts": 7},
    ]
    state = {"pid": os.getpid(), "url": "http://127.0.0.1:8000", "services": services}
    (run / "supervisor.json").write_text(json.dumps(state))
    (found,) = bad(list(doctor.check_running(places)))
    assert found.sentence == "ledger: backing off, 7 restarts"
    assert found.remedy == f"tail -n 50 {places.data / 'logs' / 'ledger.log'}"


def test_a_full_disk_is_named(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "DISK_FREE_BYTES_MIN", 1 << 60)
    assert "GiB free at" in bad(list(doctor.check_room(places)))[0].sentence
