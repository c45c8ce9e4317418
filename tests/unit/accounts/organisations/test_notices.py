"""Approvers are told of what waits for them."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

import pytest

from cse.accounts.organisations import notices
from cse.accounts.organisations.models import Looked, Member, Organisation, Policy
from cse.accounts.organisations.policy import GuardedAct
from cse.domain.organisations import MemberRole


def approver(number: int, joined_at_us: int) -> Member:
    roles = frozenset({MemberRole.APPROVER})
    return Member(UUID(int=number), "Ada", "ada@example.com", False, roles, True, joined_at_us)


async def test_persons_are_locked_in_one_order_whichever_organisation_tells_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two with the same approvers, who joined in another order, would otherwise wait for each other."""
    told: list[int] = []

    async def note(_: object, person: UUID, *__: object, **___: object) -> None:
        told.append(person.int)

    monkeypatch.setattr(notices, "note", note)
    there = Organisation(UUID(int=1), "Fund", 0, 1, Policy(), frozen=False)
    for numbers in ((9, 4, 7, 5), (9, 7, 5, 4)):
        own, *others = (approver(number, at_us) for at_us, number in enumerate(numbers))
        looked = Looked(there, {one.person: one for one in (own, *others)}, own)
        await notices.note_approval_wanted(cast(Any, None), looked, GuardedAct.INVITE)
    assert told == [4, 5, 7, 4, 5, 7]
