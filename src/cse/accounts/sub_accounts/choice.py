"""Which of a person's accounts a request is about."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.engine.client import ReplicaClient
from cse.runtime.http.route import Caller

REMEMBERED_MAX: Final = 100_000


class OwnedAccounts:
    """Whose accounts are, as the core says. An owner never changes, so what was looked up is remembered."""

    def __init__(self, replica: ReplicaClient) -> None:
        self._replica = replica
        self._owners: dict[int, UUID] = {}

    def known(self, caller: Caller, account: int) -> Caller | None:
        """The caller as one who asks about this account; None where that has to be looked up.

        Raises:
            CodedError: `account_unknown` for what an API key is not for.
        """
        if account == caller.account:
            return caller
        if caller.accounts is None and self._owners.get(account) != caller.person:
            return None
        if caller.accounts is not None and account not in caller.accounts:
            raise _unknown()
        return caller._replace(account=account)

    async def chosen(self, caller: Caller, account: int) -> Caller:
        """The same, looked up.

        Raises:
            CodedError: `account_unknown`: it is another's, or nobody's.
        """
        found = self.known(caller, account)
        if found is not None:
            return found
        state = (await self._replica.account(account)).value
        if state is None or state.kind != AccountKind.SUB or state.owner != caller.person.bytes:
            raise _unknown()
        if len(self._owners) >= REMEMBERED_MAX:
            del self._owners[next(iter(self._owners))]
        self._owners[account] = caller.person
        return caller._replace(account=account)


def _unknown() -> CodedError:
    return CodedError(codes.ACCOUNT_UNKNOWN, field="account")
