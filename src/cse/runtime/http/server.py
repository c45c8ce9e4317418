"""How uvicorn serves: the quick loop and parser, and no line a request."""

from __future__ import annotations

from typing import Any, Final

import uvicorn

from cse.runtime.http.short_way import protocol_class

KEEP_ALIVE_S: Final = 75
STOP_TIMEOUT_S: Final = 10
BACKLOG: Final = 2_048


def server_configuration(application: Any) -> uvicorn.Config:
    """The configuration of a server for an ASGI application that may serve some requests directly."""
    return uvicorn.Config(
        application,
        loop="uvloop",
        http=protocol_class(application),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        # Whose X-Forwarded-For counts is decided by the application.
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=STOP_TIMEOUT_S,
        backlog=BACKLOG,
    )
