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
        (PROXIES, "10.0.0.1", "10.1.1.1, 10.0.0.3, 10.0.0.2", "10.1.1.1"),
        # In two lines, of which a proxy wrote the last: they are one list.
        (PROXIES, "10.0.0.1", "1.2.3.4\n203.0.113.9", "203.0.113.9"),
        (PROXIES, "10.0.0.1", "203.0.113.9\n10.0.0.2", "203.0.113.9"),
        (PROXIES, "203.0.113.9", "1.2.3.4\n5.6.7.8", "203.0.113.9"),
        # With ports, or as an address of IPv4 within IPv6.
        (PROXIES, "10.0.0.1", "1.2.3.4, 203.0.113.9:4711", "203.0.113.9"),
        (PROXIES, "10.0.0.1", "[2001:db8::7]:4711", "2001:db8::/64"),
        (PROXIES, "::ffff:10.0.0.1", "203.0.113.9, ::ffff:10.0.0.2", "203.0.113.9"),
        # Without the header, or with one that cannot be read, the last hop that is known counts.
        (PROXIES, "10.0.0.1", "", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "nonsense", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "nonsense, 10.0.0.2", "10.0.0.2"),
        (PROXIES, "10.0.0.1", "203.0.113.9,", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "203.0.113.9, 127.0.0.1\x00", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "203.0.113.9, 0x0a.0.0.2", "10.0.0.1"),
        (PROXIES, "10.0.0.1", "203.0.113.9, 010.0.0.2", "10.0.0.1"),
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
    headers = [(b"x-forwarded-for", line.encode()) for line in forwarded.splitlines()]
    assert ClientAddresses(proxies).of({"client": (peer, 1), "headers": headers}) == client


@pytest.mark.parametrize(
    ("peer", "forwarded", "client"),
    [
        ("10.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2:3:4:5:6"),
        ("10.0.0.1", "2001:DB8::0007", "2001:db8::7"),
        ("10.0.0.1", "fe80::1%eth0", "fe80::1"),
        ("::ffff:10.0.0.1", "::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_an_allow_list_sees_the_whole_address(peer: str, forwarded: str, client: str) -> None:
    scope = {"client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    assert ClientAddresses(PROXIES).exact(scope) == client


def test_a_stranger_cannot_choose_among_a_thousand_addresses() -> None:
    addresses = ClientAddresses([])
    scopes = [
        {"client": ("203.0.113.9", 1), "headers": [(b"x-forwarded-for", b"198.51.%d.%d" % divmod(n, 250))]}
        for n in range(1_000)
    ]
    assert {addresses.of(scope) for scope in scopes} == {"203.0.113.9"}
