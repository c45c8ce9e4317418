"""What the reference core knows: plain records in plain dictionaries."""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from cse.engine.wire import OrderType, Side, TimeInForce, TransferLeg
from tests.reference.book import HalfBook


@dataclass
class Asset:
    id: int
    symbol: str
    decimals: int


@dataclass
class Remembered:
    """A client order id that the core remembers; `closed_*` are 0 while its order is open."""

    order_id: int
    original_sequence: int
    digest: int
    closed_at_us: int = 0
    closed_number: int = 0


@dataclass
class Account:
    id: int
    kind: int
    owner: bytes
    tier: int = 0
    frozen: bool = False
    closed_client_orders: int = 0
    remembered: dict[bytes, Remembered] = field(default_factory=dict)


@dataclass
class Balance:
    available: int = 0
    locked: int = 0


class Rates(NamedTuple):
    """What makers and takers pay, in parts per million of the notional."""

    maker_ppm: int
    taker_ppm: int


FREE = Rates(0, 0)


@dataclass
class Promotion:
    """Rates that hold until a time, each where it is the lower one; one that ends at 0 is long over."""

    rates: Rates = FREE
    ends_at_us: int = 0


@dataclass
class HeldTransfer:
    """A transfer whose amounts are locked until it is settled or voided."""

    reference: bytes
    legs: list[TransferLeg]

    @property
    def tail(self) -> bytes:
        return b"".join(leg.encode() for leg in self.legs)


class Band(NamedTuple):
    """How far prices may go: `price_band_ppm` 0 for any distance, `interruption_ppm` 0 for any speed."""

    price_band_ppm: int = 0
    interruption_ppm: int = 0
    interruption_window_s: int = 0
    interruption_auction_s: int = 0
    reference_price: int = 0


class InterruptionReference(NamedTuple):
    """The first trade in the window of the volatility interruption; the price 0 is none."""

    price: int = 0
    at_us: int = 0


class Indicated(NamedTuple):
    """What an auction would trade, as it was told last."""

    price: int = 0
    volume: int = 0
    surplus: int = 0
    side: int = 0


class RiskLimits(NamedTuple):
    """What accounts of a tier may ask for in a market, and from where on it is told; 0 is none."""

    max_quantity: int = 0
    max_notional: int = 0
    max_notional_per_minute: int = 0
    flag_notional_per_minute: int = 0
    max_open_orders: int = 0
    flag_cancels: int = 0
    flag_cancels_per_fill: int = 0
    flag_far_orders: int = 0
    flag_far_ppm: int = 0
    flag_self_trades: int = 0


@dataclass
class Counts:
    """What an account has done in a market; `told` has a bit for each pattern."""

    notional: int = 0
    cancels: int = 0
    fills: int = 0
    far_orders: int = 0
    prevented: int = 0
    told: int = 0


NO_BAND, NO_INTERRUPTION_REFERENCE, NOTHING_INDICATED = Band(), InterruptionReference(), Indicated()


@dataclass
class Market:
    id: int
    base: int
    quote: int
    tick_size: int
    tick_decimals: int
    lot_size: int
    tick_lot_units: int
    min_notional: int
    max_quantity: int
    tiers: dict[int, Rates]
    creator_share_ppm: int
    creator_account: int
    fee_account: int
    max_open_orders: int
    status: int
    joined_name: str
    promotion: Promotion = field(default_factory=Promotion)
    self_trade_allowed: bool = False
    max_notional: int = 0
    min_quantity: int = 0
    price_increment: int = 1
    quantity_increment: int = 1
    band: Band = NO_BAND
    interruption_reference: InterruptionReference = NO_INTERRUPTION_REFERENCE
    auction_ends_at_us: int = 0
    uncross_price: int = 0
    indicated: Indicated = NOTHING_INDICATED
    last_trade_id: int = 0
    book_sequence: int = 0
    last_price: int = 0
    halves: dict[int, HalfBook] = field(
        default_factory=lambda: {Side.BUY: HalfBook(Side.BUY), Side.SELL: HalfBook(Side.SELL)}
    )
    waiting: "dict[int, Order]" = field(default_factory=dict)
    fired: "list[list[Order]]" = field(default_factory=list)
    """The queue of fired orders, first to be carried out first; a bracket's exits stand there as one."""
    risk_limits: dict[int, RiskLimits] = field(default_factory=dict)
    """By tier; a market that has any is watched."""
    counts: dict[tuple[int, int], Counts] = field(default_factory=dict)
    """By account and stretch."""

    def opposite(self, side: int) -> HalfBook:
        """The half of the book that an order of `side` trades with."""
        return self.halves[Side.SELL if side == Side.BUY else Side.BUY]

    def asset_held(self, side: int) -> int:
        """The asset that orders of a side hold."""
        return self.quote if side == Side.BUY else self.base

    def notional(self, price: int, quantity: int) -> int:
        return price * quantity * self.tick_lot_units


TRIGGERS = (
    OrderType.STOP_LOSS,
    OrderType.STOP_LIMIT,
    OrderType.TAKE_PROFIT,
    OrderType.TAKE_PROFIT_LIMIT,
    OrderType.TRAILING_STOP,
)
LIMITS = (OrderType.LIMIT, OrderType.STOP_LIMIT, OrderType.TAKE_PROFIT_LIMIT)
"""Limit orders, at once or behind their trigger."""


def may_rest(order_type: int, time_in_force: int) -> bool:
    """Whether an order may stand in the book (5.1), of a trigger order once it has fired."""
    rests = (TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY)
    return order_type in LIMITS and time_in_force in rests


class Phase(Enum):
    """Where an open order is: it comes or rests, waits for its trigger, is fired, or is attached."""

    BOOK = "book"
    WAITING = "waiting"
    FIRED = "fired"
    ATTACHED = "attached"


@dataclass(eq=False)
class Order:
    """An order from its acceptance on; `remaining` lots are left of it, `held` units still locked.

    `slice` is what an iceberg that rests shows.
    """

    id: int
    account: int
    market: int
    side: int
    order_type: int
    time_in_force: int
    prevention: int
    flags: int
    price: int
    quantity: int
    quote_amount: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    accepted_sequence: int
    accepted_at_us: int
    expires_at_us: int
    display_quantity: int
    client_order_id: bytes
    stop_price: int = 0
    trailing_delta: int = 0
    phase: Phase = Phase.BOOK
    linked: "OrderList | None" = None
    held: int = 0
    filled_quantity: int = 0
    maker_notional: int = 0
    taker_notional: int = 0
    fee: int = 0
    slice: int = 0

    @property
    def shown(self) -> int:
        """The lots that it shows where it rests: an iceberg a slice, any other all."""
        return self.slice if self.display_quantity else self.remaining

    @property
    def remaining(self) -> int:
        return self.quantity - self.filled_quantity

    @property
    def may_rest(self) -> bool:
        return may_rest(self.order_type, self.time_in_force)

    def crosses(self, price: int) -> bool:
        """Whether a price on the other side is within the order's bound; price 0 is no bound."""
        if self.price == 0:
            return True
        return price <= self.price if self.side == Side.BUY else price >= self.price

    def is_due(self, now_us: int) -> bool:
        return self.expires_at_us != 0 and self.expires_at_us <= now_us

    @property
    def is_buy_by_quote_amount(self) -> bool:
        return self.side == Side.BUY and self.quote_amount != 0

    @property
    def is_entry(self) -> bool:
        """Whether it is the entry of a bracket."""
        return self.linked is not None and self.linked.entry is self


@dataclass(eq=False)
class OrderList:
    """Orders that are linked: two of which one closes the other, and the entry that they follow.

    An OCO is the limit order and the stop alone; a bracket has an entry as long as that is open. A
    list lasts as long as both of the two are open.
    """

    id: int
    kind: int
    entry: Order | None
    limit: Order
    stop: Order

    def other(self, order: Order) -> Order:
        return self.stop if order is self.limit else self.limit


@dataclass
class State:
    sequence: int = 0
    time_us: int = 0
    chain: int = 0
    epoch: int = 0
    rules_version: int = 0
    last_order_id: int = 0
    last_transfer_id: int = 0
    assets: dict[int, Asset] = field(default_factory=dict)
    accounts: dict[int, Account] = field(default_factory=dict)
    balances: dict[tuple[int, int], Balance] = field(default_factory=dict)
    markets: dict[int, Market] = field(default_factory=dict)
    open_orders: dict[int, Order] = field(default_factory=dict)
    lists: dict[int, OrderList] = field(default_factory=dict)
    outboxes: dict[int, int] = field(default_factory=dict)
    timers: dict[int, int] = field(default_factory=dict)
    """When the cancel timer of an account fires."""
    held_transfers: dict[int, HeldTransfer] = field(default_factory=dict)
    none_ends_before_us: int = 0
    """No open order keeps a time below this: before it none needs to be looked for."""

    def balance(self, account: int, asset: int) -> Balance:
        return self.balances.setdefault((account, asset), Balance())
