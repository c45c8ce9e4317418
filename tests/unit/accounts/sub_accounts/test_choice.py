"""Which accounts a caller may choose: what the core says whose they are."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from cse.accounts.organisations.memberships import Memberships
from cse.accounts.sub_accounts.choice import OwnedAccounts
from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.organisations import MemberRole
from cse.engine import wire
from cse.runtime.http.route import Caller

PERSON, OTHER, ORGANISATION = UUID(int=1), UUID(int=2), UUID(int=4)
CALLER = Caller(PERSON, "session", 7, 0.0)
KEY = CALLER._replace(key=UUID(int=3), accounts=frozenset({7, 9}))


class Core:
    """Who owns what; it notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.accounts = {
            7: (AccountKind.MAIN, PERSON),
            8: (AccountKind.SUB, PERSON),
            9: (AccountKind.SUB, PERSON),
            10: (AccountKind.SUB, OTHER),
            11: (AccountKind.VAULT, PERSON),
            12: (AccountKind.MAIN, ORGANISATION),
            13: (AccountKind.SUB, ORGANISATION),
            14: (AccountKind.MAIN, OTHER),
        }

    async def account(self, account: int) -> Any:
        self.asked.append(account)
        if account not in self.accounts:
            return SimpleNamespace(value=None)
        kind, owner = self.accounts[account]
        return SimpleNamespace(value=wire.AccountState(account, kind, 0, 0, owner.bytes, 0))


def nobodys() -> Memberships:
    """Nobody is a member of anything but one who trades for an organisation, and one who reads."""

    async def load(organisation: UUID, person: UUID) -> frozenset[MemberRole]:
        if organisation != ORGANISATION:
            return frozenset()
        return {PERSON: frozenset({MemberRole.TRADER}), OTHER: frozenset({MemberRole.VIEWER})}.get(
            person, frozenset()
        )

    return Memberships(load)


async def chosen(caller: Caller, account: int) -> int | str:
    try:
        return (await OwnedAccounts(cast(Any, Core()), nobodys()).chosen(caller, account)).account
    except CodedError as error:
        return error.code.name


@pytest.mark.parametrize(
    ("caller", "account", "said"),
    [
        (CALLER, 7, 7),
        (CALLER, 8, 8),
        (CALLER, 10, "account_unknown"),
        # One that only leaves with approvals is chosen by nobody.
        (CALLER, 11, "account_unknown"),
        # Those of an organisation by its members, the main one too; nobody's and another's main one by nobody.
        (CALLER, 12, 12),
        (CALLER, 13, 13),
        (CALLER, 14, "account_unknown"),
        (CALLER, 15, "account_unknown"),
        (CALLER._replace(person=UUID(int=9), account=20), 12, "account_unknown"),
        (KEY, 12, "account_unknown"),
        (KEY, 7, 7),
        (KEY, 9, 9),
        (KEY, 8, "account_unknown"),
        (KEY, 10, "account_unknown"),
    ],
)
async def test_one_chooses_among_ones_own(caller: Caller, account: int, said: int | str) -> None:
    assert await chosen(caller, account) == said


async def test_an_owner_is_looked_up_once_and_is_nobody_elses() -> None:
    core = Core()
    owned = OwnedAccounts(cast(Any, core), nobodys())
    assert owned.known(CALLER, 8) is None
    await owned.chosen(CALLER, 8)
    found = owned.known(CALLER, 8)
    assert found is not None
    assert (found.account, found.person) == (8, PERSON)
    assert core.asked == [8]
    stranger = CALLER._replace(person=OTHER, account=10)
    assert owned.known(stranger, 8) is None
    with pytest.raises(CodedError) as refused:
        await owned.chosen(stranger, 8)
    assert refused.value.code is codes.ACCOUNT_UNKNOWN


async def test_what_a_key_is_for_needs_no_look() -> None:
    core = Core()
    found = await OwnedAccounts(cast(Any, core), nobodys()).chosen(KEY, 9)
    assert (found.account, found.key, core.asked) == (9, KEY.key, [])
