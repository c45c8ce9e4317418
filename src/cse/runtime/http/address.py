"""The address a request comes from, which a stranger cannot choose."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

FORWARDED_HEADER: Final = b"x-forwarded-for"


class ClientAddresses:
    """Finds the client behind the proxies that are configured, and behind no others.

    A request over a unix socket comes from the gateway, for nobody else may enter the directory it
    lies in. The gateway puts its own peer's address into X-Forwarded-For, whatever was there before.
    """

    def __init__(self, proxies: Iterable[str]) -> None:
        self._proxies: tuple[Network, ...] = tuple(ipaddress.ip_network(text) for text in proxies)

    def of(self, scope: Mapping[str, Any]) -> str:
        """The client's address; of IPv6 the network of 64 bits, which is what one client holds."""
        return grouped(self.exact(scope))

    def exact(self, scope: Mapping[str, Any]) -> str:
        """The client's address itself, by a connection's `client` and a request's `headers`.

        X-Forwarded-For counts only when the peer is the gateway or a configured proxy. It is read from
        the right, each entry having been written by the hop behind it, up to the first that is no proxy.
        Several lines of it are one list: a proxy may add a line of its own behind those that came.
        """
        # A peer without an address is at the other end of a unix socket.
        peer = (scope.get("client") or ("", 0))[0]
        if peer and not self._proxies:
            return peer
        lines = [value for name, value in scope["headers"] if name == FORWARDED_HEADER]
        hops = b",".join(lines).decode("latin-1").split(",")
        client = peer
        while hops and self._is_proxy(client):
            hop = _read_hop(hops.pop().strip())
            if hop is None:
                break
            client = hop
        return client

    def _is_proxy(self, text: str) -> bool:
        if not text:
            return True
        found = _parsed(text)
        return found is not None and any(found in network for network in self._proxies)


def _read_hop(text: str) -> str | None:
    """The address in an entry, which some proxies write with a port; None where it is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    found = _parsed(text)
    return None if found is None else str(found)


def _parsed(text: str) -> Address | None:
    """An address as it is compared: of IPv4 within IPv6 that of IPv4, and without a zone."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def grouped(text: str) -> str:
    """An address as one client holds it: of IPv6 the network of 64 bits, whatever is none as it is."""
    if ":" not in text:
        return text
    found = _parsed(text)
    if not isinstance(found, ipaddress.IPv6Address):
        return text if found is None else str(found)
    return str(ipaddress.ip_network((found, 64), strict=False))
