"""Typed calls over a transport: encodes, authenticates, repeats, decodes."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import quote

import msgspec

from cse_client import codes
from cse_client.accounts import about_account
from cse_client.errors import ApiError, NoAnswer
from cse_client.http.patience import Patience
from cse_client.http.transport import Answer, Transport
from cse_client.models import RefreshTokens, SignedIn
from cse_client.session import Sessions
from cse_client.signing import Signing

Response = TypeVar("Response")

_ENCODE: Final = msgspec.json.Encoder().encode
_JSON: Final = {"content-type": "application/json"}


class Requests:
    """Makes calls for one person, for an API key, or for nobody.

    Attributes:
        account: which of the person's accounts they are about; None is the main one, or the key's.
        sequence: the highest sequence of the journal that an answer reflected.
    """

    def __init__(
        self,
        transport: Transport,
        patience: Patience,
        signing: Signing | None = None,
        account: str | None = None,
    ) -> None:
        self.account = account
        self.patience = patience
        self.sessions = Sessions(self._renew, time.time)
        self.signing = signing
        self.sequence = 0
        self._transport = transport

    def about(self, account: str | None) -> Requests:
        """The same for another account: by the same sign-in, and about no other's orders."""
        other = copy.copy(self)
        other.account = account
        return other

    async def ask(
        self,
        method: str,
        target: str,
        response: type[Response],
        *,
        body: msgspec.Struct | None = None,
        file: File | None = None,
        headers: Mapping[str, str] | None = None,
        repeatable: bool = True,
        signed_in: bool = True,
    ) -> Response:
        """Makes a call. Raises `ClientError`; see `Patience` for what is made again."""
        raw = b"" if body is None else _ENCODE(body)
        content_type = _JSON if raw else {}
        if file is not None:
            raw, content_type = file.content, {"content-type": file.media_type}
        if signed_in:
            target = about_account(method, target, self.account)
        request = _Request(method, target, {**(headers or {}), **content_type}, raw)
        if not signed_in:
            answer = await self._answered(request, _nothing, repeatable)
        elif self.signing is not None:
            answer = await self._answered_to_key(request, self.signing, repeatable)
        else:
            answer = await self._answered_to_person(request, repeatable)
        self._note_sequence(answer)
        return _read(answer, response)

    async def _answered(
        self, request: _Request, proof: Callable[[], Mapping[str, str]], repeatable: bool
    ) -> Answer:
        """The answer to a request whose every try has a proof of its own."""

        async def send() -> Answer:
            method, target, headers, body = request
            return await self._transport.send(method, target, {**headers, **proof()}, body)

        return await self.patience.answered(send, repeatable=repeatable)

    async def _answered_to_person(self, request: _Request, repeatable: bool) -> Answer:
        token = await self.sessions.access_token()
        try:
            return await self._answered(request, partial(_bearer, token), repeatable)
        except ApiError as error:
            if error.code not in (codes.NOT_AUTHENTICATED, codes.SESSION_ENDED):
                raise
        token = await self.sessions.renewed(token)
        return await self._answered(request, partial(_bearer, token), repeatable)

    async def _answered_to_key(self, request: _Request, signing: Signing, repeatable: bool) -> Answer:
        idempotency_key = request.headers.get("idempotency-key", "")
        proof = partial(signing.headers, request.method, request.target, idempotency_key, request.body)
        try:
            return await self._answered(request, proof, repeatable)
        except ApiError as error:
            if error.code != codes.TIMESTAMP_OUTSIDE_WINDOW or error.time_us is None:
                raise
            signing.note_time(error.time_us)
        return await self._answered(request, proof, repeatable)

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


class File(NamedTuple):
    """A body that is a file, of a type such as `image/png`."""

    media_type: str
    content: bytes


class _Request(NamedTuple):
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


def _nothing() -> Mapping[str, str]:
    """The proof of a visitor."""
    return {}


def _bearer(token: str) -> Mapping[str, str]:
    return {"authorization": f"Bearer {token}"}


def _read(answer: Answer, response: type[Response]) -> Response:
    if response is bytes:
        return answer.body  # type: ignore[return-value]
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
