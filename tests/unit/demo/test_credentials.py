"""Passwords of the demo's persons."""

from __future__ import annotations

from cse.accounts.passwords.strength import strength_of
from cse.demo.credentials import new_credentials


def test_no_password_is_refused_by_chance() -> None:
    made = [new_credentials("robot@example.com", "A robot") for _ in range(1_000)]
    for credentials in made:
        known = (credentials.email, credentials.display_name)
        assert strength_of(credentials.password, known).refused is None
    assert len({credentials.password for credentials in made}) == len(made)
