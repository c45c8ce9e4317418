"""Sessions that end on one edge are felt on all: each listens for the notice PostgreSQL passes on."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import psycopg
from psycopg import AsyncConnection

from cse.accounts import store
from cse.accounts.tokens import ACCESS_TOKEN_LIFE_S, AccessTokens

_LOG: Final = logging.getLogger("cse.accounts")
_PAUSE_S: Final = 0.5


class Revocations:
    """Tells `AccessTokens` of every session that ends, whichever edge ended it."""

    def __init__(self, conninfo: str, access_tokens: AccessTokens) -> None:
        self._conninfo = conninfo
        self._access_tokens = access_tokens
        self.listening = False

    async def run(self) -> None:
        """Listens until cancelled; what ended while there was no connection is read at the next."""
        while True:
            try:
                await self._listen()
            except psycopg.OperationalError as error:
                _LOG.warning("not listening for ended sessions: %s", error)
            self.listening = False
            await asyncio.sleep(_PAUSE_S)

    async def _listen(self) -> None:
        async with await AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
            await connection.execute(f"LISTEN {store.SESSION_ENDED}")
            for session in await store.ended_sessions(connection, ACCESS_TOKEN_LIFE_S):
                self._access_tokens.end_session(session)
            self.listening = True
            async for notice in connection.notifies():
                self._access_tokens.end_session(notice.payload)
