"""What reaches a log, and what must not."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from cse.runtime.telemetry import REDACTED, redact


@pytest.mark.parametrize(
    "key",
    ["password", "access_token", "refresh_token", "Authorization", "Set-Cookie", "client_secret"]
    + ["private_key", "api_key", "totp", "DATABASE_URL", "seed_phrase"],
)
def test_a_secret_is_left_out_by_its_key(key: str) -> None:
    assert redact(None, "", {key: "hunter2"}) == {key: REDACTED}


@pytest.mark.parametrize("key", ["order_id", "account", "event", "email_verified", "sequence"])
def test_everything_else_stays(key: str) -> None:
    assert redact(None, "", {key: "value"}) == {key: "value"}


def test_depth_does_not_matter() -> None:
    event: dict[str, Any] = {"request": {"headers": [{"cookie": "a=b", "host": "x"}]}}
    assert redact(None, "", event) == {"request": {"headers": [{"cookie": REDACTED, "host": "x"}]}}


def test_a_password_within_an_address_is_left_out() -> None:
    event = redact(None, "", {"event": "cannot reach postgresql://cse:hunter2@db:5432/cse"})
    assert event == {"event": f"cannot reach postgresql://cse:{REDACTED}@db:5432/cse"}


def test_logs_of_libraries_are_lines_of_json_too() -> None:
    program = (
        "import logging; from cse.runtime.telemetry import start_logging\n"
        "log = start_logging('ledger')\n"
        "log.info('began', password='hunter2', sequence=7); log.debug('too fine')\n"
        "logging.getLogger('psycopg').warning('library says %s', 'this')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    began, library = (json.loads(line) for line in done.stderr.splitlines())
    assert (began["event"], began["sequence"], began["password"]) == ("began", 7, REDACTED)
    assert (library["event"], library["level"]) == ("library says this", "warning")
    assert began["service"] == library["service"] == "ledger"
    assert "hunter2" not in done.stderr
