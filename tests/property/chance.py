"""What streams draw by: the numbers of `random.Random` for a seed, by code that can be compiled."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """Draws as `random.Random` does, number for number."""

    def __init__(self, seed: int) -> None:
        self.source = Random(seed)

    def random(self) -> float:
        return self.source.random()

    def below(self, limit: int) -> int:
        """One of 0 to `limit` - 1."""
        bits = limit.bit_length()
        drawn = self.source.getrandbits(bits)
        while drawn >= limit:
            drawn = self.source.getrandbits(bits)
        return drawn

    def randrange(self, start: int, stop: int | None = None) -> int:
        """One of `start` to `stop` - 1; of 0 to `start` - 1 without a `stop`."""
        first, limit = (0, start) if stop is None else (start, stop - start)
        if limit <= 0:
            raise ValueError(f"there is nothing to draw in {limit} numbers")
        return first + self.below(limit)

    def randint(self, low: int, high: int) -> int:
        return self.randrange(low, high + 1)

    def choice(self, among: Sequence[T]) -> T:
        if not among:
            raise IndexError("there is nothing to choose from")
        return among[self.below(len(among))]

    def choices(self, among: Sequence[T], weights: Sequence[int]) -> list[T]:
        """A list of one of them, drawn by weight."""
        heights = list(accumulate(weights))
        return [among[bisect(heights, self.random() * heights[-1], 0, len(among) - 1)]]

    def randbytes(self, count: int) -> bytes:
        return self.source.randbytes(count)
