"""From which addresses a key may be used."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final, TypeAlias

from cse.domain import codes
from cse.domain.errors import CodedError

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

NETWORKS_MAX: Final = 30
_FIELD: Final = "allowed_networks"
_TEXT_LENGTH_MAX: Final = 64
# As many as a list has at most of such networks are still a small part of all addresses.
_NARROW_PREFIX_MIN: Final = {4: 8, 6: 16}


def read_networks(texts: Iterable[str]) -> list[str]:
    """Addresses and networks in the one spelling under which they are kept, each once, sorted.

    An address of IPv4 within IPv6 is that of IPv4, as which it arrives.

    Raises:
        CodedError: `invalid_field` for what is none, has bits behind its prefix, or is one too many.
    """
    networks = {_read(text) for text in texts}
    if len(networks) > NETWORKS_MAX:
        raise _invalid(f"it has at most {NETWORKS_MAX} entries")
    return [str(one) for one in sorted(networks, key=lambda one: (one.version, one))]


def require_narrow(networks: Iterable[str]) -> None:
    """For a key that may take money out: some networks, none of which is so wide that it says nothing.

    Raises:
        CodedError: `invalid_field`.
    """
    found = [ipaddress.ip_network(text) for text in networks]
    if not found:
        raise _invalid("a key that may withdraw needs at least one")
    for network in found:
        least = _NARROW_PREFIX_MIN[network.version]
        if network.prefixlen < least:
            raise _invalid(
                f"a key that may withdraw takes no network wider than /{least} of IPv{network.version}"
            )


class AllowList:
    """Networks; without any, every address is allowed."""

    def __init__(self, networks: Iterable[str]) -> None:
        self._networks = tuple(ipaddress.ip_network(text) for text in networks)

    def allows(self, address: str) -> bool:
        """Whether a key may be used from there; an address that nobody knows is in no network."""
        if not self._networks:
            return True
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        return any(found in network for network in self._networks)


def _read(text: str) -> Network:
    try:
        if len(text) > _TEXT_LENGTH_MAX:
            raise ValueError("it is too long")
        network = ipaddress.ip_network(text)
    except ValueError:
        raise _invalid(
            "expected addresses or networks such as 203.0.113.7, 203.0.113.0/24 or 2001:db8::/48,"
            " without bits behind the prefix"
        ) from None
    if isinstance(network, ipaddress.IPv6Network):
        mapped = network.network_address.ipv4_mapped
        if mapped is not None and network.prefixlen >= 96:
            return ipaddress.ip_network((mapped, network.prefixlen - 96))
        if network.network_address.scope_id is not None:
            raise _invalid("an address has no zone")
    return network


def _invalid(reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field=_FIELD, reason=reason)
