"""The price of an auction by trying every price there is, which a small grid allows."""

from cse.domain.limits import INDICATED_LEVELS_MAX
from cse.engine.wire import MarketStatus, Side
from tests.reference.state import Indicated, Market, Order
from tests.reference.statuses import crossing_levels

PRICES_MAX = 200


def check(market: Market, now_us: int) -> None:
    """Raises `AssertionError` where what an auction indicates is not what every price says."""
    if market.status != MarketStatus.AUCTION or market.uncross_price != 0:
        return
    if crossing_levels(market) > INDICATED_LEVELS_MAX:
        return
    bids, asks = list(market.halves[Side.BUY].orders()), list(market.halves[Side.SELL].orders())
    prices = [order.price for order in [*bids, *asks]]
    if prices and max(prices) - min(prices) > PRICES_MAX:
        return
    live = [order for order in [*bids, *asks] if not order.is_due(now_us)]
    found = best_of_all(market, live, range(min(prices), max(prices) + 1)) if prices else Indicated()
    assert market.indicated == found, f"market {market.id} indicates {market.indicated}, not {found}"


def best_of_all(market: Market, orders: list[Order], prices: range) -> Indicated:
    """Every price with what it would trade, and the best of them by one rule after another."""
    everything = [at_price(orders, price) for price in prices]
    volume = max(each.volume for each in everything)
    if volume == 0:
        return Indicated()
    everything = [each for each in everything if each.volume == volume]
    surplus = min(each.surplus for each in everything)
    everything = [each for each in everything if each.surplus == surplus]
    sides = {each.side for each in everything}
    if sides == {Side.BUY}:
        return everything[-1]
    if sides == {Side.SELL}:
        return everything[0]
    middle = (everything[0].price + everything[-1].price) // 2
    reference = market.last_price or market.band.reference_price or middle
    return min(everything, key=lambda each: (abs(each.price - reference), each.price))


def at_price(orders: list[Order], price: int) -> Indicated:
    bought = sum(order.remaining for order in orders if order.side == Side.BUY and order.price >= price)
    sold = sum(order.remaining for order in orders if order.side == Side.SELL and order.price <= price)
    side = 0 if bought == sold else Side.BUY if bought > sold else Side.SELL
    return Indicated(price, min(bought, sold), abs(bought - sold), side)
