"""The exchange's REST API as one object: for a person once signed in, for a visitor before."""

from __future__ import annotations

import copy
from typing import Self

from cse_client.calls.accounts import AccountsCalls
from cse_client.calls.alerts import AlertCalls
from cse_client.calls.api_keys import ApiKeyCalls
from cse_client.calls.books import BookCalls
from cse_client.calls.markets import MarketCalls
from cse_client.calls.orders import OrderCalls
from cse_client.calls.organisations import OrganisationCalls
from cse_client.calls.security import SecurityCalls
from cse_client.calls.sessions import SessionCalls
from cse_client.calls.verification import VerificationCalls
from cse_client.calls.workspace import WorkspaceCalls
from cse_client.http.aiohttp_transport import AiohttpTransport
from cse_client.http.patience import Patience
from cse_client.http.socket_transport import SocketTransport
from cse_client.http.transport import Transport
from cse_client.keys import ApiKey
from cse_client.requests import Requests
from cse_client.signing import Signing


class CseClient(
    SessionCalls,
    SecurityCalls,
    ApiKeyCalls,
    AccountsCalls,
    OrganisationCalls,
    VerificationCalls,
    AlertCalls,
    WorkspaceCalls,
    MarketCalls,
    OrderCalls,
    BookCalls,
):
    """A client of one exchange, and of at most one person or API key.

    Calls raise `ClientError`, whose `money` says whether one must look before one acts again. They are
    made again while that may help and cannot do anything twice; see `Patience`.

    Args:
        url: the exchange, such as `http://127.0.0.1:8000`.
        transport: what carries the requests, to be shared by several clients and closed by whoever made
            it; by default one of its own.
        patience: how long calls are made again.
        key: signs the calls, in the place of a person who signs in.
        window_ms: for how long a signed call is good.
        account: which of the person's accounts the calls are about; the main one, or the key's, without it.
    """

    def __init__(
        self,
        url: str,
        *,
        transport: Transport | None = None,
        patience: Patience | None = None,
        key: ApiKey | None = None,
        window_ms: int | None = None,
        account: str | None = None,
    ) -> None:
        self.url = url
        self._is_shared = transport is not None
        self._transport = transport or AiohttpTransport(url)
        self.signing = None if key is None else Signing(key, window_ms)
        self._requests = Requests(self._transport, patience or Patience(), self.signing, account)
        if isinstance(transport, SocketTransport):
            transport.access_token, transport.signing = self.access_token, self.signing
            transport.account = account

    def for_account(self, account: str | None) -> Self:
        """The client for another account of the same person, by the same sign-in; None is the main one.

        It shares this one's connections, and ends with them.
        """
        other = copy.copy(self)
        other._requests = self._requests.about(account)
        other._is_shared = True
        return other

    @property
    def account(self) -> str | None:
        """Which of the person's accounts the calls are about; None is the main one, or the key's."""
        return self._requests.account

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections, unless they are shared."""
        if not self._is_shared:
            await self._transport.close()

    @property
    def sequence(self) -> int:
        """The highest sequence of the journal that an answer reflected."""
        return self._requests.sequence
