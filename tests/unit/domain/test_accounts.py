"""Owners that are no persons."""

from __future__ import annotations

from cse.domain.accounts import NO_OWNER, external_owner


def test_the_world_outside_is_named_by_asset_and_network() -> None:
    assert external_owner(0x04030201, 0x08070605) == bytes([1, 2, 3, 4, 5, 6, 7, 8]) + bytes(8)
    assert external_owner(1) == external_owner(1, 0) == b"\x01" + bytes(15)
    assert external_owner(1) != NO_OWNER
