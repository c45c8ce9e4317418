"""How long to wait before the next try, where nobody has said."""

from __future__ import annotations

import random
from collections.abc import Callable

# Beyond this a wait has long been the longest.
_DOUBLINGS_MAX = 16


def wait_s(
    tries: int, *, first_s: float, longest_s: float, chance: Callable[[], float] = random.random
) -> float:
    """The wait after so many tries: each is twice the one before, up to the longest.

    Up to half of it is taken off by chance, so that those who were cut off together do not come back
    together.
    """
    whole_s = min(first_s * 2 ** min(tries, _DOUBLINGS_MAX), longest_s)
    return float(whole_s * (1 - chance() / 2))
