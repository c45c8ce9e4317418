"""The socket on which a service takes connections."""

from __future__ import annotations

import socket

from cse.runtime.configuration import Configuration


def listening_socket(configuration: Configuration, port: int) -> socket.socket:
    """The socket that was inherited, or one of its own at `port`, which others of its kind may share.

    Raises:
        OSError: the address cannot be had.
    """
    if configuration.listen_descriptor is not None:
        return socket.socket(fileno=configuration.listen_descriptor)
    family = socket.AF_INET6 if ":" in configuration.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind((configuration.host, port))
    return listening
