"""The queues of one side as a walk sees them: it takes out of copies, and changes nothing."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from tests.reference.book import HalfBook
from tests.reference.state import Order


@dataclass
class Standing:
    """An order in a queue, with the lots that it shows and all that are left of it there."""

    order: Order
    shown: int
    left: int

    def give(self, lots: int) -> None:
        self.shown -= lots
        self.left -= lots


def standing(half: HalfBook) -> Iterator[Standing]:
    """The orders best price first; one that has given its slice and has more comes again."""
    for price in half.prices_best_first():
        queue = deque(Standing(order, order.shown, order.remaining) for order in half.levels[price])
        while queue:
            first = queue.popleft()
            yield first
            if first.shown == 0 and first.left > 0:
                first.shown = min(first.order.display_quantity, first.left)
                queue.append(first)
