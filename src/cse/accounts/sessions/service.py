"""Use cases of a person's sessions: where they are signed in, and ending that."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.models import SessionView, UsedSession
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.devices import device_of
from cse.accounts.sessions.tokens import AccessTokens
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_uuid
from cse.domain.lines import parse_name
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Connected, Pool

_REASON: Final = "ended by the person"


class PersonSessions:
    """The sessions of whoever asks; another's are as unknown as none."""

    def __init__(self, pool: Pool, access_tokens: AccessTokens) -> None:
        self._pool = pool
        self._access_tokens = access_tokens

    async def live(self, caller: Caller) -> list[SessionView]:
        """Those that go on, the latest used first."""
        async with self._pool.connection() as connection:
            sessions = await session_store.live_sessions(connection, caller.person)
        return [_view(session, str(session.id) == caller.session) for session in sessions]

    async def name(self, caller: Caller, session: str, name: str | None) -> None:
        """Gives a session a name, or takes it away. Raises `CodedError` not_found, invalid_field."""
        kept = None if name is None else parse_name(name)
        async with self._pool.connection() as connection:
            if not await session_store.name_session(connection, caller.person, parse_uuid(session), kept):
                raise CodedError(codes.NOT_FOUND)
            details = Details(label=kept or "")
            target = str(parse_uuid(session))
            await log.record(
                connection, Act.SESSION_NAMED, Actor.caller(caller), target=target, details=details
            )

    async def end(self, caller: Caller, session: str) -> None:
        """Ends one, here at once and elsewhere within a second. Raises `CodedError` not_found."""
        wanted = parse_uuid(session)
        async with self._pool.connection() as connection:
            if not await session_store.end_own_session(connection, caller.person, wanted, _REASON):
                raise CodedError(codes.NOT_FOUND)
            await _record_end(connection, caller, wanted)
        self._access_tokens.end_session(str(wanted))

    async def end_others(self, caller: Caller) -> int:
        """Ends all but the caller's own; how many these were."""
        async with self._pool.connection() as connection:
            kept = UUID(caller.session)
            ended = await session_store.end_other_sessions(connection, caller.person, kept, _REASON)
            for session in ended:
                await _record_end(connection, caller, session)
        for session in ended:
            self._access_tokens.end_session(str(session))
        return len(ended)


async def _record_end(connection: Connected, caller: Caller, session: UUID) -> None:
    actor, details = Actor.caller(caller), Details(reason=_REASON)
    await log.record(connection, Act.SESSION_ENDED, actor, target=str(session), details=details)


def _view(session: UsedSession, current: bool) -> SessionView:
    device = device_of(session.user_agent)
    return SessionView(
        id=str(session.id),
        client=device.client,
        platform=device.platform,
        name=session.name,
        address=session.address,
        country=None,
        created_at=format_time(session.created_at_us),
        last_seen_at=format_time(session.last_seen_at_us),
        expires_at=format_time(session.expires_at_us),
        current=current,
    )
