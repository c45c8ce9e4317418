"""What was done in an organisation, as the audit log has it."""

from __future__ import annotations

from uuid import UUID

import msgspec

from cse.accounts.events.models import SecurityEventsQuery
from cse.accounts.organisations.looking import look, read_id, require
from cse.audit import log
from cse.audit.models import Event
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.organisations import MemberRight
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool

# Where in the exchange's own books it stands is nobody's but the exchange's.
_HIDDEN = frozenset({"outbox"})
# Why an operator does something is for operators.
_HIDDEN_OF_OPERATORS = _HIDDEN | {"reason"}


class OrganisationEventView(msgspec.Struct, frozen=True):
    """Something that a member did, or tried. `details` depend on the act; `person` is the member's id.

    What an operator of the exchange did has no `person`.
    """

    id: str
    act: str
    at: str
    person: str | None
    name: str | None
    refused: str | None
    details: dict[str, str]


class OrganisationEvents(msgspec.Struct, frozen=True):
    """Events, the latest first. `next_cursor` is null at the end of the list."""

    items: list[OrganisationEventView]
    next_cursor: str | None


class OrganisationHistory:
    """Reads the audit log as `cse.audit.roles.READ_ROLE`, for owners and approvers."""

    def __init__(self, pool: Pool, audit_pool: Pool) -> None:
        self._pool = pool
        self._audit_pool = audit_pool

    async def page(self, caller: Caller, organisation: str, query: SecurityEventsQuery) -> OrganisationEvents:
        """What was done, the latest first.

        Raises:
            CodedError: `organisation_unknown`, `member_role_missing`, `invalid_cursor`.
        """
        before = None if query.cursor is None else read_id(query.cursor)
        if query.cursor is not None and before is None:
            raise CodedError(codes.INVALID_CURSOR, field="cursor")
        async with self._pool.connection() as connection:
            looked = await look(connection, organisation, caller.person)
        require(looked, MemberRight.SEE_LOG)
        target, limit = str(looked.organisation.id), query.limit
        async with self._audit_pool.connection() as connection:
            found = await log.events_about(connection, target, before, limit + 1)
        names = {person: member.name for person, member in looked.members.items()}
        last = str(found[limit - 1].id) if len(found) > limit else None
        return OrganisationEvents([_view(one, names) for one in found[:limit]], last)


def _view(event: Event, names: dict[UUID, str]) -> OrganisationEventView:
    by = event.person
    hidden = _HIDDEN_OF_OPERATORS if by is None else _HIDDEN
    shown = {name: str(value) for name, value in event.details.items() if name not in hidden}
    return OrganisationEventView(
        id=str(event.id),
        act=event.act,
        at=format_time(event.time_us),
        person=None if by is None else str(by),
        name=None if by is None else names.get(by),
        refused=event.refused or None,
        details=shown,
    )
