"""The address a request comes from, which a stranger cannot choose."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Mapping
from typing import Any

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class ClientAddresses:
    """Finds the client behind the proxies that are configured, and behind no others.

    A request over a unix socket comes from the gateway, for nobody else may enter the directory it
    lies in. The gateway puts its own peer's address into X-Forwarded-For, whatever was there before.
    """

    def __init__(self, proxies: Iterable[str]) -> None:
        self._proxies: tuple[Network, ...] = tuple(ipaddress.ip_network(text) for text in proxies)

    def of(self, scope: Mapping[str, Any], headers: Mapping[bytes, bytes]) -> str:
        """The client's address; of IPv6 the network of 64 bits, which is what one client holds."""
        return grouped(self.exact(scope, headers))

    def exact(self, scope: Mapping[str, Any], headers: Mapping[bytes, bytes]) -> str:
        """The client's address itself.

        X-Forwarded-For counts only when the peer is the gateway or a configured proxy. It is read from
        the right, each entry having been written by the hop behind it, up to the first that is no proxy.
        """
        # A peer without an address is at the other end of a unix socket.
        peer = (scope.get("client") or ("", 0))[0]
        if peer and not self._proxies:
            return peer
        hops = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
        client = peer
        while hops and self._is_proxy(client):
            hop = hops.pop().strip()
            if not _is_address(hop):
                break
            client = hop
        return client

    def _is_proxy(self, text: str) -> bool:
        if not text:
            return True
        if not _is_address(text):
            return False
        address = ipaddress.ip_address(text)
        return any(address in network for network in self._proxies)


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def grouped(text: str) -> str:
    """An address as one client holds it: of IPv6 the network of 64 bits, whatever is none as it is."""
    if ":" not in text or not _is_address(text):
        return text
    address = ipaddress.IPv6Address(text.partition("%")[0])
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
