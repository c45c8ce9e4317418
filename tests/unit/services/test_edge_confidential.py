"""What carries a secret shows none of its fields as text, so that no log can by mistake."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import msgspec
import pytest

from cse.accounts.models import Person, SignIn, Tokens
from cse.runtime.http.confidential import Confidential
from cse.streams.messages import Message
from tests.unit.services.test_edge_access import ROUTES

# Names of fields that are secrets, or may be: also what authenticates once, and what a passkey has signed.
SECRET = re.compile(r"password|secret|token|code|challenge|credential|signature", re.IGNORECASE)
# What is called so and is none.
NAMED_SO = {"token_type", "recovery_codes_left", "code", "credentials_changed_at"}


def carriers() -> Iterator[type[msgspec.Struct]]:
    for route in ROUTES:
        for struct in (route.request, route.response):
            if isinstance(struct, type) and issubclass(struct, msgspec.Struct):
                yield struct


CARRIERS = sorted(set(carriers()), key=lambda one: one.__name__)


@pytest.mark.parametrize("struct", CARRIERS)
def test_requests_and_answers_with_secrets_are_confidential(struct: type[msgspec.Struct]) -> None:
    is_request = any(route.request is struct for route in ROUTES)
    fields = {field.name for field in msgspec.structs.fields(struct)}
    named = {name for name in fields if SECRET.search(name)} - (set() if is_request else NAMED_SO)
    assert not named or issubclass(struct, Confidential), named


@pytest.mark.parametrize(
    "carrier",
    [
        SignIn("a@example.com", "hunter2"),
        Message("authenticate", access_token="hunter2"),
        Person(UUID(int=1), "a@example.com", "A", "hunter2", 7, 1),
        Tokens(Person(UUID(int=1), "", "", "hunter2", 7, 1), 7, "hunter2", "hunter2", 900),
    ],
)
def test_their_text_says_what_they_are_and_nothing_of_it(carrier: object) -> None:
    for text in (repr(carrier), str(carrier), f"{carrier}", f"{[carrier]}"):
        assert type(carrier).__name__ in text
        assert "hunter2" not in text
        assert "example.com" not in text
