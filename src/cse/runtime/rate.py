"""How much may be done at once and on and on: buckets that fill with time."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Final, Generic, NamedTuple, TypeVar

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.rates import Rate

Name = TypeVar("Name", bound=Hashable)

_NAMES_MAX: Final = 100_000
# What sums of parts of a second are off by.
_ROUNDING_S: Final = 1e-6


class Bucket:
    """What is missing of one bucket, as the time until it is full at the rate at which it fills.

    Attributes:
        full_at_s: when it is full, by all that this process knows.
        shared_full_at_s: when it would be full by what all processes had taken when they were last asked.
        untold_s: what was taken here and told to nobody yet.
    """

    __slots__ = ("full_at_s", "name", "shared_full_at_s", "untold_s")

    def __init__(self, name: Hashable) -> None:
        self.name = name
        self.full_at_s = 0.0
        self.shared_full_at_s = 0.0
        self.untold_s = 0.0


class Standing(NamedTuple):
    """Where a bucket stands: what is left, and in how many seconds it is full."""

    left: int
    full_in_s: int


class Buckets(Generic[Name]):
    """One bucket for each name, full at first.

    Args:
        rate: what one holds and how it fills.
        clock_s: a clock that is never set.
        code: refuses what is too much, with `seconds` to wait.
        processes: how many take from the same buckets without hearing of each other: each gives its share.
    """

    def __init__(
        self,
        rate: Rate,
        clock_s: Callable[[], float] = time.monotonic,
        code: Code = codes.RATE_LIMITED,
        processes: int = 1,
    ) -> None:
        self.rate = rate
        self.processes = processes
        self.burst_s = rate.at_once / rate.per_second
        self.clock_s = clock_s
        self._code = code
        self._kept: dict[Hashable, Bucket] = {}
        self._untold: list[Bucket] = []
        self._sweep_at = _NAMES_MAX

    def take(self, name: Name, count: int = 1) -> None:
        """Takes `count` out of a bucket; a refusal, and none, when there are fewer."""
        bucket = self._kept.get(name)
        if bucket is None:
            bucket = self._new(name)
        now_s = self.clock_s()
        taken_s = count / self.rate.per_second
        full_at_s = max(bucket.full_at_s, now_s) + taken_s * self.processes
        late_s = full_at_s - now_s - self.burst_s
        if late_s > _ROUNDING_S:
            raise CodedError(self._code, seconds=int(late_s) + 1)
        bucket.full_at_s = full_at_s
        if not bucket.untold_s:
            self._untold.append(bucket)
        bucket.untold_s += taken_s

    def require(self, name: Name, count: int = 1) -> None:
        """Refuses as `take` does, and takes nothing."""
        bucket = self._kept.get(name)
        if bucket is None:
            return
        missing_s = max(bucket.full_at_s - self.clock_s(), 0.0)
        late_s = missing_s + count * self.processes / self.rate.per_second - self.burst_s
        if late_s > _ROUNDING_S:
            raise CodedError(self._code, seconds=int(late_s) + 1)

    def left(self, name: Name) -> int:
        """How many can be taken now."""
        return self.standing(name).left

    def standing(self, name: Name) -> Standing:
        """Where a bucket stands now, by what this process knows."""
        bucket = self._kept.get(name)
        missing_s = 0.0 if bucket is None else bucket.full_at_s - self.clock_s()
        if missing_s <= 0.0:
            return Standing(self.rate.at_once // self.processes, 0)
        left = (self.burst_s - missing_s + _ROUNDING_S) * self.rate.per_second / self.processes
        return Standing(max(int(left), 0), int(missing_s) + 1)

    # For who tells all processes of what each has taken

    def kept(self, name: Name) -> Bucket:
        """The bucket of a name."""
        return self._kept.get(name) or self._new(name)

    def untold(self) -> list[Bucket]:
        """Buckets out of which something was taken since this was asked last."""
        untold, self._untold = self._untold, []
        return untold

    def tell_again(self, bucket: Bucket, taken_s: float) -> None:
        """Gives back what could not be told."""
        if not bucket.untold_s:
            self._untold.append(bucket)
        bucket.untold_s += taken_s

    def _new(self, name: Hashable) -> Bucket:
        if len(self._kept) >= self._sweep_at:
            self._sweep()
        bucket = self._kept[name] = Bucket(name)
        return bucket

    def _sweep(self) -> None:
        """Forgets full buckets. It waits until as many again have come, so that nobody makes it a burden."""
        now_s = self.clock_s()
        self._untold = [bucket for bucket in self._untold if bucket.full_at_s > now_s]
        self._kept = {name: bucket for name, bucket in self._kept.items() if bucket.full_at_s > now_s}
        self._sweep_at = max(_NAMES_MAX, 2 * len(self._kept))
