"""Typed calls over a transport: encodes, authenticates, repeats, decodes."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar
from urllib.parse import quote

import msgspec

from cse_client import codes
from cse_client.errors import ApiError, NoAnswer
from cse_client.http.patience import Patience
from cse_client.http.transport import Answer, Transport
from cse_client.models import RefreshTokens, SignedIn
from cse_client.session import Sessions

Response = TypeVar("Response")

_ENCODE: Final = msgspec.json.Encoder().encode
_JSON: Final = {"content-type": "application/json"}


class Requests:
    """Makes calls for one person, or for nobody.

    Attributes:
        sequence: the highest sequence of the journal that an answer reflected.
    """

    def __init__(self, transport: Transport, patience: Patience) -> None:
        self.patience = patience
        self.sessions = Sessions(self._renew, time.time)
        self.sequence = 0
        self._transport = transport

    async def ask(
        self,
        method: str,
        target: str,
        response: type[Response],
        *,
        body: msgspec.Struct | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
        signed_in: bool = True,
    ) -> Response:
        """Makes a call. Raises `ClientError`; see `Patience` for what is made again."""
        raw = b"" if body is None else _ENCODE(body)
        sent = {**(headers or {}), **(_JSON if raw else {})}

        async def send() -> Answer:
            return await self._transport.send(method, target, sent, raw)

        if not signed_in:
            answer = await self.patience.answered(send, repeatable=repeatable)
        else:
            token = await self.sessions.access_token()
            sent["authorization"] = f"Bearer {token}"
            try:
                answer = await self.patience.answered(send, repeatable=repeatable)
            except ApiError as error:
                if error.code not in (codes.NOT_AUTHENTICATED, codes.SESSION_ENDED):
                    raise
                sent["authorization"] = f"Bearer {await self.sessions.renewed(token)}"
                answer = await self.patience.answered(send, repeatable=repeatable)
        self._note_sequence(answer)
        return _read(answer, response)

    async def _renew(self, refresh_token: str) -> SignedIn:
        """The tokens after these; a refresh made again within ten seconds gives the same ones."""
        body = RefreshTokens(refresh_token=refresh_token)
        return await self.ask("POST", "/api/auth/refresh", SignedIn, body=body, signed_in=False)

    def _note_sequence(self, answer: Answer) -> None:
        sequence = answer.headers.get("cse-sequence", "")
        if sequence.isdigit():
            self.sequence = max(self.sequence, int(sequence))


def target(*path: str, **query: str | int | None) -> str:
    """A path from its parts, and a query of what is not None."""
    encoded = "/".join(quote(part, safe="") for part in path)
    pairs = [f"{name}={quote(str(value), safe='')}" for name, value in query.items() if value is not None]
    return f"/api/{encoded}" + (f"?{'&'.join(pairs)}" if pairs else "")


def _read(answer: Answer, response: type[Response]) -> Response:
    try:
        return _decoders[response](answer.body or b"null")  # type: ignore[no-any-return]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise NoAnswer(f"the answer is no {response.__name__}: {error}") from error


class _Decoders(dict[Any, Callable[[bytes], Any]]):
    """A decoder for each type, made when it is first asked for."""

    def __missing__(self, response: Any) -> Callable[[bytes], Any]:
        self[response] = decode = msgspec.json.Decoder(response).decode
        return decode


_decoders: Final = _Decoders()
