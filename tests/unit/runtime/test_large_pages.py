"""What a program that keeps books is told of the pages of its memory."""

from __future__ import annotations

import pytest

from cse.runtime.large_pages import large_pages


@pytest.mark.parametrize(
    ("tunables", "told"),
    [
        (None, {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}),
        ("", {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}),
        ("glibc.malloc.check=1", {"GLIBC_TUNABLES": "glibc.malloc.check=1:glibc.malloc.hugetlb=1"}),
        ("glibc.malloc.hugetlb=0", {}),
        ("glibc.malloc.hugetlb=2:glibc.malloc.check=1", {}),
    ],
)
def test_what_the_environment_says_stands(tunables: str | None, told: dict[str, str]) -> None:
    assert large_pages({} if tunables is None else {"GLIBC_TUNABLES": tunables}) == told
