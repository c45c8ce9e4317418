"""What is taken, given and kept of API keys."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.accounts.api_keys.algorithms import Algorithm
from cse.accounts.limits import LimitView
from cse.domain.scopes import KeyScope
from cse.runtime.http.confidential import Confidential

# As the API writes them: the values of `KeyScope` and `Algorithm`.
Scope: TypeAlias = Literal["read", "trade", "withdraw"]
AlgorithmName: TypeAlias = Literal["hmac-sha256", "ed25519"]


class NewApiKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that makes a key.

    `public_key` is the caller's, for `ed25519` alone. `allowed_networks` are addresses and networks from
    which the key may be used; without any it may be used from everywhere. `accounts` are those of the
    caller's that it is for, the main one alone if there are none; a request that names none is about the
    first.
    """

    label: str
    scopes: list[Scope]
    algorithm: AlgorithmName = "hmac-sha256"
    public_key: str | None = None
    allowed_networks: list[str] | None = None
    expires_at: str | None = None
    accounts: list[str] | None = None


class ChangedApiKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to change of a key; what is null or left out stays. An end can be moved, not taken away."""

    label: str | None = None
    allowed_networks: list[str] | None = None
    expires_at: str | None = None


class ApiKeyView(msgspec.Struct, frozen=True):
    """A key as its owner sees it. `last_used_at` is to the minute.

    It is for `accounts`; where a request names none it is about `account`.
    """

    id: str
    label: str
    account: str
    accounts: list[str]
    algorithm: AlgorithmName
    scopes: list[Scope]
    public_key: str | None
    allowed_networks: list[str]
    created_at: str
    expires_at: str | None
    last_used_at: str | None
    last_used_from: str | None
    revoked_at: str | None


class OneApiKey(msgspec.Struct, frozen=True):
    """One key."""

    key: ApiKeyView


class NewlyMadeApiKey(Confidential, frozen=True):
    """A key that was just made. `secret` is shown here and never again; of `ed25519` there is none."""

    key: ApiKeyView
    secret: str | None


class ApiKeys(msgspec.Struct, frozen=True):
    """A person's keys that are not revoked, newest first."""

    items: list[ApiKeyView]
    next_cursor: str | None


class ApiKeySelf(msgspec.Struct, frozen=True):
    """What the key of the request may do, from which address it came, and where its limits stand."""

    key: ApiKeyView
    address: str
    time: str
    limits: list[LimitView]


class ApiKey(NamedTuple):
    """A row of `accounts.api_keys`. `sealed_secret` is there of HMAC, `public_key` of Ed25519.

    An `organisation`'s was made by `person`, who has these `maker_roles` there now, or none any more.
    """

    id: UUID
    person: UUID
    account: int
    accounts: list[int]
    label: str
    algorithm: Algorithm
    scopes: frozenset[KeyScope]
    allowed_networks: list[str]
    sealed_secret: bytes | None
    public_key: bytes | None
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    last_used_from: str | None
    revoked_at: datetime | None
    organisation: UUID | None
    maker_roles: list[str] | None


class Use(NamedTuple):
    """That a key was used, when, and from where."""

    key: UUID
    at_s: int
    address: str
