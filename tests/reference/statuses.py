"""The status of a market: what it lets happen, and how it becomes another one (sections 3 and 5.12)."""

from cse.engine.wire import MarketStatus, MarketStatusChanged, Side
from tests.reference.state import NOTHING_INDICATED, Market
from tests.reference.turn import Turn


def is_uncrossing(market: Market) -> bool:
    return market.status == MarketStatus.AUCTION and market.uncross_price != 0


def is_collecting(market: Market) -> bool:
    """Whether the market is in an auction that takes orders."""
    return market.status == MarketStatus.AUCTION and market.uncross_price == 0


def takes_orders(market: Market) -> bool:
    return market.status == MarketStatus.OPEN or is_collecting(market)


def is_crossed(market: Market) -> bool:
    bid, ask = market.halves[Side.BUY].best_price(), market.halves[Side.SELL].best_price()
    return bid is not None and ask is not None and bid >= ask


def crossing_levels(market: Market) -> int:
    """How many prices have bids at the best ask or above, or asks at the best bid or below."""
    bids, asks = market.halves[Side.BUY], market.halves[Side.SELL]
    bid, ask = bids.best_price(), asks.best_price()
    if bid is None or ask is None:
        return 0
    return sum(price >= ask for price in bids.prices) + sum(price <= bid for price in asks.prices)


def change_status(turn: Turn, market: Market, status: int, auction_ends_at_us: int = 0) -> None:
    """What is indicated of an auction is forgotten with the status it was told in."""
    if status != market.status:
        market.indicated = NOTHING_INDICATED
    market.status = status
    market.auction_ends_at_us = auction_ends_at_us
    market.uncross_price = 0
    turn.events.append(MarketStatusChanged(market.id, status, auction_ends_at_us).encode())
