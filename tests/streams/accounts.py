"""Whose accounts are, without a core."""

from __future__ import annotations

import asyncio

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller


class FakeOwners:
    """Says of accounts whose they are, by a person's main one; each has to be looked up once.

    The look at one that is `held` takes until its event comes.
    """

    def __init__(self) -> None:
        self.mains: dict[int, int] = {}
        self.found: set[tuple[int, int]] = set()
        self.held: dict[int, asyncio.Event] = {}

    def known(self, caller: Caller, account: int) -> Caller | None:
        if account == caller.account:
            return caller
        if caller.accounts is not None and account not in caller.accounts:
            raise CodedError(codes.ACCOUNT_UNKNOWN, field="account")
        if caller.accounts is None and (caller.account, account) not in self.found:
            return None
        return caller._replace(account=account)

    async def chosen(self, caller: Caller, account: int) -> Caller:
        found = self.known(caller, account)
        if found is not None:
            return found
        await asyncio.sleep(0)
        if account in self.held:
            await self.held[account].wait()
        if self.mains.get(account) != caller.account:
            raise CodedError(codes.ACCOUNT_UNKNOWN, field="account")
        self.found.add((caller.account, account))
        return caller._replace(account=account)
