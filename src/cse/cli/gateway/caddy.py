"""Caddy's configuration: who answers what, within which limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from cse.accounts.mail.api import MAILBOX_PATH
from cse.cli.gateway.cors import cors_routes
from cse.cli.gateway.files import file_routes
from cse.cli.gateway.handlers import Handler, Route, answer, subroute, terminal
from cse.cli.gateway.market_pages import market_errors, market_routes
from cse.cli.gateway.pages import page_routes
from cse.cli.gateway.papers import paper_routes
from cse.cli.gateway.refusals import (
    API,
    STREAMS,
    UPLOAD_PATH,
    error_routes,
    problem,
    refuse_what_is_no_request,
)
from cse.domain import codes
from cse.domain.verification import DOCUMENT_BYTES_MAX
from cse.runtime.configuration import Configuration
from cse.runtime.health import Report, health_socket

SERVICE = "gateway"
ADDED_BY_PROXIES: Final = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")
# What Caddy says, of its own accord, to who has not sent what they announced.
GONE: Final = 499
# Two years, and the names below this one too: whoever has met the exchange by TLS meets it by nothing else.
HSTS: Final = "max-age=63072000; includeSubDomains"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the gateway grants one connection and one request.

    `answer_s` is how long an edge may take to begin its answer. It is longer than anything an edge
    does, so that an edge that works is never given up. A connection to an edge is kept for less time
    than the edge keeps it, lest a request is written into one that just closes. `page_s` is how long it may
    take over a page that is there as a file as well.
    """

    head_s: float = 10
    request_s: float = 30
    response_s: float = 120
    idle_s: float = 75
    answer_s: float = 40
    page_s: float = 1
    upstream_idle_s: float = 30
    stop_s: float = 5
    head_bytes: int = 32_768
    body_bytes: int = 131_072
    upload_bytes: int = DOCUMENT_BYTES_MAX


def configuration_of(
    configuration: Configuration, listen: str, limits: Limits | None = None
) -> dict[str, Any]:
    """The whole of it, as Caddy reads it.

    Args:
        configuration: the exchange's; without `web`, pages come from the edge.
        listen: an address as Caddy writes it; `fd/7` is an inherited socket.
        limits: others than usual.
    """
    granted = limits or Limits()
    state = str(configuration.run / SERVICE)
    return {
        # Nothing changes it while it runs, and nothing of it is kept elsewhere.
        "admin": {"disabled": True, "config": {"persist": False}},
        "storage": {"module": "file_system", "root": state},
        "logging": {"logs": {"default": _log()}},
        "apps": {
            "http": {
                "grace_period": _seconds(granted.stop_s),
                "servers": {
                    "origin": _origin(configuration, listen, granted),
                    "inside": _inside(configuration.run),
                },
            }
        },
    }


def _origin(configuration: Configuration, listen: str, limits: Limits) -> dict[str, Any]:
    web = configuration.web
    pages = page_routes(web, market_routes(web, configuration.edge_socket, limits.page_s)) if web else []
    page_errors = market_errors(web) if web else []
    edge = _to_edge(configuration.edge_socket, limits)
    alike: Route = {"handle": [_answered_alike(configuration)]}
    server: dict[str, Any] = {
        "listen": [listen],
        "protocols": ["h1"],
        "automatic_https": {"disable": True},
        "read_header_timeout": _seconds(limits.head_s),
        "read_timeout": _seconds(limits.request_s),
        "write_timeout": _seconds(limits.response_s),
        "idle_timeout": _seconds(limits.idle_s),
        "max_header_bytes": limits.head_bytes,
        "routes": [
            alike,
            {"handle": [_answer_what_does_not_come()]},
            _not_from_elsewhere(MAILBOX_PATH),
            *cors_routes(configuration.cors_origins),
            *refuse_what_is_no_request(limits.body_bytes, limits.upload_bytes),
            _at([UPLOAD_PATH], *_upload(configuration.edge_socket, limits)),
            # Some of these stand below paths of the API.
            _at(list(STREAMS), _proxy(configuration.streams_socket, limits)),
            _at(["/ws/orders"], _proxy(configuration.edge_socket, limits)),
            _at(list(API), *edge),
            *file_routes(configuration.files),
            *(paper_routes(configuration.papers) if configuration.papers else []),
            *(pages or [_at(["/*"], *edge)]),
        ],
        "errors": {"routes": [alike, *page_errors, *error_routes(limits.body_bytes, limits.upload_bytes)]},
    }
    if configuration.trusted_proxies:
        # Of these alone X-Forwarded-For is kept; from everybody else it is replaced.
        server["trusted_proxies"] = {"source": "static", "ranges": list(configuration.trusted_proxies)}
    return server


def _answered_alike(configuration: Configuration) -> Handler:
    """What holds for the headers of every answer, whoever gives it."""
    same = {"X-Content-Type-Options": ["nosniff"], "Cross-Origin-Resource-Policy": ["same-origin"]}
    if configuration.has_tls:
        same["Strict-Transport-Security"] = [HSTS]
    return {
        "handler": "headers",
        "response": {
            # Last of all, for the proxy adds one of these after it has taken out what came from behind.
            "deferred": True,
            "delete": ["Server", "Via"],
            "set": same,
        },
    }


def _answer_what_does_not_come() -> Handler:
    """Has a body that did not come in time answered at once; the server would wait for its rest first."""
    return {
        "handler": "headers",
        "response": {
            "deferred": True,
            "require": {"status_code": [GONE]},
            "set": {"Connection": ["close"]},
        },
    }


def _not_from_elsewhere(path: str) -> Route:
    """What is for this machine alone is not there for who comes by a proxy, of which nothing need be known.

    A proxy on this machine looks like a browser on it, but for what it adds to a request.
    """
    added = [{"path": [path, f"{path}/*"], "header": {name: ["*"]}} for name in ADDED_BY_PROXIES]
    return terminal(added, problem(codes.NOT_FOUND))


def _to_edge(edge: Path, limits: Limits) -> list[Handler]:
    compress = {
        "handler": "encode",
        "encodings": {"gzip": {"level": 1}},
        "minimum_length": 4_096,
    }
    reading = {"match": [{"method": ["GET"]}], "handle": [compress]}
    return [
        {"handler": "request_body", "max_size": limits.body_bytes},
        # Lists and candles are long; an order's answer is short, and has to be quick.
        subroute(reading),
        # A body that trickles in is gathered here and occupies no edge.
        _proxy(edge, limits) | {"request_buffers": limits.body_bytes},
    ]


def _upload(edge: Path, limits: Limits) -> list[Handler]:
    """A file goes on as it comes: gathered here, those of strangers would take memory without end.

    The edge takes none of it before it knows who sends it.
    """
    return [{"handler": "request_body", "max_size": limits.upload_bytes}, _proxy(edge, limits)]


def _proxy(socket: Path, limits: Limits) -> Handler:
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"unix/{socket}"}],
        "transport": {
            "protocol": "http",
            "compression": False,
            "dial_timeout": _seconds(limits.answer_s),
            "response_header_timeout": _seconds(limits.answer_s),
            "keep_alive": {
                "enabled": True,
                "idle_timeout": _seconds(limits.upstream_idle_s),
                "max_idle_conns_per_host": 256,
            },
        },
        "headers": {"request": {"delete": ["Via"]}},
    }


def _inside(run: Path) -> dict[str, Any]:
    """Health and figures, for those who may enter the data directory."""
    report = msgspec.json.encode(Report(SERVICE, True, True, None)).decode()
    body = report.replace("{", "\\{").replace("}", "\\}")
    healthy = answer(200, {"Content-Type": "application/json"}, body)
    return {
        "listen": [f"unix/{health_socket(run, SERVICE)}|0600"],
        "protocols": ["h1"],
        "automatic_https": {"disable": True},
        "routes": [_at(["/health"], healthy), _at(["/metrics"], {"handler": "metrics"})],
    }


def _log() -> dict[str, Any]:
    """Lines as the other services write them, to where the supervisor reads them."""
    return {
        "writer": {"output": "stderr"},
        "level": "INFO",
        # While an edge is away each request says so.
        "sampling": {"interval": 1_000_000_000, "first": 5},
        "encoder": {
            "format": "json",
            "message_key": "event",
            "time_key": "timestamp",
            "level_key": "level",
            "time_format": "rfc3339_nano",
        },
    }


def _at(paths: list[str], *handlers: Handler) -> Route:
    return terminal([{"path": paths}], *handlers)


def _seconds(count: float) -> str:
    return f"{count:g}s"
