"""Passwords of the demo's persons."""

from __future__ import annotations

from cse.accounts.passwords import check_strength
from cse.demo.credentials import new_credentials


def test_no_password_is_refused_by_chance() -> None:
    made = [new_credentials("robot@example.com", "A robot") for _ in range(20_000)]
    for credentials in made:
        check_strength(credentials.password, credentials.email)
    assert len({credentials.password for credentials in made}) == len(made)
