"""Requests as messages of the orders' WebSocket, and its answers as those of HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, unquote

import msgspec

from cse_client import codes
from cse_client.errors import ApiError, error_of
from cse_client.http.transport import Answer
from cse_client.models import ProblemDetails

SocketMessage = dict[str, Any]

_ORDERS: Final = "/api/orders"
_BY_CLIENT_ID: Final = "by-client-id/"
_OPS: Final = {
    ("POST", _ORDERS): "place",
    ("POST", f"{_ORDERS}/list"): "place_list",
    ("POST", f"{_ORDERS}/batch"): "place_batch",
    ("POST", f"{_ORDERS}/cancel-batch"): "cancel_batch",
    ("POST", f"{_ORDERS}/cancel-after"): "cancel_after",
    ("GET", f"{_ORDERS}/cancel-after"): "cancel_timer",
    ("POST", f"{_ORDERS}/replace"): "replace",
    ("DELETE", _ORDERS): "cancel_all",
    ("GET", _ORDERS): "orders",
    ("GET", "/api/fills"): "fills",
    ("GET", "/api/balances"): "balances",
}
_TOO_FAST: Final = frozenset({codes.RATE_LIMITED, codes.MESSAGE_RATE, codes.TOO_MANY_ATTEMPTS})
_OPS_OF_ONE: Final = {"PATCH": "amend", "DELETE": "cancel", "GET": "order"}


def message_of(method: str, target: str, headers: Mapping[str, str], body: bytes) -> SocketMessage | None:
    """The message that stands for a request; None for one that goes over HTTP alone."""
    path, _, query = target.partition("?")
    op = _OPS.get((method, path))
    message: SocketMessage = {"op": op}
    if op is None:
        name = path.removeprefix(f"{_ORDERS}/")
        if name == path or method not in _OPS_OF_ONE:
            return None
        message["op"] = _OPS_OF_ONE[method]
        if name.startswith(_BY_CLIENT_ID):
            message["client_order_id"] = unquote(name.removeprefix(_BY_CLIENT_ID))
        else:
            message["order_id"] = unquote(name)
    if query:
        message["query"] = dict(parse_qsl(query, keep_blank_values=True))
    if body:
        message["body"] = msgspec.Raw(body)
    if "cse-min-sequence" in headers:
        message["min_sequence"] = headers["cse-min-sequence"]
    return message


def answer_of(told: Mapping[str, Any]) -> Answer:
    """The answer of HTTP that a message stands for."""
    if told["op"] != "answer":
        # It was no request to the server: only an older one says that.
        problem = _problem_of(told)
        return Answer(problem.status, {}, msgspec.json.encode(problem))
    headers = {"cse-sequence": told["sequence"]}
    if "retry_after_s" in told:
        headers["retry-after"] = str(told["retry_after_s"])
    return Answer(told["status"], headers, msgspec.json.encode(told["body"]))


def refusal_of(told: Mapping[str, Any]) -> ApiError:
    """The refusal that an `error` is."""
    return error_of(_problem_of(told))


def _problem_of(told: Mapping[str, Any]) -> ProblemDetails:
    """An `error` names its code alone; whether it may be tried again follows from that."""
    code = told.get("code", "")
    status = 429 if code in _TOO_FAST else 503 if codes.BANDS.get(code) == "service" else 400
    return ProblemDetails(
        type="about:blank",
        title="",
        status=status,
        detail=told.get("message", ""),
        code=code,
        retryable=status != 400,
        money="none",
        instance="",
    )
