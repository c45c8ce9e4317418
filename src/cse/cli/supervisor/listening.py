"""The sockets that listen for the exchange as long as its supervisor lives.

Services inherit them, so that who connects while one is restarted waits and is not refused.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BACKLOG: Final = 2048
# The kernel takes so much of what a client has not been sent yet. By itself it takes megabytes for each
# that does not read, and who is slow would be shown what was so minutes ago.
UNSENT_BYTES: Final = 131_072


class PortUnusable(RuntimeError):
    """The port cannot be listened on; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Listening:
    """The sockets, by who answers on them.

    Attributes:
        gateway: on the exchange's own address.
        edges: on the unix socket behind it that all edges share.
        streams: on the one that all streams share.
    """

    gateway: socket.socket
    edges: socket.socket
    streams: socket.socket

    def close(self) -> None:
        """Takes no new connection; what is inherited stays open in who inherited it."""
        for one in (self.gateway, self.edges, self.streams):
            one.close()


@contextmanager
def listen_behind(gateway: socket.socket, edges: Path, streams: Path) -> Iterator[Listening]:
    """All sockets: the one that listens already, and those behind it at these paths."""
    with ExitStack() as stack:
        behind = [stack.enter_context(listen_unix(path)) for path in (edges, streams)]
        yield Listening(gateway, *behind)


def listen_tcp(host: str, port: int) -> socket.socket:
    """Listens on an address.

    Raises:
        PortUnusable: another program listens there, or this user may not.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # Connections inherit it, whoever accepts them.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT_BYTES)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        place = f"Port {port} of {host}"
        if error.errno == errno.EADDRINUSE:
            raise PortUnusable(f"{place} is in use by another program. Choose another with --port.") from None
        raise PortUnusable(f"{place} cannot be listened on: {error.strerror}.") from None
    return listening


def listen_unix(path: Path) -> socket.socket:
    """Listens at a path, where a socket of an earlier life may still lie."""
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(str(path))
        path.chmod(0o600)
        listening.listen(BACKLOG)
    except OSError:
        listening.close()
        raise
    return listening
