"""Which accounts a caller may ask about: a person's own, and those of organisations they are a member of."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.organisations.memberships import Memberships
from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.organisations import MemberRole, scopes_of
from cse.engine.client import ReplicaClient
from cse.runtime.http.route import Caller

REMEMBERED_MAX: Final = 100_000
# An organisation's main account is chosen like each of its others.
_CHOSEN: Final = frozenset({AccountKind.MAIN, AccountKind.SUB})


class OwnedAccounts:
    """Whose accounts are, as the core says. An owner never changes, so what was looked up is remembered."""

    def __init__(self, replica: ReplicaClient, memberships: Memberships) -> None:
        self._replica = replica
        self._memberships = memberships
        self._owners: dict[int, UUID] = {}

    def known(self, caller: Caller, account: int) -> Caller | None:
        """The caller as one who asks about this account; None where that has to be looked up.

        Raises:
            CodedError: `account_unknown` for what an API key is not for, and for an organisation's that the
                caller is known to be no member of.
        """
        if account == caller.account:
            return caller
        if caller.accounts is not None:
            if account not in caller.accounts:
                raise _unknown()
            return caller._replace(account=account)
        owner = self._owners.get(account)
        if owner is None:
            return None
        if owner == caller.person:
            return caller._replace(account=account)
        roles = self._memberships.known(owner, caller.person)
        return None if roles is None else _as_member(caller, account, owner, roles)

    async def chosen(self, caller: Caller, account: int) -> Caller:
        """The same, looked up.

        Raises:
            CodedError: `account_unknown`: it is another's, or nobody's.
        """
        found = self.known(caller, account)
        if found is not None:
            return found
        owner = self._owners.get(account)
        if owner is None:
            state = (await self._replica.account(account)).value
            if state is None or state.kind not in _CHOSEN:
                raise _unknown()
            owner = UUID(bytes=state.owner)
            if owner == caller.person and state.kind != AccountKind.SUB:
                raise _unknown()
            self._remember(account, owner)
        if owner == caller.person:
            return caller._replace(account=account)
        # Nothing may come between this look and what follows: the end of a membership would be missed.
        return _as_member(caller, account, owner, await self._memberships.find(owner, caller.person))

    def _remember(self, account: int, owner: UUID) -> None:
        if len(self._owners) >= REMEMBERED_MAX:
            del self._owners[next(iter(self._owners))]
        self._owners[account] = owner


def _as_member(caller: Caller, account: int, organisation: UUID, roles: frozenset[MemberRole]) -> Caller:
    """Raises `CodedError` account_unknown for who has no role there, as for an account that is not there."""
    if not roles:
        raise _unknown()
    return caller._replace(account=account, organisation=organisation, scopes=scopes_of(roles))


def _unknown() -> CodedError:
    return CodedError(codes.ACCOUNT_UNKNOWN, field="account")
