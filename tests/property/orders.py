"""Orders of every sort, valid and not, for a stream: placed, sent again, cancelled."""

from typing import Any

from cse.domain.limits import DAY_US, EXPIRES_AT_LIMIT_US, FLAG_POST_ONLY, FLAG_REPRICE
from cse.engine.wire import (
    AmendOrder,
    CancelAllOrders,
    CancelOrder,
    OrderType,
    PlaceOrder,
    ReplaceOrder,
    SelfTradePrevention,
    Side,
    Tick,
    TimeInForce,
)
from tests.property.chance import Chance
from tests.property.settings import TRADERS, Setting
from tests.property.triggers import TriggerMaker
from tests.reference.state import Order, Phase, State, may_rest

SMALL_EDGES = [0, 1, 2, 3, 7, 255]
LARGE_EDGES = [0, 1, (1 << 40) - 1, 1 << 40, (1 << 50) - 1, 1 << 50, (1 << 63) - 1]
KINDS = [(80, "limit"), (10, "by_quantity"), (10, "by_amount")]
TIMES_OF_LIMIT = [
    (60, TimeInForce.GTC),
    (10, TimeInForce.IOC),
    (12, TimeInForce.FOK),
    (14, TimeInForce.GTD),
    (4, TimeInForce.DAY),
]
PREVENTIONS = [0, *SelfTradePrevention]


class OrderMaker:
    """Draws commands about orders; accounts that mostly keep to one side meet others more often."""

    def __init__(self, source: Chance, setting: Setting) -> None:
        self.source = source
        self.setting = setting
        self.fresh_client_ids = 0
        self.placed: list[bytes] = []
        self.lists: list[bytes] = []
        # Where everybody takes part with a prevention of his own, own orders meet more often.
        self.sides_are_usual = source.random() < 0.7
        self.icebergs = source.choice([0.05, 0.2, 0.6])
        self.triggers = TriggerMaker(source, lambda now_us: self.plain_order(now_us, "limit"))
        self.waits = source.choice([0.05, 0.2, 0.45])

    def order(self, state: State, now_us: int) -> bytes:
        source = self.source
        waits = source.random() < self.waits
        order = self.triggers.order(state, now_us) if waits else self.plain_order(now_us)
        if source.random() < 0.03:
            field = source.choice([name for name in order._fields if name != "client_order_id"])
            order = with_number(order, field, source.choice(SMALL_EDGES))
        if source.random() < 0.02:
            field = source.choice(["price", "quantity", "quote_amount", "expires_at_us"])
            order = with_number(order, field, source.choice(LARGE_EDGES))
        command = order.encode()
        self.placed = [*self.placed[-20:], command]
        return command

    def plain_order(self, now_us: int, kind: str | None = None) -> PlaceOrder:
        source = self.source
        kind = kind or source.by_weight(KINDS)
        limit = kind == "limit"
        time_in_force = self.time_in_force() if limit else TimeInForce.IOC
        account = source.choice(TRADERS) if source.random() < 0.98 else source.randrange(14)
        usual_side = Side.BUY if account % 2 else Side.SELL
        bounded = limit or source.random() < 0.3
        quantity = 0 if kind == "by_amount" else self.near(*self.setting.quantities)
        return PlaceOrder(
            account=account,
            market=source.randint(1, self.setting.markets) if source.random() < 0.98 else source.randrange(4),
            side=usual_side if self.sides_are_usual and source.random() < 0.5 else source.choice(list(Side)),
            order_type=OrderType.LIMIT if limit else OrderType.MARKET,
            time_in_force=time_in_force,
            self_trade_prevention=self.prevention(kind),
            flags=self.flags(may_rest(OrderType.LIMIT, time_in_force)),
            price=self.near(*self.setting.prices) if bounded else 0,
            quantity=quantity,
            quote_amount=self.near(*self.setting.amounts) if kind == "by_amount" else 0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=self.display_quantity(quantity, may_rest(OrderType.LIMIT, time_in_force)),
            expires_at_us=self.expires_at_us(now_us) if time_in_force == TimeInForce.GTD else 0,
            client_order_id=self.client_order_id(),
        )

    def time_in_force(self) -> TimeInForce:
        return self.source.by_weight(TIMES_OF_LIMIT)

    def prevention(self, kind: str) -> int:
        chosen: int = self.source.choice(PREVENTIONS)
        if kind == "by_amount" and chosen == SelfTradePrevention.DECREMENT and self.source.random() < 0.9:
            return 0
        return chosen

    def flags(self, may_rest: bool) -> int:
        if self.source.random() < (0.12 if may_rest else 0.005):
            return self.source.choice([FLAG_POST_ONLY, FLAG_POST_ONLY | FLAG_REPRICE])
        return FLAG_REPRICE if self.source.random() < 0.002 else 0

    def display_quantity(self, quantity: int, may_rest: bool) -> int:
        source = self.source
        if source.random() >= (self.icebergs if may_rest else 0.003):
            return 0
        if source.random() < 0.1:
            return source.choice([1, quantity, quantity + 1])
        # Slices that are not too many, as each of them is a meeting.
        return quantity // source.randint(1, 12) + source.randrange(2)

    def expires_at_us(self, now_us: int) -> int:
        source = self.source
        if source.random() < 0.04:
            return source.choice([0, now_us, EXPIRES_AT_LIMIT_US - 1, EXPIRES_AT_LIMIT_US, -1])
        if source.random() < 0.1:
            return now_us + source.randrange(1, 2 * DAY_US)
        return now_us + source.randrange(1, 20_000)

    def near(self, low: int, high: int) -> int:
        return near(self.source, low, high)

    def client_order_id(self) -> str:
        chance = self.source.random()
        if chance < 0.4:
            return ""
        if chance < 0.48:
            return f"again-{self.source.randrange(20)}"
        if chance < 0.49:
            return self.source.choice(["a b", "é", "a" * 37, "a" * 36, "A.z_0:/-", "~"])
        self.fresh_client_ids += 1
        return f"c{self.fresh_client_ids}"

    def repeat(self, state: State, now_us: int) -> bytes:
        """An order sent before, as it was or with another content."""
        if not self.placed:
            return self.order(state, now_us)
        command = self.source.choice(self.placed)
        if self.source.random() < 0.7:
            return command
        # Another quantity.
        return bytes([*command[:32], command[32] ^ 1, *command[33:]])

    def cancel(self, state: State, now_us: int) -> bytes:
        source = self.source
        order = some_open_order(source, state)
        if order is None or source.random() < 0.1:
            return CancelOrder(source.choice(TRADERS), source.randrange(state.last_order_id + 2), "").encode()
        if source.random() < 0.1:
            return CancelOrder(source.randrange(14), order.id, "").encode()
        if source.random() < 0.4:
            remembered = sorted(state.accounts[order.account].remembered)
            client_order_id = order.client_order_id
            if remembered and source.random() < 0.5:
                client_order_id = source.choice(remembered)
            return CancelOrder(order.account, 0, client_order_id.decode("ascii")).encode()
        return CancelOrder(order.account, order.id, source.choice(["", "unread"])).encode()

    def amend(self, state: State, now_us: int) -> bytes:
        """A change of an open order in one or more of its terms; of one that is not, now and then."""
        source = self.source
        order = some_open_order(source, state)
        if order is None:
            return AmendOrder(source.choice(TRADERS), 1, "", 1, 1, 0, 0).encode()
        by_client_id = bool(order.client_order_id) and source.random() < 0.3
        amended = AmendOrder(
            account=order.account if source.random() < 0.97 else source.randrange(14),
            order_id=0 if by_client_id else order.id - (source.random() < 0.05),
            client_order_id=order.client_order_id.decode("ascii") if by_client_id else "",
            price=source.choice([0, 0, order.price, max(0, order.price + source.randint(-2, 2))]),
            quantity=source.choice([0, 0, order.quantity, self.other_quantity(order)]),
            display_quantity=source.choice(
                [0, 0, 0, order.display_quantity, source.randint(1, max(1, order.quantity))]
            ),
            stop_price=self.other_stop_price(order),
        )
        if source.random() < 0.03:
            field = source.choice(["price", "quantity", "display_quantity", "stop_price"])
            changed: dict[str, Any] = {field: source.choice(LARGE_EDGES)}
            amended = amended._replace(**changed)
        return amended.encode()

    def other_stop_price(self, order: Order) -> int:
        """Near where it is, of an order that waits; hardly ever of another."""
        if self.source.random() < (0.5 if order.phase == Phase.WAITING else 0.99):
            return 0
        return max(0, order.stop_price + self.source.randint(-3, 3))

    def other_quantity(self, order: Order) -> int:
        """Less or more than the order is for now, down to what is filled, up to what may be."""
        return self.source.choice(
            [
                order.filled_quantity,
                order.filled_quantity + 1,
                self.source.randint(0, order.quantity),
                self.source.randint(order.quantity, 2 * order.quantity),
                self.near(*self.setting.quantities),
            ]
        )

    def replace(self, state: State, now_us: int) -> bytes:
        """Another order, mostly of the same account, in place of an open one."""
        source = self.source
        order = some_open_order(source, state)
        waits = source.random() < self.waits
        placement = self.triggers.order(state, now_us) if waits else self.plain_order(now_us)
        if order is not None and source.random() < 0.95:
            placement = placement._replace(account=order.account)
            if source.random() < 0.7:
                placement = placement._replace(market=order.market, side=order.side)
        if source.random() < 0.03:
            placement = placement._replace(client_order_id=order.client_order_id.decode() if order else "x")
        tail = placement.encode()
        if self.placed and source.random() < 0.05:
            tail = source.choice(self.placed)
        if source.random() < 0.02:
            tail = source.choice([b"", tail * 2, Tick().encode(), tail[:-8]])
        order_id = order.id - (source.random() < 0.1) if order else 0
        client_order_id = ""
        if order is not None and order.client_order_id and source.random() < 0.3:
            order_id, client_order_id = 0, order.client_order_id.decode("ascii")
        mode = source.choice([1, 1, 1, 2, 2, 2, 0, 3]) if source.random() < 0.1 else source.choice([1, 2])
        return ReplaceOrder(order_id, client_order_id, mode).encode(tail)

    def place_list(self, state: State, now_us: int) -> bytes:
        """An OCO or a bracket; sometimes one that was sent before."""
        source = self.source
        if self.lists and source.random() < 0.06:
            return source.choice(self.lists)
        command = self.triggers.place_list(state, now_us)
        self.lists = [*self.lists[-20:], command]
        return command

    def cancel_all(self, state: State, now_us: int) -> bytes:
        source = self.source
        account = source.choice(TRADERS) if source.random() < 0.9 else source.randrange(14)
        market = source.choice([0, 0, 1, 2, 3]) if source.random() < 0.9 else 9
        return CancelAllOrders(account, market, source.choice([0, 0, 1, 2, 3])).encode()


def some_open_order(source: Chance, state: State) -> Order | None:
    if not state.open_orders:
        return None
    return state.open_orders[source.choice(list(state.open_orders))]


def near(source: Chance, low: int, high: int) -> int:
    """A number of a range: anywhere in a short one, of any magnitude in a long one."""
    span = high - low
    if span > 1_000:
        span >>= source.randrange(span.bit_length())
    number = low + source.randint(0, max(span, 0))
    return number if source.random() < 0.99 else high + 1


def with_number(order: PlaceOrder, field: str, number: int) -> PlaceOrder:
    values: dict[str, Any] = {field: number}
    return order._replace(**values)
