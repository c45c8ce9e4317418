"""What the room takes, gives and keeps."""

from __future__ import annotations

from typing import Literal, NamedTuple
from uuid import UUID

import msgspec


class SignUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a sign-up."""

    email: str
    password: str
    display_name: str


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a sign-in."""

    email: str
    password: str


class RefreshTokens(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a refresh; a browser leaves the token out and sends its cookie."""

    refresh_token: str | None = None


class SignedIn(msgspec.Struct, frozen=True):
    """A person's tokens. `refresh_token` is null where it went into a cookie."""

    person: str
    account: str
    display_name: str
    access_token: str
    token_type: Literal["Bearer"]
    expires_in: int
    refresh_token: str | None


class Person(NamedTuple):
    """A row of `accounts.persons`. `account` is None until the core has opened it."""

    id: UUID
    email: str
    display_name: str
    password_hash: str
    account: int | None
    outbox_number: int


class Session(NamedTuple):
    """A row of `accounts.sessions`: one sign-in and the refresh tokens that came of it."""

    id: UUID
    person: UUID
    generation: int
    rotated_s_ago: float
    live: bool


class Tokens(NamedTuple):
    """What a person holds after signing in."""

    person: Person
    account: int
    access_token: str
    refresh_token: str
    sequence: int = 0
