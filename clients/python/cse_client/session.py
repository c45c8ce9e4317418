"""Who is signed in, and access tokens that are renewed before they end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from cse_client.errors import NotSignedIn, SessionRefused
from cse_client.models import SignedIn

# Renewed so long before its end, a token does not end on the way.
_RENEWED_BEFORE_S = 30.0


@dataclass(frozen=True, slots=True)
class Session:
    """One person's tokens. `ends_at` is when the access token does, in seconds since 1970."""

    person: str
    account: str
    display_name: str
    access_token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    ends_at: float

    @classmethod
    def of(cls, signed_in: SignedIn, now: float) -> Session:
        """The session of tokens that came now."""
        return cls(
            person=signed_in.person,
            account=signed_in.account,
            display_name=signed_in.display_name,
            access_token=signed_in.access_token,
            refresh_token=signed_in.refresh_token or "",
            ends_at=now + signed_in.expires_in,
        )


class Sessions:
    """Holds the session and renews it, once at a time however many calls need it."""

    def __init__(self, renew: Callable[[str], Awaitable[SignedIn]], now: Callable[[], float]) -> None:
        self.current: Session | None = None
        self._renew = renew
        self._now = now
        self._renewing = asyncio.Lock()

    def begin(self, signed_in: SignedIn) -> Session:
        """Takes up the tokens of a sign-up or sign-in."""
        self.current = Session.of(signed_in, self._now())
        return self.current

    def end(self) -> None:
        """Forgets the tokens."""
        self.current = None

    async def access_token(self) -> str:
        """A token with some life left.

        Raises:
            NotSignedIn: there is no session, or it cannot be renewed any more.
        """
        session = self._required()
        if self._now() < session.ends_at - _RENEWED_BEFORE_S:
            return session.access_token
        return await self.renewed(session.access_token)

    async def renewed(self, refused: str) -> str:
        """A token after `refused`, which is good no more; one that another call got meanwhile will do."""
        async with self._renewing:
            session = self._required()
            if session.access_token != refused:
                return session.access_token
            try:
                signed_in = await self._renew(session.refresh_token)
            except SessionRefused as error:
                if self.current is session:
                    self.current = None
                raise NotSignedIn(error.sentence) from error
            if self.current is not session:
                raise NotSignedIn("the session was ended meanwhile")
            return self.begin(signed_in).access_token

    def _required(self) -> Session:
        if self.current is None:
            raise NotSignedIn("sign in first")
        return self.current
