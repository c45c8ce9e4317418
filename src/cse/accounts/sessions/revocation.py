"""What one process does is felt on all: each listens for what PostgreSQL passes on.

Sessions and keys that end, and what else a process asks for: all on one connection.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from cse.accounts.api_keys import store as key_store
from cse.accounts.api_keys.ring import KeyRing
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import ACCESS_TOKEN_LIFE_S, AccessTokens
from cse.runtime.postgres import Connected

_LOG: Final = logging.getLogger("cse.accounts")
_PAUSE_S: Final = 0.5

# Called with what was passed on, and with an empty text when some of it may have been missed.
Heard: TypeAlias = Callable[[str], None]


class Revocations:
    """Tells `AccessTokens` and `KeyRing` of every session and key that ends, whichever process ended it.

    `others` are told of what is passed on in their channels.
    """

    def __init__(
        self,
        conninfo: str,
        access_tokens: AccessTokens,
        keys: KeyRing,
        others: Mapping[str, Heard] | None = None,
    ) -> None:
        self._conninfo = conninfo
        self._access_tokens = access_tokens
        self._keys = keys
        self._others = dict(others or {})
        self.listening = False

    async def run(self) -> None:
        """Listens until cancelled; what ended while there was no connection is read at the next."""
        while True:
            try:
                await self._listen()
            except psycopg.OperationalError as error:
                _LOG.warning("not listening for ended sessions and keys: %s", error)
            self.listening = False
            await asyncio.sleep(_PAUSE_S)

    async def _listen(self) -> None:
        async with await AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
            for channel in (session_store.SESSION_ENDED, key_store.KEY_CHANGED, *self._others):
                await connection.execute(f"LISTEN {channel}")
            await self._catch_up(connection)
            self.listening = True
            for heard in self._others.values():
                heard("")
            async for notice in connection.notifies():
                if notice.channel in self._others:
                    self._others[notice.channel](notice.payload)
                elif notice.channel == key_store.KEY_CHANGED:
                    self._keys.end(UUID(notice.payload))
                else:
                    self._access_tokens.end_session(notice.payload)

    async def _catch_up(self, connection: Connected) -> None:
        for session in await session_store.ended_sessions(connection, ACCESS_TOKEN_LIFE_S):
            self._access_tokens.end_session(session)
        met = self._keys.met()
        self._keys.note_live(met, await key_store.live_keys(connection, met))
