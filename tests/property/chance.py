"""What streams draw by: the numbers of `random.Random` for a seed, by code that can be compiled."""

from collections.abc import Sequence
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

    def by_weight(self, among: Sequence[tuple[int, T]]) -> T:
        """One of some with their weights; the library's `choices`."""
        place = self.random() * sum(weight for weight, _ in among)
        height = 0
        for weight, each in among:
            height += weight
            if place < height:
                return each
        return among[-1][1]

    def randbytes(self, count: int) -> bytes:
        return self.source.randbytes(count)
