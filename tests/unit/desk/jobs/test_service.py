"""What operators see of whom a mail was for."""

from __future__ import annotations

import pytest

from cse.desk.jobs.service import veiled


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ada.lovelace@example.com", "a***@example.com"),
        (
            "550 <ada@example.com>: no (bob+x@b.example) here",
            "550 <a***@example.com>: no (b***@b.example) here",
        ),
        ("connection refused by 203.0.113.1:25", "connection refused by 203.0.113.1:25"),
        ("RCPT TO:ada@example.com", "RCPT TO:a***@example.com"),
    ],
)
def test_addresses_are_veiled_wherever_they_stand(text: str, shown: str) -> None:
    assert veiled(text) == shown
