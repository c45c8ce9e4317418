"""API keys."""

from __future__ import annotations

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.requests import target


class ApiKeyCalls(Calls):
    """A person's keys, and the one that signs."""

    async def make_key(self, key: models.NewApiKey) -> models.NewlyMadeApiKey:
        """Makes an API key, once. Its secret is in this answer and nowhere else."""
        return await self._requests.ask(
            "POST", "/api/keys", models.NewlyMadeApiKey, body=key, repeatable=False
        )

    async def api_keys(self) -> list[models.ApiKeyView]:
        """The person's keys that are not revoked, newest first."""
        return (await self._requests.ask("GET", "/api/keys", models.ApiKeys)).items

    async def api_key(self, key: str) -> models.ApiKeyView:
        """One key."""
        return (await self._requests.ask("GET", target("keys", key), models.OneApiKey)).key

    async def change_key(self, key: str, changes: models.ChangedApiKey) -> models.ApiKeyView:
        """Changes label, networks or end of a key."""
        path = target("keys", key)
        return (await self._requests.ask("PATCH", path, models.OneApiKey, body=changes)).key

    async def revoke_key(self, key: str) -> None:
        """Revokes a key, everywhere within a second."""
        await self._requests.ask("DELETE", target("keys", key), type(None))

    async def key_self(self) -> models.ApiKeySelf:
        """What the client's key may do, and where its limits stand."""
        return await self._requests.ask("GET", "/api/keys/self", models.ApiKeySelf)
