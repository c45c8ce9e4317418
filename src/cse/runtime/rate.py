"""How much may be done at once and on and on: buckets that fill with time."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError

Name = TypeVar("Name", bound=Hashable)

_NAMES_MAX: Final = 100_000
# What sums of parts of a second are off by.
_ROUNDING_S: Final = 1e-6


class Buckets(Generic[Name]):
    """One bucket for each name, full at first. `code` refuses what is too much, with `seconds` to wait."""

    def __init__(
        self,
        burst: float,
        per_second: float,
        clock_s: Callable[[], float] = time.monotonic,
        code: Code = codes.RATE_LIMITED,
    ) -> None:
        self.burst = burst
        self.per_second = per_second
        self._clock_s = clock_s
        self._code = code
        # When the bucket will be full again; a full one need not be kept. One number is enough: what
        # is missing is the time until then at the rate at which it fills.
        self._full_at_s: dict[Name, float] = {}

    def take(self, name: Name, count: int = 1) -> None:
        """Takes `count` out of a bucket; a refusal, and none, when there are fewer."""
        now_s = self._clock_s()
        full_at_s = max(self._full_at_s.get(name, now_s), now_s) + count / self.per_second
        late_s = full_at_s - now_s - self.burst / self.per_second
        if late_s > _ROUNDING_S:
            raise CodedError(self._code, seconds=int(late_s) + 1)
        self._full_at_s[name] = full_at_s
        if len(self._full_at_s) > _NAMES_MAX:
            self._full_at_s = {name: full_s for name, full_s in self._full_at_s.items() if full_s > now_s}

    def left(self, name: Name) -> int:
        """How many can be taken now."""
        missing_s = self._full_at_s.get(name, 0.0) - self._clock_s()
        return int(self.burst - max(missing_s, 0.0) * self.per_second)
