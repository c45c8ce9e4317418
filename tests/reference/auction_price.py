"""The price of a call auction (5.12)."""

from dataclasses import dataclass

from cse.engine.wire import Side
from tests.reference.state import Market


@dataclass(frozen=True)
class Stretch:
    """Prices from `low` to `high` at which the same is bought and sold."""

    low: int
    high: int
    demand: int
    supply: int

    @property
    def volume(self) -> int:
        return min(self.demand, self.supply)

    @property
    def surplus(self) -> int:
        return abs(self.demand - self.supply)

    @property
    def surplus_side(self) -> int:
        """The side that has more, 0 if neither."""
        if self.demand == self.supply:
            return 0
        return Side.BUY if self.demand > self.supply else Side.SELL


def lots_at(market: Market, side: int, now_us: int) -> dict[int, int]:
    """The lots of a side at each price: of icebergs all, and of orders that are due none."""
    lots: dict[int, int] = {}
    for order in market.halves[side].orders():
        if not order.is_due(now_us):
            lots[order.price] = lots.get(order.price, 0) + order.remaining
    return lots


def stretch_at(market: Market, price: int, now_us: int) -> Stretch:
    """One price by itself."""
    bids, asks = (lots_at(market, side, now_us) for side in (Side.BUY, Side.SELL))
    demand = sum(lots for bid, lots in bids.items() if bid >= price)
    supply = sum(lots for ask, lots in asks.items() if ask <= price)
    return Stretch(price, price, demand, supply)


def stretches(market: Market, now_us: int) -> list[Stretch]:
    """The prices from the lowest ask to the highest bid, cut where demand or supply changes."""
    bids, asks = (lots_at(market, side, now_us) for side in (Side.BUY, Side.SELL))
    if not bids or not asks or max(bids) < min(asks):
        return []
    # Demand falls behind a bid, supply rises at an ask.
    last = max(bids)
    starts = sorted({start for start in [*asks, *(bid + 1 for bid in bids)] if min(asks) <= start <= last})
    ends = [start - 1 for start in starts[1:]] + [last]
    return [
        Stretch(
            low=low,
            high=high,
            demand=sum(lots for bid, lots in bids.items() if bid >= low),
            supply=sum(lots for ask, lots in asks.items() if ask <= low),
        )
        for low, high in zip(starts, ends, strict=True)
    ]


def price_of_auction(market: Market, now_us: int) -> int | None:
    """The price at which most is traded, and then least is left over; `None` if nothing is traded."""
    found = stretches(market, now_us)
    if not found:
        return None
    volume = max(each.volume for each in found)
    most_traded = [each for each in found if each.volume == volume]
    surplus = min(each.surplus for each in most_traded)
    best = [each for each in most_traded if each.surplus == surplus]
    lowest, highest = best[0].low, best[-1].high
    if all(each.demand > each.supply for each in best):
        return highest
    if all(each.demand < each.supply for each in best):
        return lowest
    reference = market.last_price or market.band.reference_price or (lowest + highest) // 2
    nearest = [min(max(reference, each.low), each.high) for each in best]
    return min(nearest, key=lambda price: (abs(price - reference), price))
