"""Every operation of the API has a call, and every parameter of its query can be given to it."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Literal, NamedTuple, get_args, get_origin, get_type_hints
from urllib.parse import parse_qsl

import msgspec
import pytest

from cse_client import ClientError, CseClient, HmacKey, Patience, Session
from tests.unit.client.scripted import Recorded, problem

API = json.loads((Path(__file__).parents[3] / "clients" / "openapi.json").read_text())

# What no program asks by this client, and why: a path, or the beginning of some.
LEFT_OUT: Final = {
    "/api/admin/": "operators are persons at a desk, who step up as they go; no key is let in",
    "/api/auth/passkey": "only a browser signs in by a passkey",
    "/api/auth/passkey/begin": "only a browser signs in by a passkey",
    "/api/auth/step-up/passkey": "only a browser shows one",
    "/api/security/passkeys/begin": "only a browser makes one",
    "/api/security/passkeys": "only a browser makes one",
    "/api/udf/": "charting libraries ask it by themselves",
    "/api/incidents/feed": "for readers of feeds",
    "/api/markets/{market}/picture": "for those who show a link to a market",
    "/api/docs": "a page for people",
    "/api/openapi.json": "for what makes clients; this one was made from it",
    "/api/asyncapi.json": "for what makes clients; this one was made from it",
}


class Operation(NamedTuple):
    """One of the API's; `path` is a template such as `/api/keys/{id}`."""

    method: str
    path: str
    query: frozenset[str]


def operations() -> Iterator[Operation]:
    for path, found in API["paths"].items():
        for method, operation in found.items():
            query = frozenset(one["name"] for one in operation["parameters"] if one["in"] == "query")
            yield Operation(method.upper(), path, query)


def is_left_out(path: str) -> bool:
    return any(path == place or (place.endswith("/") and path.startswith(place)) for place in LEFT_OUT)


def calls() -> Iterator[str]:
    """The names of the client's calls."""
    for name, member in inspect.getmembers(CseClient, inspect.iscoroutinefunction):
        if not name.startswith("_") and member.__module__.startswith("cse_client.calls."):
            yield name


def choices(annotation: Any) -> Sequence[Any]:
    """Values of a type, each of which may lead to another operation."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) is UnionType:
        return choices(next(part for part in get_args(annotation) if part is not NoneType))
    return [example(annotation)]


def example(annotation: Any) -> Any:
    """Something of a type."""
    plain: dict[Any, Any] = {str: "x", int: 7, float: 7.0, bool: True, bytes: b"x"}
    if annotation in plain:
        return plain[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return arguments[0]
    if origin is UnionType:
        return None if NoneType in arguments else example(arguments[0])
    if origin in (list, Sequence):
        return [example(arguments[0])]
    if origin in (dict, Mapping):
        return {example(arguments[0]): example(arguments[1])}
    fields = msgspec.structs.fields(annotation)
    return annotation(**{field.name: example(field.type) for field in fields if field.required})


def arguments_of(call: Callable[..., Any]) -> Iterator[dict[str, Any]]:
    """Arguments for all parameters of a call, as often as one of them has words to choose from."""
    hints = get_type_hints(call)
    found = {name: choices(hints[name]) for name in inspect.signature(call).parameters}
    for turn in range(max(map(len, found.values()), default=1)):
        yield {name: values[turn % len(values)] for name, values in found.items()}


async def asked_by_all_calls() -> list[tuple[str, str]]:
    """What goes out when every call is made with all that it takes."""
    transport = Recorded(problem("not_found"))
    signed = CseClient(
        "http://x", transport=transport, key=HmacKey("k", "s"), account="7", patience=Patience(patience_s=0)
    )
    for name in calls():
        # Some give away the session; the next begins with one again.
        signed.resume(Session("p", "7", "Ada", "x", "refresh", 0.0))
        call: Callable[..., Awaitable[Any]] = getattr(signed, name)
        for arguments in arguments_of(call):
            with suppress(ClientError):
                await call(**arguments)
    return transport.asked


def matching(method: str, target: str) -> Operation:
    """The operation that a request is of; a path as it stands goes before one with parameters."""
    path = target.partition("?")[0]
    fitting = [
        operation
        for operation in operations()
        if operation.method == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", operation.path), path)
    ]
    assert fitting, f"{method} {target} is no operation of the API"
    return min(fitting, key=lambda operation: operation.path.count("{"))


@pytest.fixture
async def given() -> dict[Operation, set[str]]:
    """The operations that there are calls for, and which parameters of their queries these give."""
    found: dict[Operation, set[str]] = {}
    for method, target in await asked_by_all_calls():
        names = {name for name, _ in parse_qsl(target.partition("?")[2])}
        found.setdefault(matching(method, target), set()).update(names)
    return found


async def test_every_operation_has_a_call(given: dict[Operation, set[str]]) -> None:
    missing = [
        f"{operation.method} {operation.path}"
        for operation in operations()
        if operation not in given and not is_left_out(operation.path)
    ]
    assert missing == []


async def test_every_parameter_of_a_query_can_be_given(given: dict[Operation, set[str]]) -> None:
    different = {
        f"{operation.method} {operation.path}": operation.query ^ names
        for operation, names in given.items()
        if operation.query != names
    }
    assert different == {}


async def test_what_is_left_out_is_there_and_has_no_call(given: dict[Operation, set[str]]) -> None:
    paths = {operation.path for operation in operations()}
    for place in LEFT_OUT:
        assert [path for path in paths if path == place or path.startswith(place)], place
    assert [operation for operation in given if is_left_out(operation.path)] == []
