"""Roles that a process remembers: looked up once, and gone when they end."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.organisations.memberships import KEPT_S, Memberships, Roles
from cse.domain.organisations import MemberRole
from cse.runtime.http.route import membership_name

THERE, PERSON = UUID(int=1), UUID(int=2)
NAME = membership_name(THERE, PERSON)
TRADER: Roles = frozenset({MemberRole.TRADER})


class Stored:
    """What PostgreSQL has, and how often it was asked; `meanwhile` happens while it is."""

    def __init__(self, roles: Roles) -> None:
        self.roles = roles
        self.asked = 0
        self.now_s = 0.0
        self.ended: list[str] = []
        self.memberships = Memberships(self.load, lambda: self.now_s)
        self.memberships.on_end = self.ended.append
        self.taken_away = False

    async def load(self, organisation: UUID, person: UUID) -> Roles:
        self.asked += 1
        read = self.roles
        if self.taken_away:
            self.taken_away, self.roles = False, frozenset()
            self.memberships.end(membership_name(organisation, person))
        return read


async def test_what_was_looked_up_is_known_until_it_ends_or_is_old() -> None:
    stored = Stored(TRADER)
    assert stored.memberships.known(THERE, PERSON) is None
    assert await stored.memberships.find(THERE, PERSON) == TRADER
    assert await stored.memberships.find(THERE, PERSON) == TRADER
    assert stored.asked == 1
    stored.now_s = KEPT_S + 1
    assert await stored.memberships.find(THERE, PERSON) == TRADER
    assert stored.asked == 2
    stored.roles = frozenset()
    stored.memberships.end(NAME)
    assert stored.ended == [NAME]
    assert await stored.memberships.find(THERE, PERSON) == frozenset()
    # That somebody is no member is remembered as well.
    assert stored.memberships.known(THERE, PERSON) == frozenset()


async def test_what_ends_while_it_is_looked_up_is_not_let_in() -> None:
    stored = Stored(TRADER)
    stored.taken_away = True
    assert await stored.memberships.find(THERE, PERSON) == frozenset()
    assert stored.asked == 2


async def test_after_a_time_in_which_nothing_was_heard_all_is_read_anew() -> None:
    stored = Stored(TRADER)
    await stored.memberships.find(THERE, PERSON)
    stored.memberships.end_all()
    assert (stored.ended, stored.memberships.known(THERE, PERSON)) == ([NAME], None)
