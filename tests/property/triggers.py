"""Orders that wait for a price, and lists of linked orders, for a stream."""

from collections.abc import Callable
from typing import Any

from cse.domain.limits import FLAG_TRAILING_PPM, PRICE_LIMIT
from cse.engine.wire import (
    OrderListKind,
    OrderType,
    PlaceOrder,
    PlaceOrderList,
    SelfTradePrevention,
    Side,
    Tick,
    TimeInForce,
)
from tests.property.chance import Chance
from tests.reference.state import LIMITS, State, may_rest
from tests.reference.triggers import STOPS

KINDS = [
    (25, OrderType.STOP_LOSS),
    (25, OrderType.STOP_LIMIT),
    (15, OrderType.TAKE_PROFIT),
    (15, OrderType.TAKE_PROFIT_LIMIT),
    (20, OrderType.TRAILING_STOP),
]
DELTAS_PPM = [1, 1_000, 10_000, 100_000, 300_000, 999_999]
AMOUNTS = ("price", "quantity", "quote_amount", "stop_price", "trailing_delta", "display_quantity")
WAITING_TIMES = (TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY)


class TriggerMaker:
    """Makes trigger orders and lists out of limit orders, which `plain_limit` draws."""

    def __init__(self, source: Chance, plain_limit: Callable[[int], PlaceOrder]) -> None:
        self.source = source
        self.plain_limit = plain_limit

    def order(self, state: State, now_us: int) -> PlaceOrder:
        kind = self.source.by_weight(KINDS)
        order = self.plain_limit(now_us)
        return self.waiting(state, order, kind)

    def waiting(self, state: State, order: PlaceOrder, kind: OrderType) -> PlaceOrder:
        """The order as one of a kind that waits; mostly one that can be taken in."""
        source = self.source
        flags = order.flags if source.random() < 0.005 else 0
        order = order._replace(order_type=kind, flags=flags)
        if kind == OrderType.TRAILING_STOP:
            order = self.trailing(order)
        else:
            order = order._replace(stop_price=self.stop_price(state, order))
        return order if kind in LIMITS else self.market_behind(order)

    def market_behind(self, order: PlaceOrder) -> PlaceOrder:
        """A market order once it has fired: of a buy its cost must be known while it waits."""
        source = self.source
        order = order._replace(display_quantity=0 if source.random() < 0.99 else order.display_quantity)
        if order.time_in_force not in WAITING_TIMES and source.random() < 0.97:
            order = order._replace(time_in_force=TimeInForce.GTC, expires_at_us=0)
        if order.side == Side.BUY and source.random() < 0.3:
            decrements = order.self_trade_prevention == SelfTradePrevention.DECREMENT
            return order._replace(
                quantity=0,
                quote_amount=max(1, order.price * order.quantity * 3 + source.randint(-3, 3)),
                price=order.price if source.random() < 0.3 else 0,
                self_trade_prevention=0 if decrements else order.self_trade_prevention,
            )
        unbounded = source.random() < (0.7 if order.side == Side.SELL else 0.02)
        return order._replace(price=0 if unbounded else order.price)

    def trailing(self, order: PlaceOrder) -> PlaceOrder:
        source = self.source
        stop_price = source.choice([1, order.price]) if source.random() < 0.02 else 0
        in_ppm = source.random() < 0.5
        delta = source.choice(DELTAS_PPM) if in_ppm else source.choice([1, 1, 2, 3, 5])
        if source.random() < 0.03:
            delta = source.choice([0, 1_000_000, PRICE_LIMIT - 1, PRICE_LIMIT])
        flags = order.flags | (FLAG_TRAILING_PPM if in_ppm else 0)
        return order._replace(stop_price=stop_price, trailing_delta=delta, flags=flags)

    def stop_price(self, state: State, order: PlaceOrder) -> int:
        """A few ticks from the last price, mostly on the side where it has not been met yet."""
        source = self.source
        market = state.markets.get(order.market)
        last = market.last_price if market is not None else 0
        if last == 0 or source.random() < 0.05:
            return source.choice([order.price, order.price, order.price, 1, 0, PRICE_LIMIT])
        down = (order.side == Side.SELL) == (order.order_type in STOPS)
        away = source.randint(1, 4) if source.random() < 0.93 else -source.randrange(2)
        return max(1, last - away if down else last + away)

    # Lists

    def place_list(self, state: State, now_us: int) -> bytes:
        source = self.source
        kind = source.choice([OrderListKind.OCO, OrderListKind.BRACKET])
        orders = self.oco(state, now_us) if kind == OrderListKind.OCO else self.bracket(state, now_us)
        if source.random() < 0.12:
            self.change_one(orders)
        if source.random() < 0.02:
            orders = source.choice([orders[:-1], [*orders, orders[-1]]])
        tail = b"".join(order.encode() for order in orders)
        if source.random() < 0.01:
            tail = source.choice([b"", tail[:-8], Tick().encode() + tail, tail * 2])
        number = int(kind) if source.random() < 0.98 else source.randrange(4)
        return PlaceOrderList(number).encode(tail)

    def change_one(self, orders: list[PlaceOrder]) -> None:
        """Another value in one of the orders, after which they may not fit together any more."""
        source = self.source
        place = source.randrange(len(orders))
        field = source.choice([name for name in PlaceOrder._fields if name != "client_order_id"])
        values: list[Any] = [0, 1, 2, 3, 4, 5, 7, getattr(orders[1], field)]
        value = source.choice([*values, PRICE_LIMIT] if field in AMOUNTS else values)
        changed = {field: value}
        if source.random() < 0.1:
            changed = {"client_order_id": orders[0].client_order_id}
        orders[place] = orders[place]._replace(**changed)

    def oco(self, state: State, now_us: int) -> list[PlaceOrder]:
        source = self.source
        first = self.resting(now_us)
        stop = self.plain_limit(now_us)._replace(
            account=first.account,
            market=first.market,
            side=first.side,
            quantity=first.quantity,
            time_in_force=first.time_in_force,
            expires_at_us=first.expires_at_us,
            display_quantity=0,
        )
        return [first, self.by_quantity(self.waiting(state, stop, source.choice(STOPS)), stop)]

    def by_quantity(self, order: PlaceOrder, before: PlaceOrder) -> PlaceOrder:
        """The order by the quantity that it had, and not by an amount."""
        if order.quote_amount == 0:
            return order
        return order._replace(quote_amount=0, quantity=before.quantity, price=before.price)

    def bracket(self, state: State, now_us: int) -> list[PlaceOrder]:
        source = self.source
        entry = self.plain_limit(now_us)._replace(side=Side.BUY)
        if source.random() < 0.2:
            entry = entry._replace(
                order_type=OrderType.MARKET,
                time_in_force=TimeInForce.IOC,
                expires_at_us=0,
                flags=0,
                price=0,
                display_quantity=0,
            )
        exits = []
        like = self.resting(now_us)
        for kind in (OrderType.LIMIT, source.choice(STOPS)):
            order = self.plain_limit(now_us)._replace(
                account=entry.account,
                market=entry.market,
                side=Side.SELL,
                time_in_force=like.time_in_force,
                expires_at_us=like.expires_at_us,
                display_quantity=0,
                flags=0,
            )
            if order.self_trade_prevention == SelfTradePrevention.DECREMENT and source.random() < 0.97:
                order = order._replace(self_trade_prevention=0)
            if kind != OrderType.LIMIT:
                order = self.waiting(state, order, kind)
            exits.append(order._replace(quantity=0))
        return [entry, *exits]

    def resting(self, now_us: int) -> PlaceOrder:
        """A limit order that may rest."""
        order = self.plain_limit(now_us)
        if may_rest(order.order_type, order.time_in_force):
            return order._replace(flags=order.flags & 1)
        return order._replace(time_in_force=TimeInForce.GTC, expires_at_us=0, flags=0)
