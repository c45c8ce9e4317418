"""Requests over aiohttp: pooled connections, TLS, whatever stands between here and the exchange."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Final

import aiohttp
from yarl import URL

from cse_client.errors import NoAnswer, Unreachable
from cse_client.http.transport import Answer

CONNECTIONS_MAX: Final = 32
TIMEOUT_S: Final = 15.0
_CONNECT_TIMEOUT_S: Final = 5.0
# Above twice as much aiohttp warns that it would hold up everything else.
_PIECE_BYTES: Final = 1 << 19
# Each costs time, and none of them says anything here.
_NOT_SENT: Final = ("User-Agent", "Accept", "Accept-Encoding")


class AiohttpTransport:
    """Connects at the first request.

    Args:
        url: the exchange, such as `http://127.0.0.1:8000`.
        connections_max: how many connections are open at most; more requests than that wait.
        timeout_s: after how long a request has got no answer.

    Raises:
        ValueError: `url` is no address of HTTP.
    """

    def __init__(
        self, url: str, *, connections_max: int = CONNECTIONS_MAX, timeout_s: float = TIMEOUT_S
    ) -> None:
        self._url = url.rstrip("/")
        if URL(self._url).scheme not in ("http", "https") or not URL(self._url).host:
            raise ValueError(f"{url} is not the address of an exchange, such as http://127.0.0.1:8000")
        self._connections_max = connections_max
        self._timeout = aiohttp.ClientTimeout(total=timeout_s, sock_connect=_CONNECT_TIMEOUT_S)
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session that requests and WebSockets go through."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections_max),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout,
                skip_auto_headers=_NOT_SENT,
            )
        return self._session

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request and waits for its answer."""
        url = URL(self._url + target, encoded=True)
        try:
            response = await self.session.request(
                method, url, data=_sent(body), headers=headers, allow_redirects=False
            )
            async with response:
                content = await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"{method} {target}: {error}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswer(f"{method} {target}: {error or type(error).__name__}") from error
        return Answer(response.status, response.headers, content)

    async def close(self) -> None:
        """Closes all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _sent(body: bytes) -> bytes | BytesIO | None:
    """A body as aiohttp is to have it: a large one is written piece by piece, so that nobody waits for it."""
    if len(body) > _PIECE_BYTES:
        return BytesIO(body)
    return body or None
