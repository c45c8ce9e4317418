"""Every route answers what its description says, to what the description allows and to what it does not.

Requests are made from the OpenAPI document by schemathesis: one of each kind for every route in a default
run, twenty-five with `--long`. No answer may be the server's failure, and none of a status, a type or a form
that the document does not have.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import CHECKS, load_all_checks

from tests.exchange import RunningExchange
from tests.people import Person

ROOT: Final = Path(__file__).parents[3]
METHODS: Final = ("get", "post", "put", "patch", "delete")
DOCUMENT: Final[dict[str, Any]] = json.loads((ROOT / "clients" / "openapi.json").read_text())
ROUTES: Final = [
    (method, path) for path, routes in DOCUMENT["paths"].items() for method in routes if method in METHODS
]
HELD_AGAINST: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
KINDS: Final = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)


class Caller:
    """Somebody who is signed in, and is another one after a route that ended that."""

    def __init__(self, new_person: Callable[[], Person]) -> None:
        self._new_person = new_person
        self._person = new_person()

    def headers(self) -> dict[str, str]:
        if self._person.send("GET", "/api/balances").status_code != 200:
            self._person = self._new_person()
        return self._person.headers


@pytest.fixture(scope="module")
def caller(new_person: Callable[[], Person]) -> Caller:
    return Caller(new_person)


@pytest.fixture(scope="module")
def described(exchange: RunningExchange) -> Iterator[Any]:
    """The document as this exchange gives it."""
    found = httpx.get(f"{exchange.url}/api/openapi.json", timeout=60).json()
    assert found["paths"].keys() == DOCUMENT["paths"].keys()
    yield schemathesis.openapi.from_dict(found)


@pytest.mark.parametrize("count", [1, pytest.param(25, marks=pytest.mark.long)])
@pytest.mark.parametrize(("method", "path"), ROUTES, ids=[f"{method} {path}" for method, path in ROUTES])
def test_a_route_answers_as_it_is_described(
    client: httpx.Client, caller: Caller, described: Any, method: str, path: str, count: int
) -> None:
    load_all_checks()
    checks = [CHECKS.get_one(name) for name in HELD_AGAINST]
    headers = caller.headers()
    for kind in KINDS:
        operation = described[path][method]

        @settings(
            max_examples=count,
            phases=[Phase.generate],
            database=None,
            deadline=None,
            derandomize=count < 10,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(kind))
        def answers(case: Any) -> None:
            # One that is not reached yet is waited for, and then refused with 503.
            (case.headers or {}).pop("CSE-Min-Sequence", None)
            case.call_and_validate(base_url=str(client.base_url), headers=headers, checks=checks)

        # Where nothing is asked for, nothing can be asked wrongly.
        with contextlib.suppress(*([Unsatisfiable] if kind is schemathesis.GenerationMode.NEGATIVE else [])):
            answers()
