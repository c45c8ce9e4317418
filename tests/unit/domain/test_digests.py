"""The digest, by the published values of FNV-1a-64."""

from __future__ import annotations

import pytest

from cse.domain.digests import fnv_1a_64


@pytest.mark.parametrize(
    ("content", "digest"),
    [(b"", 0xCBF29CE484222325), (b"a", 0xAF63DC4C8601EC8C), (b"foobar", 0x85944171F73967E8)],
)
def test_it_is_fnv_1a(content: bytes, digest: int) -> None:
    assert fnv_1a_64(content) == digest
