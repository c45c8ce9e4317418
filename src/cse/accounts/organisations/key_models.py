"""What is taken and given of an organisation's API keys."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from cse.accounts.api_keys.models import ApiKeyView

# None of them takes money out: that is asked for and approved.
KeyScopeName: TypeAlias = Literal["read", "trade"]


class NewOrganisationKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for a key of Ed25519 for accounts of the organisation.

    `allowed_networks` are addresses and networks from which it may be used; everywhere without any.
    """

    label: str
    scopes: list[KeyScopeName]
    public_key: str
    accounts: list[str]
    allowed_networks: list[str] | None = None
    expires_at: str | None = None


class OrganisationKeyView(msgspec.Struct, frozen=True):
    """A key, and the name of the member who made it, with whose roles it acts and whose leaving ends it."""

    key: ApiKeyView
    maker: str
    own: bool


class OrganisationKeys(msgspec.Struct, frozen=True):
    """An organisation's keys that are not revoked, newest first."""

    items: list[OrganisationKeyView]
