"""OpenAPI 3.1, made from the table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, Final

import msgspec

from cse.domain import codes
from cse.domain.codes import Code
from cse.runtime.http.parameter_words import words_of
from cse.runtime.http.problem import PROBLEM_TYPE, ProblemDetails
from cse.runtime.http.route import Access, Route

_REF: Final = "#/components/schemas/{name}"
# What any route may answer, and what those with a body or a caller may.
_ALWAYS: Final = (
    codes.MALFORMED_REQUEST, codes.UNAVAILABLE, codes.NOT_YET_VISIBLE, codes.OVERLOADED, codes.INTERNAL_ERROR,
    codes.RATE_LIMITED,
)  # fmt: skip
_OF_QUERIES: Final = (codes.UNKNOWN_FIELD, codes.INVALID_FIELD, codes.DUPLICATE_FIELD)
_OF_BODIES: Final = (
    codes.MALFORMED_JSON, codes.BODY_TOO_LARGE, codes.UNSUPPORTED_MEDIA_TYPE, codes.UNKNOWN_FIELD,
    codes.MISSING_FIELD, codes.DUPLICATE_FIELD, codes.INVALID_FIELD, codes.INVALID_DECIMAL,
)  # fmt: skip
_OF_CALLERS: Final = (codes.NOT_AUTHENTICATED,)
_OF_SIGNERS: Final = (
    codes.SIGNATURE_INVALID, codes.TIMESTAMP_OUTSIDE_WINDOW, codes.SIGNATURE_REPEATED, codes.API_KEY_ENDED,
    codes.ADDRESS_NOT_ALLOWED, codes.SCOPE_MISSING, codes.TOO_MANY_ATTEMPTS,
)  # fmt: skip
_OF_STEPS_UP: Final = (codes.STEP_UP_REQUIRED,)
_OF_OPERATORS: Final = (codes.NOT_FOUND, codes.OPERATOR_FACTOR_MISSING)
_OF_KEYS: Final = (codes.IDEMPOTENCY_KEY_MISSING, codes.IDEMPOTENCY_KEY_CONFLICT)
_MIN_SEQUENCE: Final = {
    "name": "CSE-Min-Sequence",
    "in": "header",
    "description": "The answer shall reflect at least this sequence.",
    "schema": {"type": "string", "pattern": "^[0-9]{1,18}$"},
}
_ACCOUNT: Final = {
    "name": "account",
    "in": "query",
    "description": "Which of the caller's accounts it is about: the main one if it is left out, or that of"
    " the API key.",
    "schema": {"type": "string", "pattern": "^[1-9][0-9]{0,9}$"},
}
_KEY: Final = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "The same key with the same content takes effect once.",
    "schema": {"type": "string", "pattern": "^[!-~]{1,64}$"},
}
# What has no type of ours: a page, a feed, a description.
_PLAIN: Final = {"description": "As its media type says."}
_SECURITY_SCHEMES: Final = {
    "accessToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "apiKey": {
        "type": "apiKey",
        "in": "header",
        "name": "CSE-Key",
        "description": "The id of an API key; CSE-Timestamp and CSE-Signature go with it.",
    },
}
# Written once; every answer refers to those that it has.
_HEADERS: Final = {
    "CSE-Sequence": {
        "description": "The journal's sequence that the answer reflects.",
        "schema": {"type": "string"},
    },
    "RateLimit-Policy": {
        "description": "What the buckets hold in which the request is counted, and in how many seconds they"
        " fill (draft-ietf-httpapi-ratelimit-headers-10).",
        "schema": {"type": "string"},
    },
    "RateLimit": {
        "description": "What is left in them, and in how many seconds they are full.",
        "schema": {"type": "string"},
    },
    "Retry-After": {
        "description": "In how many seconds to ask again.",
        "schema": {"type": "integer"},
    },
}


def possible_codes(route: Route) -> list[Code]:
    """Every code that a route may answer with, by number."""
    found = {*_ALWAYS, *route.codes, *_OF_QUERIES}
    if route.request is not None:
        found.update(_OF_BODIES)
    if route.upload is not None:
        found.update((codes.BODY_TOO_LARGE, codes.UNSUPPORTED_FILE))
    if route.access is not Access.EVERYONE:
        found.update(_OF_CALLERS)
        found.add(codes.API_KEY_REQUIRED if route.access is Access.KEY else codes.PERSON_REQUIRED)
    if route.access.takes_keys:
        found.update(_OF_SIGNERS)
        found.discard(codes.PERSON_REQUIRED)
    if route.access is Access.OPERATOR:
        found.update(_OF_OPERATORS)
        found.discard(codes.PERSON_REQUIRED)
    if route.right is not None:
        found.add(codes.ROLE_MISSING)
    if route.step_up:
        found.update(_OF_STEPS_UP)
    if route.takes_account:
        found.add(codes.ACCOUNT_UNKNOWN)
    if route.idempotency_key:
        found.update(_OF_KEYS)
    return sorted(found, key=lambda code: code.number)


def document(routes: Sequence[Route], version: str) -> dict[str, Any]:
    """The OpenAPI document of a table."""
    types = [ProblemDetails, *_types(routes)]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    by_type = dict(zip(types, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        operation = _operation(route, by_type, components)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "CS Exchange",
            "version": version,
            "description": "Amounts are decimal strings, ids are strings, times are RFC 3339.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "headers": _HEADERS,
            "securitySchemes": _SECURITY_SCHEMES,
        },
    }


def _types(routes: Iterable[Route]) -> list[Any]:
    found: dict[Any, None] = {}
    for route in routes:
        for type_ in (route.request, route.query, route.response):
            if type_ is not None:
                found[type_] = None
    return list(found)


def _operation(
    route: Route, by_type: dict[Any, dict[str, Any]], components: dict[str, Any]
) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": _operation_id(route),
        "summary": route.summary,
        "parameters": _parameters(route, components),
        "responses": _responses(route, by_type),
        "x-rate-limit": {"counted": _counted(route), "weight": route.weight},
    }
    if route.access is not Access.EVERYONE:
        token: list[dict[str, list[str]]] = [{"accessToken": []}] if route.access.takes_persons else []
        operation["security"] = token + ([{"apiKey": []}] if route.access.takes_keys else [])
    if route.request is not None:
        content: dict[str, Any] = {"schema": by_type[route.request]}
        if route.examples:
            content["examples"] = {
                example.name: {"summary": example.summary, "value": example.body}
                for example in route.examples
            }
        operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    if route.upload is not None:
        file = {"schema": {"type": "string", "format": "binary", "maxLength": route.upload.bytes_max}}
        files = dict.fromkeys(route.upload.content_types, file)
        operation["requestBody"] = {"required": True, "content": files}
    return operation


def _counted(route: Route) -> str:
    return "address_requests" if route.access is Access.EVERYONE else route.counted.value


def _operation_id(route: Route) -> str:
    words = re.findall(r"[a-z_]+", route.path.removeprefix("/api"))
    return "_".join([route.method.lower(), *words]).replace("-", "_")


def _parameters(route: Route, components: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        _parameter(route, name, "path", {"type": "string"}) | {"required": True} for name in route.parameters
    ]
    query = components.get(route.query.__name__, {})
    for name, schema in query.get("properties", {}).items():
        found.append(_parameter(route, name, "query", schema))
    if route.takes_account:
        found.append(_ACCOUNT)
    if route.method == "GET":
        found.append(_MIN_SEQUENCE)
    if route.idempotency_key:
        found.append(_KEY)
    return found


def _parameter(route: Route, name: str, place: str, schema: dict[str, Any]) -> dict[str, Any]:
    words = words_of(route.path, name)
    return {"name": name, "in": place, **({"description": words} if words else {}), "schema": schema}


def _responses(route: Route, by_type: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    waiting = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    headers = {name: reference for name, reference in waiting.items() if name != "Retry-After"}
    success: dict[str, Any] = {"description": HTTPStatus(route.status).phrase, "headers": headers}
    if route.response is not None:
        success["content"] = {route.content_type: {"schema": by_type[route.response]}}
    elif route.status != HTTPStatus.NO_CONTENT:
        success["content"] = {route.content_type.partition(";")[0]: {"schema": _PLAIN}}
    responses = {str(int(route.status)): success}
    if route.repeatable:
        responses["200"] = success | {"description": "The answer that the first such request got."}
    by_status: dict[int, list[Code]] = {}
    for code in possible_codes(route):
        by_status.setdefault(code.status, []).append(code)
    for status, found in sorted(by_status.items()):
        responses[str(status)] = {
            "description": "; ".join(f"`{code.name}`: {code.sentence}" for code in found),
            "headers": waiting if status == HTTPStatus.TOO_MANY_REQUESTS else headers,
            "content": {PROBLEM_TYPE.decode(): {"schema": by_type[ProblemDetails]}},
        }
    return responses
