"""One half of a market's book: orders by price, then by time."""

from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cse.engine.wire import Side

if TYPE_CHECKING:
    from tests.reference.state import Order

DISPLAYED_MAX = (1 << 64) - 1


@dataclass(eq=False)
class HalfBook:
    """The bids or the asks: a list of orders, oldest first, at each price."""

    side: Side
    levels: "dict[int, list[Order]]" = field(default_factory=dict)
    prices: list[int] = field(default_factory=list)

    def prices_best_first(self) -> list[int]:
        return self.prices[::-1] if self.side == Side.BUY else self.prices

    def best_price(self) -> int | None:
        if not self.prices:
            return None
        return self.prices[-1] if self.side == Side.BUY else self.prices[0]

    def best_order(self) -> "Order | None":
        price = self.best_price()
        return None if price is None else self.levels[price][0]

    def orders(self) -> Iterator["Order"]:
        """Every order, best price first, oldest first."""
        for price in self.prices_best_first():
            yield from self.levels[price]

    def join(self, order: "Order") -> None:
        """The order stands last in the queue at its price; an iceberg shows a new slice."""
        order.slice = min(order.display_quantity, order.remaining)
        self.put_back(order, len(self.levels.get(order.price, ())))

    def leave(self, order: "Order") -> None:
        level = self.levels[order.price]
        level.remove(order)
        if not level:
            del self.levels[order.price]
            del self.prices[bisect_left(self.prices, order.price)]

    def put_back(self, order: "Order", place: int) -> None:
        """The order stands where it stood before it left."""
        if order.price not in self.levels:
            insort(self.prices, order.price)
            self.levels[order.price] = []
        self.levels[order.price].insert(place, order)

    def give(self, order: "Order", lots: int) -> None:
        """Lots have gone out of what the order shows; an empty slice is followed by another."""
        if order.display_quantity:
            order.slice -= lots
            if order.slice == 0 and order.remaining > 0:
                self.leave(order)
                self.join(order)

    def displayed(self, price: int) -> int:
        """Lots displayed at a price."""
        total = sum(order.shown for order in self.levels.get(price, ()))
        return min(total, DISPLAYED_MAX)
