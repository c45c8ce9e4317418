"""A request sets what its route is for: no field beside those that are named, at any depth."""

from __future__ import annotations

from typing import Final

import pytest
from msgspec import inspect

from cse.runtime.http.route import Access
from tests.attacks.owned import OF_EVERYBODY, OWNED, namings, structs
from tests.unit.services.test_edge_access import ROUTES

# What an attacker would like to set, and may nowhere; some of it is what operators are for.
NEVER_SET: Final = {
    "password_hash", "email_verified", "email_verified_at", "role", "roles", "is_admin", "person", "owner",
    "tier", "fee_tier", "balance", "available", "frozen", "status", "created_at", "outbox_number",
}  # fmt: skip
STRUCTS: Final = sorted(
    {
        (struct.cls.__name__, f"{route.method} {route.path}")
        for route in ROUTES
        for type_ in (route.request, route.query)
        if type_ is not None
        for struct in structs(inspect.type_info(type_))
    }
)


def test_every_place_that_names_something_of_somebodys_has_a_row() -> None:
    found = {naming for route in ROUTES for naming in namings(route)}
    assert found == OWNED.keys() | OF_EVERYBODY.keys()


@pytest.mark.parametrize(("name", "of"), STRUCTS)
def test_a_request_has_the_fields_that_are_named_and_no_others(name: str, of: str) -> None:
    (route,) = [route for route in ROUTES if f"{route.method} {route.path}" == of]
    for type_ in (route.request, route.query):
        for struct in structs(inspect.type_info(type_)) if type_ is not None else ():
            if struct.cls.__name__ == name:
                assert struct.forbid_unknown_fields, "a field that is not known must be refused"
                if route.query is not struct.cls and route.access is not Access.OPERATOR:
                    assert not NEVER_SET & {field.encode_name for field in struct.fields}
