"""Routes of a person's preferences."""

from __future__ import annotations

from cse.accounts.preferences.models import ChangedPreferences, PreferencesView
from cse.accounts.preferences.service import PersonPreferences
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class PreferencesApi:
    """Parse, call, answer."""

    def __init__(self, preferences: PersonPreferences) -> None:
        self._preferences = preferences

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, path = Access.PERSON, "/api/preferences"
        return [
            Route("GET", path, person, "How the person likes the app and mails to be.", PreferencesView,
                  handler=self.show),
            Route("PATCH", path, person, "Changes some of that, unless it was changed elsewhere meanwhile.",
                  PreferencesView, handler=self.change, request=ChangedPreferences,
                  codes=(codes.VERSION_OUTDATED,)),
        ]  # fmt: skip

    async def show(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/preferences."""
        return answer(await self._preferences.of(call.person))

    async def change(self, call: Call[ChangedPreferences, Nothing]) -> Reply:
        """PATCH /api/preferences."""
        return answer(await self._preferences.change(call.person, call.body))
