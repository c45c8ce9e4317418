"""Rates that hold over all processes: each takes from its own buckets, and tells what it has taken.

No request waits for that. A process takes from what it knows, and some times a second tells a store that
all share how much it has taken of which bucket; it hears what all have taken together, and counts on from
there. What several let through before they have heard of each other is missing from the bucket afterwards,
so that the rate is kept on the long run.

Times are meant by a rate, and with each goes by which. Where processes go on by another rate one after the
other, the store holds what is left, as each of them does.

A process that starts anew hears with its first take of a name what was taken before. A store that has
forgotten hears it from the processes. While it is away each process gives its share, and tells later.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, Protocol

from cse.domain.rates import Rate
from cse.runtime.rate import Bucket, Buckets, Held, missing_by

TELL_S: Final = 0.1
# What can be missing of a bucket is bounded, so that a clock that is set back is soon made up for.
_MISSING_MAX: Final = 1.1
_LOG: Final = logging.getLogger("cse.rates")


class StoreAway(Exception):
    """The store did not answer, or not in time."""


class Taken(NamedTuple):
    """What was taken out of a bucket.

    Times in microseconds, as an amount over the rate: `missing_us` by what the store said before, `taken_us`
    since; never more than `missing_max_us` together. `rate` is the one by which they are meant.
    """

    key: str
    rate: Rate
    missing_max_us: int
    missing_us: int
    taken_us: int


class RateStore(Protocol):
    """Where the processes meet."""

    async def tell(self, taken: Sequence[Taken]) -> list[int]:
        """Adds what was taken; what is now missing of each bucket, in microseconds. Raises `StoreAway`."""


class SharedRates:
    """Tells of the buckets of one process.

    Args:
        store: where all meet.
        buckets: whose names can be written as text; each of another rate.
        processes: how many share the rates.
    """

    def __init__(self, store: RateStore, buckets: Iterable[Buckets[Any]], processes: int) -> None:
        self._store = store
        self._buckets = tuple(buckets)
        self._processes = processes
        self._telling = asyncio.Lock()
        self.is_shared = False
        self._set_shared(is_shared=False)

    async def run(self) -> None:
        """Tells until cancelled, and once more at the end."""
        try:
            while True:
                await self._try_to_tell()
                await asyncio.sleep(TELL_S)
        finally:
            await self._try_to_tell()

    async def _try_to_tell(self) -> None:
        """Goes on whatever happens: who tells nobody any more must not count on hearing of others."""
        try:
            await self.tell()
        except Exception:
            if self.is_shared:
                _LOG.exception("rates cannot be told")
            self._set_shared(is_shared=False)

    async def tell(self) -> None:
        """Tells what was taken since the last time; keeps it for the next time if the store is away."""
        async with self._telling:
            await self._tell([(buckets, bucket) for buckets in self._buckets for bucket in buckets.untold()])

    async def look(self, held: Iterable[Held]) -> None:
        """Asks where buckets stand, also those from which nothing was taken here."""
        if not self.is_shared:
            return
        async with self._telling:
            await self._tell([(buckets, buckets.kept(name, tier)) for buckets, name, tier in held])

    async def _tell(self, found: list[tuple[Buckets[Any], Bucket]]) -> None:
        amounts = []
        sent_at_s = []
        taken = []
        for buckets, bucket in found:
            now_s = buckets.clock_s()
            # What was taken long ago has come back meanwhile.
            amount_s = min(bucket.untold_s, max(bucket.full_at_s - now_s, 0.0))
            bucket.untold_s = 0.0
            amounts.append(amount_s)
            sent_at_s.append(now_s)
            taken.append(
                Taken(
                    f"{buckets.limit}:{bucket.name}",
                    bucket.rate,
                    _us(bucket.burst_s * _MISSING_MAX),
                    _us(max(bucket.shared_full_at_s - now_s, 0.0)),
                    _us(amount_s),
                )
            )
        try:
            missing_us = await self._store.tell(taken)
        except BaseException as error:
            for (buckets, bucket), one, amount_s in zip(found, taken, amounts, strict=True):
                if amount_s:
                    # By the rate that holds now, should another have been put in force meanwhile.
                    buckets.tell_again(bucket, amount_s * one.rate.per_second / bucket.rate.per_second)
            if not isinstance(error, StoreAway):
                raise
            self._note_away(error)
            return
        self._set_shared(is_shared=True)
        # From when it was sent: counted from later, the way there would add up with each time.
        for (_, bucket), one, at_s, missing in zip(found, taken, sent_at_s, missing_us, strict=True):
            missing_s = missing / 1e6
            if bucket.rate != one.rate:
                missing_s = missing_by(missing_s, one.rate, bucket.rate)
            bucket.shared_full_at_s = at_s + missing_s
            bucket.full_at_s = bucket.shared_full_at_s + bucket.untold_s

    def _note_away(self, error: StoreAway) -> None:
        if self.is_shared:
            _LOG.warning("rates are not shared for now, and each process gives its share: %s", error)
        self._set_shared(is_shared=False)

    def _set_shared(self, *, is_shared: bool) -> None:
        self.is_shared = is_shared
        for buckets in self._buckets:
            buckets.processes = 1 if is_shared else self._processes


def _us(seconds: float) -> int:
    return round(seconds * 1e6)
