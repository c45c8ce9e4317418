"""A person's accounts, and money that moves between them."""

from __future__ import annotations

import uuid
from collections.abc import AsyncIterator

from cse_client import models
from cse_client.calls.calls import Calls
from cse_client.pages import all_items
from cse_client.requests import target


class AccountsCalls(Calls):
    """The accounts that a person has, or that an API key is for."""

    async def accounts(self) -> list[models.HeldAccount]:
        """The accounts, the main one first, and what each has, all as of one sequence."""
        return (await self._requests.ask("GET", "/api/accounts", models.HeldAccounts)).items

    async def open_account(self, name: str) -> models.AccountView:
        """Opens a sub-account, once."""
        body = models.NewAccount(name=name)
        answer = await self._requests.ask(
            "POST", "/api/accounts", models.OneAccount, body=body, repeatable=False
        )
        return answer.account

    async def rename_account(self, account: str, name: str) -> models.AccountView:
        """Names a sub-account anew."""
        body = models.NamedAccount(name=name)
        path = target("accounts", account)
        return (await self._requests.ask("PATCH", path, models.OneAccount, body=body)).account

    async def archive_account(self, account: str) -> models.AccountView:
        """Takes a sub-account out of use that is empty."""
        path = target("accounts", account, "archive")
        return (await self._requests.ask("POST", path, models.OneAccount)).account

    async def restore_account(self, account: str) -> models.AccountView:
        """Takes an archived sub-account into use again."""
        path = target("accounts", account, "restore")
        return (await self._requests.ask("POST", path, models.OneAccount)).account

    async def transfer(
        self, from_account: str, to_account: str, asset: str, amount: str, key: str | None = None
    ) -> models.Transfer:
        """Moves money between two accounts, once for a `key`, which is made here if there is none."""
        headers = {"idempotency-key": key or uuid.uuid4().hex}
        body = models.NewTransfer(
            from_account=from_account, to_account=to_account, asset=asset, amount=amount
        )
        answer = await self._requests.ask(
            "POST", "/api/transfers", models.OneTransfer, body=body, headers=headers
        )
        return answer.transfer

    async def transfers(self, limit: int = 100, cursor: str | None = None) -> models.Transfers:
        """A page of what came to the account and left it, the latest first."""
        path = target("transfers", limit=limit, cursor=cursor)
        return await self._requests.ask("GET", path, models.Transfers)

    def all_transfers(self) -> AsyncIterator[models.Transfer]:
        """All of them, the latest first."""
        return all_items(lambda cursor: self.transfers(500, cursor))
