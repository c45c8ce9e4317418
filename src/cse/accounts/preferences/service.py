"""Use cases of preferences."""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from zoneinfo import available_timezones

import msgspec

from cse.accounts.preferences import store
from cse.accounts.preferences.models import OF_DEVICE, ChangedPreferences, Preferences, PreferencesView
from cse.accounts.preferences.store import Kept
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Pool

UTC: Final = "UTC"


class PersonPreferences:
    """The preferences of whoever asks."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def of(self, caller: Caller) -> PreferencesView:
        """What the caller has chosen."""
        async with self._pool.connection() as connection:
            return _view(await store.of(connection, caller.person))

    async def change(self, caller: Caller, changes: ChangedPreferences) -> PreferencesView:
        """Changes some of them, and leaves the others.

        Raises:
            CodedError: `version_outdated` where another device has changed them since; `invalid_field`.
        """
        fields: dict[str, Any] = msgspec.structs.asdict(changes)
        seen = fields.pop("version")
        fields = {name: value for name, value in fields.items() if value is not None}
        if "time_zone" in fields:
            checked_time_zone(fields["time_zone"])
        async with self._pool.connection() as connection:
            before = await store.of(connection, caller.person)
            chosen = msgspec.structs.replace(before.chosen, **fields)
            if before.version != seen or not await store.keep(connection, caller.person, seen, chosen):
                raise CodedError(codes.VERSION_OUTDATED)
            await log.record(connection, Act.PREFERENCES_CHANGED, Actor.caller(caller))
        return _view(Kept(seen + 1, chosen))


def checked_time_zone(name: str) -> None:
    """Returns for a zone that this machine's tz database knows. Raises `CodedError` invalid_field."""
    if name not in (OF_DEVICE, UTC) and name not in _zones():
        reason = "expected a name of the tz database, such as Asia/Riyadh, or auto"
        raise CodedError(codes.INVALID_FIELD, field="time_zone", reason=reason)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _view(kept: Kept) -> PreferencesView:
    chosen: Preferences = kept.chosen
    return PreferencesView(version=kept.version, **msgspec.structs.asdict(chosen))
