"""Routes that everyone may read."""

from __future__ import annotations

from cse.creators import service
from cse.creators.models import Creators, CreatorView, Profile
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class CreatorsApi:
    """Parse, call, answer."""

    def __init__(self, creators: service.Creators) -> None:
        self._creators = creators

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [
            Route(
                "GET", "/api/creators", Access.EVERYONE, "Lists the creators.", Creators,
                handler=self.creators,
            ),
        ]  # fmt: skip

    async def creators(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/creators."""
        items = [_view(profile) for profile in await self._creators.profiles()]
        return answer(Creators(items, None))


def _view(profile: Profile) -> CreatorView:
    return CreatorView(
        asset=profile.asset,
        handle=profile.handle,
        name=profile.name,
        category=profile.category,
        tagline=profile.tagline,
        cover=profile.cover,
        demo=profile.demo,
    )
