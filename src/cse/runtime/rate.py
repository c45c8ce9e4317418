"""How much may be done at once and on and on: buckets that fill with time."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any, Final, Generic, NamedTuple, TypeVar

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.rates import Rate

Name = TypeVar("Name", bound=Hashable)

_NAMES_MAX: Final = 100_000
# What sums of parts of a second are off by.
_ROUNDING_S: Final = 1e-6


def missing_by(missing_s: float, before: Rate, after: Rate) -> float:
    """What is missing of a bucket once another rate holds, as the time until it is full by that.

    What is left in it stays, as far as it fits: nothing is added, also to one that is full, so that it does
    not matter how often a rate is lowered and raised again. What was missing beyond all of it is forgotten.
    """
    left = max(before.at_once - max(missing_s, 0.0) * before.per_second, 0.0)
    return (after.at_once - min(left, after.at_once)) / after.per_second


class Bucket:
    """What is missing of one bucket, as the time until it is full at the rate at which it fills.

    Attributes:
        tier: of whom it is, which says what rate holds.
        rate: by which its times are meant.
        full_at_s: when it is full, by all that this process knows.
        shared_full_at_s: when it would be full by what all processes had taken when they were last asked.
        untold_s: what was taken here and told to nobody yet.
    """

    __slots__ = ("burst_s", "full_at_s", "name", "rate", "shared_full_at_s", "tier", "untold_s")

    def __init__(self, name: Hashable, tier: int, rate: Rate) -> None:
        self.name = name
        self.tier = tier
        self.rate = rate
        self.burst_s = rate.at_once / rate.per_second
        self.full_at_s = 0.0
        self.shared_full_at_s = 0.0
        self.untold_s = 0.0

    def take_on(self, rate: Rate, now_s: float) -> None:
        """Goes on by another rate from now on; says all its times by that."""
        before, self.rate = self.rate, rate
        self.burst_s = rate.at_once / rate.per_second
        self.full_at_s = now_s + missing_by(self.full_at_s - now_s, before, rate)
        # Of what was told to nobody yet nothing is known to be missing for all.
        if self.shared_full_at_s:
            self.shared_full_at_s = now_s + missing_by(self.shared_full_at_s - now_s, before, rate)
        self.untold_s *= before.per_second / rate.per_second


class Standing(NamedTuple):
    """Where a bucket stands: what is left, and in how many seconds it is full."""

    left: int
    full_in_s: int


class Buckets(Generic[Name]):
    """One bucket for each name, full at first.

    Whoever takes says in which tier the name is. A tier without a rate of its own has that of tier 0.

    Args:
        rate: what one holds and how it fills, in every tier until others are put in force.
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
        self.limit = rate.name
        self.processes = processes
        self.clock_s = clock_s
        self._rates: Mapping[int, Rate] = {0: rate}
        self._code = code
        self._kept: dict[Hashable, Bucket] = {}
        self._untold: list[Bucket] = []
        self._sweep_at = _NAMES_MAX

    def rate_of(self, tier: int) -> Rate:
        """What holds in a tier."""
        return self._rates.get(tier) or self._rates[0]

    def put_in_force(self, rates: Mapping[int, Rate]) -> None:
        """Goes on by other rates from now on: one of tier 0, and those that tiers have of their own."""
        self._rates = rates
        now_s = self.clock_s()
        for bucket in self._kept.values():
            self._keep_in_force(bucket, now_s)

    def take(self, name: Name, count: int = 1, tier: int = 0) -> None:
        """Takes `count` out of a bucket; a refusal, and none, when there are fewer."""
        bucket = self._kept.get(name)
        if bucket is None or bucket.tier != tier:
            bucket = self.kept(name, tier)
        now_s = self.clock_s()
        taken_s = count / bucket.rate.per_second
        full_at_s = max(bucket.full_at_s, now_s) + taken_s * self.processes
        late_s = full_at_s - now_s - bucket.burst_s
        if late_s > _ROUNDING_S:
            raise CodedError(self._code, seconds=int(late_s) + 1)
        bucket.full_at_s = full_at_s
        if not bucket.untold_s:
            self._untold.append(bucket)
        bucket.untold_s += taken_s

    def require(self, name: Name, count: int = 1, tier: int = 0) -> None:
        """Refuses as `take` does, and takes nothing."""
        bucket = self._found(name, tier)
        if bucket is None:
            return
        missing_s = max(bucket.full_at_s - self.clock_s(), 0.0)
        late_s = missing_s + count * self.processes / bucket.rate.per_second - bucket.burst_s
        if late_s > _ROUNDING_S:
            raise CodedError(self._code, seconds=int(late_s) + 1)

    def left(self, name: Name, tier: int = 0) -> int:
        """How many can be taken now."""
        return self.standing(name, tier).left

    def standing(self, name: Name, tier: int = 0) -> Standing:
        """Where a bucket stands now, by what this process knows."""
        bucket = self._found(name, tier)
        if bucket is None:
            return Standing(self.rate_of(tier).at_once // self.processes, 0)
        missing_s = bucket.full_at_s - self.clock_s()
        if missing_s <= 0.0:
            return Standing(bucket.rate.at_once // self.processes, 0)
        left = (bucket.burst_s - missing_s + _ROUNDING_S) * bucket.rate.per_second / self.processes
        return Standing(max(int(left), 0), int(missing_s) + 1)

    def kept(self, name: Name, tier: int = 0) -> Bucket:
        """The bucket of a name, which from now on is in this tier."""
        return self._found(name, tier) or self._new(name, tier)

    # For who tells all processes of what each has taken

    def untold(self) -> list[Bucket]:
        """Buckets out of which something was taken since this was asked last."""
        untold, self._untold = self._untold, []
        return untold

    def tell_again(self, bucket: Bucket, taken_s: float) -> None:
        """Gives back what could not be told."""
        if not bucket.untold_s:
            self._untold.append(bucket)
        bucket.untold_s += taken_s

    def _found(self, name: Hashable, tier: int) -> Bucket | None:
        bucket = self._kept.get(name)
        if bucket is not None and bucket.tier != tier:
            bucket.tier = tier
            self._keep_in_force(bucket, self.clock_s())
        return bucket

    def _keep_in_force(self, bucket: Bucket, now_s: float) -> None:
        rate = self.rate_of(bucket.tier)
        if bucket.rate != rate:
            bucket.take_on(rate, now_s)

    def _new(self, name: Hashable, tier: int) -> Bucket:
        if len(self._kept) >= self._sweep_at:
            self._sweep()
        bucket = self._kept[name] = Bucket(name, tier, self.rate_of(tier))
        return bucket

    def _sweep(self) -> None:
        """Forgets full buckets. It waits until as many again have come, so that nobody makes it a burden."""
        now_s = self.clock_s()
        self._untold = [bucket for bucket in self._untold if bucket.full_at_s > now_s]
        self._kept = {name: bucket for name, bucket in self._kept.items() if bucket.full_at_s > now_s}
        self._sweep_at = max(_NAMES_MAX, 2 * len(self._kept))


class Held(NamedTuple):
    """A bucket by its name, and the tier of whoever it belongs to."""

    buckets: Buckets[Any]
    name: Any
    tier: int = 0
