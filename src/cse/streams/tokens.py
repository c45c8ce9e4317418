"""Access tokens whose end is felt at once by those who depend on them."""

from __future__ import annotations

from collections.abc import Callable

from cse.accounts.sessions.tokens import AccessTokens


class WatchedTokens(AccessTokens):
    """Verifies tokens, and calls `on_end` with each sign-in that ends, wherever it was ended."""

    on_end: Callable[[str], None] = staticmethod(lambda _: None)

    def end_session(self, session: str) -> None:
        super().end_session(session)
        self.on_end(session)
