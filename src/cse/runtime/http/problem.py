"""Refusals as RFC 9457 problem details, one for each code of the catalogue."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, Literal

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError

PROBLEM_TYPE: Final = b"application/problem+json"


class ProblemDetails(msgspec.Struct, frozen=True, omit_defaults=True):
    """The body of every refusal.

    `code` is stable, `detail` is the sentence for a person, `field` the field of the request that
    is at fault. `money` is `unknown` when the request may have taken effect: look before you act
    again. Where another factor is needed, `methods` are those that the person has, and `challenge` is what
    a code has to be sent with. `now` is what a setting is that is another than was seen.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    retryable: bool
    money: Literal["none", "unknown"]
    instance: str
    field: str | None = None
    challenge: str | None = None
    methods: list[str] | None = None
    now: str | None = None


def problem_body(error: CodedError, request_id: str) -> bytes:
    """The problem details of a refusal as JSON."""
    code = error.code
    field, challenge = error.details.get("field"), error.details.get("challenge")
    methods, now = error.details.get("methods"), error.details.get("now")
    return msgspec.json.encode(
        ProblemDetails(
            type=f"/api/docs#{code.name}",
            title=code.name.replace("_", " ").capitalize(),
            status=code.status,
            detail=error.sentence,
            code=code.name,
            retryable=code.retryable,
            money=code.money,
            instance=f"request:{request_id}",
            field=None if field is None else str(field),
            challenge=None if challenge is None else str(challenge),
            methods=None if methods is None else str(methods).split(),
            now=None if now is None else str(now),
        )
    )


def problem_headers(error: CodedError) -> tuple[tuple[bytes, bytes], ...]:
    """What a refusal says beside its body: when to come again, how to sign in, what the time is."""
    if error.code is codes.TIMESTAMP_OUTSIDE_WINDOW:
        return ((b"cse-time", str(error.details["time"]).encode()),)
    if error.code is codes.NOT_AUTHENTICATED:
        return ((b"www-authenticate", b"Bearer"),)
    if error.code.retryable and error.code.status != HTTPStatus.INTERNAL_SERVER_ERROR:
        return ((b"retry-after", str(error.details.get("seconds", 1)).encode()),)
    return ()
