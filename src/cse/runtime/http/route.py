"""The one table of routes: what dispatch, OpenAPI and the table of roles are made from."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from enum import Enum
from http import HTTPStatus
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeAlias, TypeVar
from uuid import UUID

import msgspec

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.operators import Right
from cse.domain.scopes import ALL_SCOPES, KeyScope
from cse.runtime.rate import Held

Scope: TypeAlias = Mapping[str, Any]
Header: TypeAlias = tuple[bytes, bytes]

Body = TypeVar("Body")
Query = TypeVar("Query")


# The methods that routes have; every GET could be asked for with HEAD.
METHODS: Final = ("GET", "POST", "PUT", "PATCH", "DELETE")
# A request with this header is signed with the API key of that id, and one without brings a token.
KEY_HEADER: Final = b"cse-key"


class Access(Enum):
    """Who may use a route."""

    EVERYONE = "everyone"
    PERSON = "a signed-in person"
    READ = "a signed-in person, or an API key with the scope read"
    TRADE = "a signed-in person, or an API key with the scope trade"
    WITHDRAW = "a signed-in person, or an API key with the scope withdraw"
    KEY = "an API key"
    OPERATOR = "an operator"

    @property
    def takes_keys(self) -> bool:
        """Whether some API key may use it."""
        return self not in (Access.EVERYONE, Access.PERSON, Access.OPERATOR)

    @property
    def takes_persons(self) -> bool:
        """Whether a signed-in person may use it."""
        return self not in (Access.EVERYONE, Access.KEY)

    def admit(self, caller: Caller) -> None:
        """Lets a caller in who is known.

        Raises:
            CodedError: `api_key_required`, `person_required` or `scope_missing`; `not_found` for a key
                where operators are meant; `member_role_missing` for a member of an organisation.
        """
        if caller.key is None:
            if self is Access.KEY:
                raise CodedError(codes.API_KEY_REQUIRED)
            if caller.organisation is not None:
                # Where no scope stands with a route, what it does is more than reading.
                caller.require(_SCOPES.get(self, KeyScope.TRADE))
        elif self is Access.OPERATOR:
            raise CodedError(codes.NOT_FOUND)
        elif self is Access.PERSON:
            raise CodedError(codes.PERSON_REQUIRED)
        elif self in _SCOPES:
            caller.require(_SCOPES[self])


_SCOPES: Final = {
    Access.READ: KeyScope.READ,
    Access.TRADE: KeyScope.TRADE,
    Access.WITHDRAW: KeyScope.WITHDRAW,
}


class Counted(Enum):
    """In which of the buckets of a caller a request is counted.

    Orders and cancels are counted apart from all other requests, so that neither reading nor placing leaves
    no room for cancelling. What asks for no sign-in is counted by address.
    """

    REQUESTS = "requests"
    ORDERS = "orders"
    CANCELS = "cancels"


class Caller(NamedTuple):
    """Who asks, as the access token or the signature says.

    `account` is the account in the core that the request is about: a person's main one, or the API key's,
    unless it chooses another. `accounts` are those that a key is for, None of a person, who may choose any
    of theirs. `session` names the sign-in or the key that all depends on. A person may do what all scopes
    allow, and more. `organisation` is the one that has the account, None where it is the person's own; a
    member may do what `scopes` allow with it.
    """

    person: UUID
    session: str
    account: int
    expires_at_s: float
    scopes: frozenset[KeyScope] = ALL_SCOPES
    key: UUID | None = None
    accounts: frozenset[int] | None = None
    organisation: UUID | None = None

    @property
    def membership(self) -> str | None:
        """The name of the membership that all depends on as well, where there is one."""
        if self.organisation is None or self.key is not None:
            return None
        return membership_name(self.organisation, self.person)

    def require(self, scope: KeyScope) -> None:
        """Raises `CodedError` scope_missing, or of a member member_role_missing, without the scope."""
        if scope in self.scopes:
            return
        if self.organisation is not None and self.key is None:
            raise CodedError(codes.MEMBER_ROLE_MISSING)
        raise CodedError(codes.SCOPE_MISSING, scope=scope)


def membership_name(organisation: UUID, person: UUID) -> str:
    """What a person's membership of an organisation is called where something depends on it."""
    return f"{organisation}/{person}"


class ChooseAccount(Protocol):
    """Has a caller ask about another of their accounts."""

    def known(self, caller: Caller, account: int) -> Caller | None:
        """The caller as one who does; None where that has to be looked up.

        Raises:
            CodedError: `account_unknown`.
        """

    async def chosen(self, caller: Caller, account: int) -> Caller:
        """The same, looked up. Raises `CodedError` account_unknown for what is not the caller's."""


class Counting(Protocol):
    """Counts one request for its caller. Raises `CodedError` rate_limited."""

    def require(self, caller: Caller) -> None:
        """Refuses what would be too much, and counts nothing."""

    def count(self, caller: Caller) -> None:
        """Counts it."""


class SignedRequest(NamedTuple):
    """A request as it came: what a signature is over, and where it came from.

    `target` is path and query, percent-encoded as they were sent; `body` is empty where the route takes
    none. `counting` counts the request once it is known whose it is.
    """

    method: str
    target: bytes
    headers: Mapping[bytes, bytes]
    body: bytes
    address: str
    counting: Counting


class Authentication(Protocol):
    """Finds out who asks. Raises `CodedError` for what is no proof of it."""

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        """Whose access token it is."""

    async def by_signature(self, request: SignedRequest) -> Caller:
        """Whose API key has signed the request, which has not come before."""


class Dialect(Protocol):
    """How clients that were written for another exchange speak: the form of what a route takes and gives.

    A body is a form, and its fields are parameters beside those of the query. A caller is known by what
    that exchange's clients sign, and by no token.
    """

    async def caller(self, route: Route, request: SignedRequest) -> Caller:
        """Whose API key has signed the request. Raises `CodedError`."""

    def parameters(self, query: bytes, body: bytes) -> bytes:
        """The parameters of a signed request as one query string, without what was signed with."""

    def refusal(self, route: Route, error: CodedError) -> Reply:
        """A refusal as an answer."""

    def rate_headers(self, counted: Counted, held: Sequence[Held]) -> tuple[Header, ...]:
        """What an answer says of the buckets in which the request was counted."""


class Upload(NamedTuple):
    """A body that is a file of one of these types, with at most so many bytes."""

    content_types: tuple[str, ...]
    bytes_max: int


class Nothing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A query or a body without fields."""


class Call(NamedTuple, Generic[Body, Query]):
    """One request, read and checked against its route."""

    body: Body
    query: Query
    path: Mapping[str, str]
    headers: Mapping[bytes, bytes]
    # On routes for everyone None.
    caller: Caller | None
    address: str
    min_sequence: int
    # The file, on a route that takes one.
    upload: bytes = b""

    @property
    def person(self) -> Caller:
        """The caller of a route that is not for everyone."""
        assert self.caller is not None
        return self.caller


class Reply(NamedTuple):
    """An answer. `sequence` is the journal's sequence it reflects, 0 where it reflects none.

    With `stream` its body comes piece by piece, of no length that is known before; not on raw routes.
    """

    body: bytes
    sequence: int = 0
    status: int = HTTPStatus.OK
    headers: tuple[Header, ...] = ()
    content_type: bytes = b"application/json"
    stream: AsyncIterator[bytes] | None = None


Handler: TypeAlias = Callable[[Call[Any, Any]], Awaitable[Reply]]
# A raw handler gets scope, caller and the whole body, and does all further reading itself.
RawHandler: TypeAlias = Callable[[Scope, Caller, bytes], Awaitable[Reply]]
# What takes the answer to a request, once: a reply, or why there is none.
Respond: TypeAlias = Callable[[Reply | Exception], None]
# A direct handler gets caller and a whole body whose type and length are right, and answers without
# a task. False: this request has to be waited for, nothing has been done, and `raw` is to serve it.
DirectHandler: TypeAlias = Callable[[Caller, bytes, Respond], bool]
# Returns if the caller has shown a factor just now; raises `CodedError` step_up_required otherwise.
RequireStepUp: TypeAlias = Callable[[Caller], Awaitable[None]]
# Returns if the caller is an operator, with this right where one is named; raises `CodedError` otherwise.
RequireRight: TypeAlias = Callable[[Caller, Right | None], Awaitable[None]]


class Example(NamedTuple):
    """A body to try, and what it does."""

    name: str
    summary: str
    body: Mapping[str, Any]


class Route(NamedTuple):
    """One row of the table.

    Exactly one of `handler` and `raw` is there. A raw route is not for everyone, and its path may
    have a parameter only as its last part. `direct` does what `raw` does, for requests of the usual
    form. `codes` are those that are particular to the route. `repeatable` says that a repeat gets the
    first answer, with status 200. `examples` are bodies of `request`. With `upload` the body is a file in
    the place of JSON; never on raw routes. `step_up` says that the caller must
    have shown a factor just now; it is for persons alone, and no raw route has it. `right` is what an
    operator must have on a route for operators, None where any will do. A request is `counted` with its
    `weight`; where orders or cancels are, each of them with it. On a route that `takes_account` the query
    may say with `account` which of the caller's accounts it is about. A route in a `dialect` has a `handler`,
    and its parameters are its `query`, wherever they stand.
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
    upload: Upload | None = None
    query: type[msgspec.Struct] = Nothing
    status: int = HTTPStatus.OK
    codes: tuple[Code, ...] = ()
    idempotency_key: bool = False
    repeatable: bool = False
    content_type: str = "application/json"
    examples: tuple[Example, ...] = ()
    step_up: bool = False
    right: Right | None = None
    counted: Counted = Counted.REQUESTS
    weight: int = 1
    takes_account: bool = False
    dialect: Dialect | None = None

    @property
    def parameters(self) -> list[str]:
        """Names of the parameters in the path."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]


JSON: Final = msgspec.json.Encoder()


def about_an_account(routes: list[Route]) -> list[Route]:
    """The rows as such whose requests are about one of the caller's accounts."""
    return [route._replace(takes_account=True) for route in routes]


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
