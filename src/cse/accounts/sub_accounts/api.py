"""Routes of sub-accounts. They are opened, named and archived by persons alone, never by keys."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.sub_accounts.models import AccountView, NamedAccount, NewAccount, OneAccount, OwnAccount
from cse.accounts.sub_accounts.service import SubAccounts
from cse.domain import codes
from cse.domain.ids import parse_account
from cse.runtime.http.route import Access, Call, Example, Nothing, Reply, Route, answer
from cse.runtime.http.times import format_time

_EXAMPLES: Final = (Example("sub_account", "an account for one strategy", {"name": "Market making"}),)
_OF_ONE: Final = (codes.ACCOUNT_UNKNOWN, codes.ACCOUNT_IS_MAIN, codes.ACCOUNT_FROZEN, codes.OUTCOME_UNKNOWN)
# Each is a command of the core, which waits for PostgreSQL.
_WEIGHT: Final = 20


class SubAccountsApi:
    """Parse, call, answer."""

    def __init__(self, sub_accounts: SubAccounts) -> None:
        self._sub_accounts = sub_accounts

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person = Access.PERSON
        return [
            Route(
                "POST", "/api/accounts", person, "Opens a sub-account.", OneAccount,
                handler=self.make, request=NewAccount, status=HTTPStatus.CREATED, weight=_WEIGHT,
                codes=(
                    codes.ACCOUNT_LIMIT, codes.ACCOUNT_NAME_TAKEN, codes.ACCOUNT_FROZEN,
                    codes.OUTCOME_UNKNOWN,
                ),
                examples=_EXAMPLES,
            ),
            Route(
                "PATCH", "/api/accounts/{account}", person, "Names a sub-account.", OneAccount,
                handler=self.rename, request=NamedAccount, codes=(*_OF_ONE, codes.ACCOUNT_NAME_TAKEN),
            ),
            Route(
                "POST", "/api/accounts/{account}/archive", person,
                "Takes an empty sub-account out of use.", OneAccount, handler=self.archive,
                codes=(*_OF_ONE, codes.ACCOUNT_NOT_EMPTY), weight=_WEIGHT,
            ),
            Route(
                "POST", "/api/accounts/{account}/restore", person,
                "Takes an archived sub-account into use again.", OneAccount, handler=self.restore,
                codes=(*_OF_ONE, codes.ACCOUNT_LIMIT, codes.ACCOUNT_NAME_TAKEN), weight=_WEIGHT,
            ),
        ]  # fmt: skip

    async def make(self, call: Call[NewAccount, Nothing]) -> Reply:
        """POST /api/accounts."""
        made = await self._sub_accounts.make(call.person, call.body.name)
        return _one(made.value, made.sequence, HTTPStatus.CREATED)

    async def rename(self, call: Call[NamedAccount, Nothing]) -> Reply:
        """PATCH /api/accounts/{account}."""
        account = parse_account(call.path["account"])
        return _one(await self._sub_accounts.rename(call.person, account, call.body.name))

    async def archive(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/accounts/{account}/archive."""
        archived = await self._sub_accounts.archive(call.person, parse_account(call.path["account"]))
        return _one(archived.value, archived.sequence)

    async def restore(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/accounts/{account}/restore."""
        restored = await self._sub_accounts.restore(call.person, parse_account(call.path["account"]))
        return _one(restored.value, restored.sequence)


def account_view(own: OwnAccount) -> AccountView:
    """An account as the API shows it."""
    return AccountView(
        id=str(own.account),
        kind="main" if own.name is None else "sub",
        name=own.name,
        created_at=format_time(own.created_at_us),
        archived_at=None if own.archived_at_us is None else format_time(own.archived_at_us),
    )


def _one(own: OwnAccount, sequence: int = 0, status: int = HTTPStatus.OK) -> Reply:
    return answer(OneAccount(account_view(own), str(sequence)), sequence, status)
