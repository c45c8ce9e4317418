"""Routes of API keys. Keys are made, changed and revoked by persons alone, never by keys."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Final

from cse.accounts.api_keys.algorithms import write_public_key
from cse.accounts.api_keys.models import (
    ApiKey,
    ApiKeys,
    ApiKeySelf,
    ApiKeyView,
    ChangedApiKey,
    NewApiKey,
    NewlyMadeApiKey,
    OneApiKey,
)
from cse.accounts.api_keys.service import ApiKeyService
from cse.accounts.limits import Limits
from cse.domain import codes
from cse.domain.scopes import KeyScope
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Access, Call, Example, Nothing, Reply, Route, answer
from cse.runtime.http.times import format_time

_TO_MAKE: Final = (
    Example("trader", "a key that reads and trades", {"label": "my program", "scopes": ["read", "trade"]}),
    Example(
        "reader", "one that only reads, from one network and until a day",
        {
            "label": "my figures", "scopes": ["read"], "allowed_networks": ["203.0.113.0/24"],
            "expires_at": "2099-12-31T00:00:00Z",
        },
    ),
)  # fmt: skip


class ApiKeysApi:
    """Parse, call, answer."""

    def __init__(self, keys: ApiKeyService, limits: Limits) -> None:
        self._keys = keys
        self._limits = limits

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person = Access.PERSON
        return [
            Route(
                "POST", "/api/keys", person, "Makes an API key; its secret is shown this once.",
                NewlyMadeApiKey, handler=self.make, request=NewApiKey, status=HTTPStatus.CREATED,
                codes=(
                    codes.API_KEY_LIMIT, codes.ACCOUNT_UNKNOWN, codes.ACCOUNT_ARCHIVED,
                    codes.TOO_MANY_ATTEMPTS, codes.OUTCOME_UNKNOWN,
                ),
                step_up=True,
                examples=_TO_MAKE,
            ),
            Route(
                "GET", "/api/keys", person, "Lists the person's API keys that are not revoked.",
                ApiKeys, handler=self.keys,
            ),
            Route(
                "GET", "/api/keys/self", Access.KEY,
                "Shows what the API key of the request may do, and where its limits stand.",
                ApiKeySelf, handler=self.self_,
            ),
            Route(
                "GET", "/api/keys/{id}", person, "Shows an API key.", OneApiKey,
                handler=self.key, codes=(codes.API_KEY_UNKNOWN,),
            ),
            Route(
                "PATCH", "/api/keys/{id}", person, "Changes label, networks or end of an API key.",
                OneApiKey, handler=self.change, request=ChangedApiKey,
                codes=(codes.API_KEY_UNKNOWN, codes.API_KEY_ENDED, codes.OUTCOME_UNKNOWN), step_up=True,
            ),
            Route(
                "DELETE", "/api/keys/{id}", person, "Revokes an API key, everywhere within a second.",
                None, handler=self.revoke, status=HTTPStatus.NO_CONTENT,
                codes=(codes.API_KEY_UNKNOWN, codes.OUTCOME_UNKNOWN),
            ),
        ]  # fmt: skip

    async def make(self, call: Call[NewApiKey, Nothing]) -> Reply:
        """POST /api/keys."""
        made = await self._keys.make(call.person, call.body)
        return answer(NewlyMadeApiKey(api_key_view(made.key), made.secret), 0, HTTPStatus.CREATED)

    async def keys(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/keys."""
        return answer(ApiKeys([api_key_view(key) for key in await self._keys.keys(call.person)], None))

    async def self_(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/keys/self."""
        key = await self._keys.key(call.person, call.person.session)
        time, limits = format_time(wall_us()), await self._limits(call.person)
        return answer(ApiKeySelf(api_key_view(key), call.address, time, limits))

    async def key(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/keys/{id}."""
        return answer(OneApiKey(api_key_view(await self._keys.key(call.person, call.path["id"]))))

    async def change(self, call: Call[ChangedApiKey, Nothing]) -> Reply:
        """PATCH /api/keys/{id}."""
        return answer(
            OneApiKey(api_key_view(await self._keys.change(call.person, call.path["id"], call.body)))
        )

    async def revoke(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/keys/{id}."""
        await self._keys.revoke(call.person, call.path["id"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)


def api_key_view(key: ApiKey) -> ApiKeyView:
    return ApiKeyView(
        id=str(key.id),
        label=key.label,
        account=str(key.account),
        accounts=[str(account) for account in key.accounts],
        algorithm=key.algorithm.value,
        scopes=[scope.value for scope in KeyScope if scope in key.scopes],
        public_key=None if key.public_key is None else write_public_key(key.public_key),
        allowed_networks=key.allowed_networks,
        created_at=_time(key.created_at),
        expires_at=None if key.expires_at is None else _time(key.expires_at),
        last_used_at=None if key.last_used_at is None else _time(key.last_used_at),
        last_used_from=key.last_used_from,
        revoked_at=None if key.revoked_at is None else _time(key.revoked_at),
    )


def _time(time: datetime) -> str:
    return format_time(round(time.timestamp() * 1_000_000))
