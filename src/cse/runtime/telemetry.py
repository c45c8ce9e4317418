"""Logs and figures of a service: JSON lines on standard error, and Prometheus' text format.

What is secret never reaches a log: a value is left out by its key, however deep it stands.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping
from typing import Any, Final

import prometheus_client
import structlog
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from cse.runtime.configuration import LogLevel

REDACTED: Final = "[redacted]"
_SECRET: Final = re.compile(
    r"pass(word|phrase|wd)|secret|token|authorization|cookie|credential|private|seed|mnemonic"
    r"|otp|api_?key|signature|database_url|conninfo",
    re.IGNORECASE,
)
_PASSWORD_IN_URL: Final = re.compile(r"(\w+://[^:/@\s]*):[^@/\s]+@")


def start_logging(service: str, level: LogLevel = "info") -> FilteringBoundLogger:
    """Sends this process' logs, its libraries' included, to standard error; returns its logger."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    renderer = structlog.processors.JSONRenderer(default=str)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    logging.basicConfig(
        handlers=[handler], level=max(logging.INFO, logging.getLevelNamesMapping()[level.upper()]), force=True
    )
    structlog.contextvars.bind_contextvars(service=service)
    logger: FilteringBoundLogger = structlog.get_logger()
    return logger


def redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replaces what stands under the key of a secret, and passwords within addresses."""
    return {key: _redacted(key, value) for key, value in event.items()}


def _redacted(key: object, value: Any) -> Any:
    if isinstance(key, str) and _SECRET.search(key):
        return REDACTED
    if isinstance(value, Mapping):
        return {inner: _redacted(inner, found) for inner, found in value.items()}
    if isinstance(value, list | tuple):
        return [_redacted(None, found) for found in value]
    if isinstance(value, str):
        return _PASSWORD_IN_URL.sub(r"\1:" + REDACTED + "@", value)
    return value


def metrics() -> bytes:
    """All figures of this process in Prometheus' text format."""
    return prometheus_client.generate_latest()
