"""From where a key may be used."""

from __future__ import annotations

import pytest

from cse.accounts.api_keys.allow_list import NETWORKS_MAX, AllowList, read_networks, require_narrow
from cse.domain.errors import CodedError


@pytest.mark.parametrize(
    ("networks", "address", "allows"),
    [
        ([], "203.0.113.7", True),
        ([], "", True),
        (["203.0.113.7"], "203.0.113.7", True),
        (["203.0.113.7"], "203.0.113.8", False),
        (["203.0.113.0/24"], "203.0.113.255", True),
        (["203.0.113.0/24"], "203.0.114.0", False),
        (["203.0.113.0/24"], "::ffff:203.0.113.9", True),
        (["::ffff:203.0.113.0/120"], "203.0.113.9", True),
        (["2001:db8::/48"], "2001:db8:0:ffff::1", True),
        (["2001:db8::/48"], "2001:db8:1::1", False),
        (["2001:db8::1"], "2001:db8::2", False),
        (["2001:DB8:0::1"], "2001:db8::1", True),
        (["fe80::1"], "fe80::1%eth0", True),
        (["203.0.113.0/24", "2001:db8::/48"], "2001:db8::1", True),
        (["0.0.0.0/0"], "2001:db8::1", False),
        (["0.0.0.0/0", "::/0"], "", False),
        (["0.0.0.0/0", "::/0"], "unknown", False),
        (["0.0.0.0/0"], "203.0.113.7, 198.51.100.1", False),
    ],
)
def test_addresses(networks: list[str], address: str, allows: bool) -> None:
    assert AllowList(read_networks(networks)).allows(address) is allows


def test_lists_are_kept_in_one_spelling() -> None:
    given = ["2001:DB8::/48", "203.0.113.7", "203.0.113.7/32", "::ffff:203.0.113.7", "10.0.0.0/8"]
    assert read_networks(given) == ["10.0.0.0/8", "203.0.113.7/32", "2001:db8::/48"]


@pytest.mark.parametrize(
    "text",
    ["", "x", "203.0.113.7/24", "203.0.113.0/33", "203.0.113", "1.2.3.4/255.0.255.0", "fe80::1%eth0",
     "2001:db8::1/48", "010.0.0.1", " 10.0.0.1", "10.0.0.1\n", "1" * 200],
)  # fmt: skip
def test_what_is_none(text: str) -> None:
    with pytest.raises(CodedError) as refused:
        read_networks([text])
    assert refused.value.details["field"] == "allowed_networks"


def test_there_are_so_many_at_most() -> None:
    networks = [f"10.0.0.{number}" for number in range(NETWORKS_MAX + 1)]
    assert len(read_networks(networks[1:])) == NETWORKS_MAX
    with pytest.raises(CodedError):
        read_networks(networks)


@pytest.mark.parametrize(
    "networks",
    [[], ["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["203.0.113.7", "10.0.0.0/7"],
     ["::ffff:0:0/96"], ["2001::/15"]],
    ids=str,
)  # fmt: skip
def test_a_key_that_may_withdraw_is_not_for_everywhere(networks: list[str]) -> None:
    with pytest.raises(CodedError) as refused:
        require_narrow(read_networks(networks))
    assert refused.value.details["field"] == "allowed_networks"


def test_a_key_that_may_withdraw_is_for_some_networks() -> None:
    require_narrow(read_networks(["10.0.0.0/8", "203.0.113.7", "2001::/16"]))
