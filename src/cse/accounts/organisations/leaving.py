"""Who closes their account acts for nobody any more, once no organisation needs them."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.organisations import store
from cse.accounts.organisations.acts.members import end
from cse.accounts.organisations.models import Looked, Organisation
from cse.accounts.organisations.policy import require_workable
from cse.audit.acts import Act
from cse.audit.models import Actor
from cse.domain.errors import CodedError
from cse.runtime.postgres import Connected


async def of_who_is_needed(connection: Connected, person: UUID) -> list[str]:
    """`organisations` where one of them could not be changed any more without this person."""
    for there, _ in await store.all_of(connection, person):
        if await _needs(connection, there, person):
            return ["organisations"]
    return []


async def leave_all(connection: Connected, person: UUID, by: Actor) -> bool:
    """Ends all memberships of a person; True, and none is ended, where an organisation needs them."""
    organisations = await store.lock_all_of(connection, person)
    for there in organisations:
        if await _needs(connection, there, person):
            return True
    for there in organisations:
        members = {one.person: one for one in await store.members(connection, there.id)}
        own = members[person]
        await end(connection, Looked(there, members, own), own, Act.MEMBER_LEFT, by)
    return False


async def _needs(connection: Connected, there: Organisation, person: UUID) -> bool:
    rest = [one for one in await store.members(connection, there.id) if one.person != person]
    try:
        require_workable(there.policy, rest)
    except CodedError:
        return True
    return False
