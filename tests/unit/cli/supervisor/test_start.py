"""What an exchange that is ready says to whoever started it."""

from __future__ import annotations

import json
from pathlib import Path

from cse.cli.supervisor.start import _welcome
from cse.runtime.configuration import Configuration


def test_each_command_that_is_shown_names_the_data_directory(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    (secrets / "demo.json").write_text(json.dumps({"email": "demo@cse.example", "password": "secret"}))
    (secrets / "demo-operator.json").touch()
    lines = _welcome(Configuration(tmp_path), 1.0).splitlines()
    commands = [line for line in lines if "./cse " in line]
    assert len(commands) == 2
    assert all(f"--data {tmp_path}" in line for line in commands)
