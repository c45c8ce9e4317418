"""What the gateway refuses by itself, and what it says where there is no answer from behind."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from cse.binance.errors import refusal_of_message
from cse.cli.gateway.handlers import Handler, Route, answer, terminal
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.problem import PROBLEM_TYPE, problem_body
from cse.runtime.http.route import METHODS

REFERENCE: Final = "{http.request.uuid}"
_BINANCE: Final = "/binance"
API: Final = ("/api", "/api/*", "/binance", "/binance/*")
# The one path whose body is a file.
UPLOAD_PATH: Final = "/api/verification/documents"
# Paths of the streams, and all at which nothing but the handshake of a WebSocket is taken.
STREAMS: Final = ("/ws", "/binance/ws", "/binance/ws/*", "/binance/stream", "/binance/ws-api/*")
SOCKETS: Final = (*STREAMS, "/ws/orders")
# Those of routes, and those about them.
_TAKEN: Final = (*METHODS, "HEAD", "OPTIONS")

# What Caddy says of a body whose chunks cannot be told apart. None of it is said of an answer.
_BROKEN_CHUNKS: Final = (
    "invalid byte in chunk length",
    "malformed chunked encoding",
    "header line too long",
    "http chunk length too large",
    "too many header lines",
)
_NO_REQUEST: Final = "its head is not as HTTP/1.1 has it, or names no host"
_NO_CHUNKS: Final = "its body is not chunked as its head says"
_NO_SOCKET: Final = "this address takes nothing but the handshake of a WebSocket"


def refuse_what_is_no_request(body_bytes: int, upload_bytes: int) -> list[Route]:
    """Refuses what no edge would take, before anything of it is waited for."""
    # A longer number needs no reading: the whole limit has fewer digits.
    announced, of_upload = _longer_than(body_bytes), _longer_than(upload_bytes)
    handshake = {"method": ["GET"], "header_regexp": {"Upgrade": {"pattern": "(?i)^websocket$"}}}
    return [
        *_refuse({"path": [UPLOAD_PATH], "header_regexp": of_upload}, _too_large(upload_bytes)),
        *_refuse(
            {"path": list(API), "not": [{"path": [UPLOAD_PATH]}], "header_regexp": announced},
            _too_large(body_bytes),
        ),
        *_refuse(
            {"path": list(API), "not": [{"method": list(_TAKEN)}]},
            CodedError(codes.METHOD_NOT_ALLOWED, method="this method"),
        ),
        *_refuse(
            {"path": list(SOCKETS), "not": [handshake]},
            CodedError(codes.MALFORMED_REQUEST, reason=_NO_SOCKET),
        ),
    ]


def error_routes(body_bytes: int, upload_bytes: int) -> list[Route]:
    """Answers where there is none from behind: the API's in its own form.

    A body that ends before its end has been carried out by no edge. Where a route takes none, none is
    waited for, so that of what is cancelled (DELETE) the outcome stays open.
    """
    paths = {"path": [*API, *SOCKETS]}
    broken = " || ".join(f"{{http.error.message}} == '{text}'" for text in _BROKEN_CHUNKS)
    api = [
        (_status(400), CodedError(codes.MALFORMED_REQUEST, reason=_NO_REQUEST)),
        ({"path": [UPLOAD_PATH]} | _status(413), _too_large(upload_bytes)),
        (_status(413), _too_large(body_bytes)),
        (
            {"method": ["POST", "PUT", "PATCH"], "expression": broken},
            CodedError(codes.MALFORMED_REQUEST, reason=_NO_CHUNKS),
        ),
        ({"method": ["GET", "HEAD"]}, CodedError(codes.UNAVAILABLE)),
        # It may have been carried out before the answer was lost.
        ({}, CodedError(codes.OUTCOME_UNKNOWN)),
    ]
    answers = [route for match, error in api for route in _refuse(paths | match, error)]
    rest = {"handle": [{"handler": "static_response", "status_code": "{http.error.status_code}"}]}
    return [*answers, rest]


def problem(error: CodedError | codes.Code) -> Handler:
    """A refusal as an answer of the gateway's own."""
    coded = error if isinstance(error, CodedError) else CodedError(error)
    body = problem_body(coded, REFERENCE).decode()
    return _answer(coded, coded.code.status, PROBLEM_TYPE.decode(), body)


def _in_dialect(error: CodedError) -> Handler:
    """The same as Binance's clients know it."""
    refusal = refusal_of_message(error)
    body = msgspec.json.encode({"code": refusal.number, "msg": refusal.sentence}).decode()
    return _answer(error, refusal.status, "application/json", body)


def _answer(error: CodedError, status: int, content_type: str, body: str) -> Handler:
    # Braces are Caddy's own but for those that are escaped.
    escaped = body.replace("{", "\\{").replace("}", "\\}")
    escaped = escaped.replace(REFERENCE.replace("{", "\\{").replace("}", "\\}"), REFERENCE)
    said = {"Content-Type": content_type, "Cache-Control": "no-store", "CSE-Request-Id": REFERENCE}
    if error.code.retryable:
        said["Retry-After"] = "1"
    return answer(status, said, escaped)


def _refuse(match: dict[str, Any], error: CodedError) -> list[Route]:
    """The refusal of what matches; where another dialect is spoken, in that."""
    theirs = [path for path in match["path"] if path.startswith(_BINANCE)]
    spoken = [(match | {"path": theirs}, _in_dialect(error))] if theirs else []
    return [terminal([matched], handler) for matched, handler in (*spoken, (match, problem(error)))]


def _too_large(body_bytes: int) -> CodedError:
    return CodedError(codes.BODY_TOO_LARGE, limit=body_bytes)


def _longer_than(limit_bytes: int) -> dict[str, Any]:
    """An announced length that has more digits than the limit."""
    return {"Content-Length": {"pattern": f"^0*[1-9][0-9]{{{len(str(limit_bytes))},}}$"}}


def _status(status: int) -> dict[str, Any]:
    return {"expression": f"{{http.error.status_code}} == {status}"}
