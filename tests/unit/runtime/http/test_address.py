"""X-Forwarded-For is believed from configured proxies only, and from the right."""

from __future__ import annotations

import pytest

from cse.runtime.http.address import ClientAddresses

PROXIES = ["10.0.0.0/8", "fd00::1"]


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "client"),
    [
        # Straight to the application: whatever the header says.
        ([], "203.0.113.9", "", "203.0.113.9"),
        ([], "203.0.113.9", "1.2.3.4", "203.0.113.9"),
        (PROXIES, "203.0.113.9", "1.2.3.4", "203.0.113.9"),
        # Behind one proxy, which wrote the last entry; those before it are the client's own words.
        (PROXIES, "10.0.0.1", "203.0.113.9", "203.0.113.9"),
        (PROXIES, "10.0.0.1", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (PROXIES, "10.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        # Behind two.
        (PROXIES, "10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        # Without the header, or with one that cannot be read, the last hop that is known counts.
        (PROXIES, "10.0.0.1", "", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "nonsense", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "nonsense, 10.0.0.2", "10.0.0.2"),
        # One client holds a whole network of IPv6.
        ([], "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ([], "::ffff:203.0.113.9", "", "203.0.113.9"),
        (PROXIES, "fd00::1", "2001:db8::7", "2001:db8::/64"),
        # Over the unix socket, on which only the gateway speaks: it has written the last entry.
        ([], "", "203.0.113.9", "203.0.113.9"),
        ([], "", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ([], "", "2001:db8::7", "2001:db8::/64"),
        (PROXIES, "", "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (PROXIES, "", "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        ([], "", "nonsense", ""),
        ([], "", "", ""),
    ],
)
def test_the_client(proxies: list[str], peer: str, forwarded: str, client: str) -> None:
    headers = {b"x-forwarded-for": forwarded.encode()} if forwarded else {}
    assert ClientAddresses(proxies).of({"client": (peer, 1)}, headers) == client


def test_a_stranger_cannot_choose_among_a_thousand_addresses() -> None:
    addresses = ClientAddresses([])
    headers = [{b"x-forwarded-for": f"198.51.{n // 250}.{n % 250}".encode()} for n in range(1_000)]
    assert {addresses.of({"client": ("203.0.113.9", 1)}, one) for one in headers} == {"203.0.113.9"}
