"""The one table of routes: what dispatch, OpenAPI and the table of roles are made from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from enum import Enum
from http import HTTPStatus
from typing import Any, Final, Generic, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

import msgspec

from cse.domain.codes import Code
from cse.runtime.http.body import Receive

Scope: TypeAlias = Mapping[str, Any]
Header: TypeAlias = tuple[bytes, bytes]

Body = TypeVar("Body")
Query = TypeVar("Query")


class Access(Enum):
    """Who may use a route."""

    EVERYONE = "everyone"
    PERSON = "a signed-in person"


class Caller(NamedTuple):
    """Who asks, as the access token says. `account` is the main account in the core."""

    person: UUID
    session: str
    account: int
    expires_at_s: float


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A query or a body without fields."""


class Call(NamedTuple, Generic[Body, Query]):
    """One request, read and checked against its route."""

    body: Body
    query: Query
    path: Mapping[str, str]
    headers: Mapping[bytes, bytes]
    # The person of a route that needs one; on other routes None.
    caller: Caller | None
    address: str
    min_sequence: int

    @property
    def person(self) -> Caller:
        """The caller of a route with `Access.PERSON`."""
        assert self.caller is not None
        return self.caller


class Reply(NamedTuple):
    """An answer. `sequence` is the journal's sequence it reflects, 0 where it reflects none."""

    body: bytes
    sequence: int = 0
    status: int = HTTPStatus.OK
    headers: tuple[Header, ...] = ()
    content_type: bytes = b"application/json"


Handler: TypeAlias = Callable[[Call[Any, Any]], Awaitable[Reply]]
# A raw handler gets scope, headers and the means to read the body, and does all reading itself.
RawHandler: TypeAlias = Callable[[Scope, Mapping[bytes, bytes], Receive], Awaitable[Reply]]
# What takes the answer to a request, once: a reply, or why there is none.
Respond: TypeAlias = Callable[[Reply | Exception], None]
# A direct handler gets headers and a whole body whose type and length are right, and answers without
# a task. False: this request has to be waited for, nothing has been done, and `raw` is to serve it.
DirectHandler: TypeAlias = Callable[[Mapping[bytes, bytes], bytes, Respond], bool]
Authenticate: TypeAlias = Callable[[Mapping[bytes, bytes]], Caller]


class Route(NamedTuple):
    """One row of the table.

    Exactly one of `handler` and `raw` is there. The path of a raw route may have a parameter only
    as its last part. `direct` does what `raw` does, for requests of the usual form. `codes` are
    those that are particular to the route. `repeatable` says that a repeat gets the first answer, with
    status 200.
    """

    method: str
    path: str
    access: Access
    summary: str
    response: Any
    handler: Handler | None = None
    raw: RawHandler | None = None
    direct: DirectHandler | None = None
    request: type[msgspec.Struct] | None = None
    query: type[msgspec.Struct] = Nothing
    status: int = HTTPStatus.OK
    codes: tuple[Code, ...] = ()
    idempotency_key: bool = False
    repeatable: bool = False
    content_type: str = "application/json"

    @property
    def parameters(self) -> list[str]:
        """Names of the parameters in the path."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


JSON: Final = msgspec.json.Encoder()


def answer(
    value: object,
    sequence: int = 0,
    status: int = HTTPStatus.OK,
    headers: tuple[Header, ...] = (),
) -> Reply:
    """`value` as JSON."""
    return Reply(JSON.encode(value), sequence, status, headers)


def roles(routes: list[Route]) -> list[tuple[str, str, str]]:
    """The table of roles: method, path, and who may use it."""
    return [(route.method, route.path, route.access.value) for route in routes]
