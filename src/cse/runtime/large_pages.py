"""Memory in pages of 2 MiB for a program that keeps books: it waits for the TLB less."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_VARIABLE: Final = "GLIBC_TUNABLES"
_ASKED_FOR: Final = "glibc.malloc.hugetlb=1"


def large_pages(environment: Mapping[str, str]) -> dict[str, str]:
    """What to add to the environment of a program, so that its large allocations ask for such pages.

    glibc reads it once, when a program starts; what is forked has what its parent began with. Any other
    libc passes it over, and so does a kernel that gives no such pages.

    Args:
        environment: what the program is given beside. Where it has a word on them, that stands.

    Source: the GNU C Library Reference Manual, "Memory Allocation Tunables".
    """
    tunables = environment.get(_VARIABLE, "")
    if "glibc.malloc.hugetlb" in tunables:
        return {}
    return {_VARIABLE: ":".join(filter(None, (tunables, _ASKED_FOR)))}
