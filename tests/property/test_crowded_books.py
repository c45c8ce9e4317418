"""Books of so many small orders that one command meets its bound, in both cores.

Chance streams never rest thousands of orders. Here each round fills one side up to about as many
makers as one order may meet, sometimes with some of the taker's owner among them, sometimes with more
that are due than expire before one command, and lets an order of any sort loose on it.
"""

from collections import Counter

from cse.domain.limits import CANCELS_MAX, EXPIRIES_MAX, TRADES_MAX
from cse.engine._native import Core
from cse.engine.conversation import REPLY_LENGTH_MAX
from cse.engine.wire import (
    AmendOrder,
    BeforeCommand,
    CancelAllOrders,
    CancelOrder,
    Group,
    OrdersExpired,
    OrderType,
    ReplaceOrder,
    SelfTradePrevented,
    SelfTradePrevention,
    SetMarketSelfTrade,
    Side,
    TimeInForce,
    Traded,
    messages,
)
from tests.property import invariants, plain_commands
from tests.property.chance import Chance
from tests.property.comparison import differing, listed
from tests.property.heard import heard
from tests.property.seeds import seeds
from tests.property.settings import CREATOR, funding, opening
from tests.property.tables import message
from tests.reference.exchange import ReferenceExchange
from tests.reference.state import Order

TAKER, TAKERS_SUB = 3, 7
MAKERS = [4, 5, 6, 10]
MIDDLE = 10_000
AT_A_PRICE = 40
ROUNDS = 8
SOON_US, LATE_US = 1_000, 10_000_000
TIMES = [TimeInForce.GTC, TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK]
MARKET = plain_commands.MARKET._replace(
    max_quantity=1 << 40, creator_share_ppm=500_000, creator_account=CREATOR
)
ORDER = plain_commands.ORDER._replace(account=TAKER, side=Side.BUY, time_in_force=TimeInForce.GTC)
EVERYTHING = [CancelAllOrders(account, 0, 0).encode() for account in (TAKER, TAKERS_SUB, *MAKERS)]


class CrowdedBook:
    """Both cores, and the orders that a seed chooses."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.source = Chance(seed)
        self.reference = ReferenceExchange()
        self.core = Core()
        maker, taker = self.source.choice([(0, 0), (500, 2_000), (-1_000, 1_000)])
        market = MARKET._replace(maker_fee_ppm=maker, taker_fee_ppm=taker)
        self.time_us = 0
        for command in [*opening([("QUOTE", 0), ("BASE", 0)], [market]), *funding(2, 1 << 60)]:
            self.apply(command)
        self.apply(SetMarketSelfTrade(1, 1).encode())

    def apply(self, command: bytes) -> bytes:
        sequence = self.reference.state.sequence + 1
        expected = self.reference.apply(sequence, self.time_us, command)
        found = self.core.apply(sequence, self.time_us, command)
        assert found == expected, f"CSE_SEED={self.seed}\n{differing(listed(expected), listed(found))}"
        return expected

    @property
    def open_orders(self) -> dict[int, Order]:
        return self.reference.state.open_orders

    def last_to_expire(self) -> Order:
        return max(self.open_orders.values(), key=lambda order: (order.expires_at_us, order.id))

    def cancel_last(self) -> bytes:
        return CancelOrder(self.last_to_expire().account, self.last_to_expire().id, "").encode()

    def amend_last(self) -> bytes:
        last = self.last_to_expire()
        return message(AmendOrder, account=last.account, order_id=last.id, price=last.price + 1)

    def replace_last(self) -> bytes:
        last = self.last_to_expire()
        placement = ORDER._replace(account=last.account, price=MIDDLE).encode()
        return message(ReplaceOrder, placement, order_id=last.id, mode=self.source.randint(1, 2))

    def fill(self, side: Side) -> None:
        """Rests makers in the order in which a taker meets them; it is over a little before any is due."""
        source = self.source
        count = TRADES_MAX + source.choice([-1, 0, 1, 2, 30, 30])
        own = source.choice([0.0, 0.0, 0.002, 0.3])
        ending = source.choice([0.0, 0.0, 0.3, 0.6])
        icebergs = source.choice([0.0, 0.0, 0.1, 1.0])
        away = 1 if side == Side.SELL else -1
        for place in range(count):
            maker = ORDER._replace(
                account=source.choice([TAKER, TAKERS_SUB] if source.random() < own else MAKERS),
                side=side,
                price=MIDDLE + away * (1 + place // AT_A_PRICE),
                quantity=source.choice([1, 1, 1, 2]),
            )
            if source.random() < icebergs:
                maker = maker._replace(quantity=source.randint(2, 9), display_quantity=source.randint(1, 2))
            if source.random() < ending:
                due_us = self.time_us + source.choice([SOON_US, SOON_US, SOON_US - 1, LATE_US])
                maker = maker._replace(time_in_force=TimeInForce.GTD, expires_at_us=due_us)
            self.apply(maker.encode())
        self.time_us += SOON_US

    def taker(self, side: Side) -> bytes:
        source = self.source
        makers = self.reference.state.markets[1].opposite(side).orders()
        lots = [(maker.price, maker.remaining) for maker in makers][
            : TRADES_MAX + source.choice([-1, 0, 1, 1, 2])
        ]
        quantity = max(1, sum(remaining for _, remaining in lots) + source.choice([-1, 0, 0, 1, 50]))
        prevention = source.choice([0, *SelfTradePrevention])
        order = ORDER._replace(side=side, quantity=quantity, self_trade_prevention=prevention)
        sort = source.choice(["limit", "limit", "by_quantity", "by_amount"])
        if sort == "limit":
            far = source.choice([lots[-1][0], MIDDLE * 2 if side == Side.BUY else 1])
            return order._replace(price=far, time_in_force=source.choice(TIMES)).encode()
        order = order._replace(order_type=OrderType.MARKET, time_in_force=TimeInForce.IOC, price=0)
        if sort == "by_amount":
            notional = sum(price * remaining for price, remaining in lots)
            amount = notional + source.choice([-1, 0, 1, MIDDLE, notional // 500, notional])
            order = order._replace(quantity=0, quote_amount=amount)
            if prevention == SelfTradePrevention.DECREMENT:
                order = order._replace(self_trade_prevention=0)
        if source.random() < 0.3:
            order = order._replace(price=lots[-1][0])
        return order.encode()


def test_crowded_books_agree() -> None:
    for seed in seeds(1):
        book = CrowdedBook(seed)
        for _ in range(ROUNDS):
            side = book.source.choice(list(Side))
            book.fill(side)
            group = book.apply(book.taker(Side.BUY if side == Side.SELL else Side.SELL))
            invariants.check(book.reference.state)
            invariants.check_trades(heard(group))
            counts = kinds(group)
            assert counts[Traded.KIND] + counts[SelfTradePrevented.KIND] <= TRADES_MAX
            assert len(group) < REPLY_LENGTH_MAX // 16
            for command in EVERYTHING:
                book.apply(command)
        assert book.core.state_hash() == book.reference.state_hash()


def test_more_orders_end_than_expire_before_one_command() -> None:
    """Who is due and still there can be cancelled, but neither amended nor traded with."""
    for seed in seeds(1):
        book = CrowdedBook(seed)
        count = 4 * EXPIRIES_MAX
        for place in range(count):
            order = ORDER._replace(
                account=book.source.choice(MAKERS),
                price=MIDDLE - 1 - place // AT_A_PRICE,
                time_in_force=TimeInForce.GTD,
                expires_at_us=book.source.randint(1, SOON_US),
            )
            book.apply(order.encode())
        book.time_us = SOON_US
        for make, expired in (
            (book.cancel_last, EXPIRIES_MAX),
            (book.amend_last, EXPIRIES_MAX),
            (book.replace_last, EXPIRIES_MAX),
            (lambda: b"no command", EXPIRIES_MAX - 2),
        ):
            group = book.apply(make())
            assert OrdersExpired.decode(Group.tail(group), BeforeCommand.WIDTH).count == expired
        assert list(book.open_orders) == [count + 1]
        assert book.core.state_hash() == book.reference.state_hash()


def test_cancels_of_a_crowded_book_agree() -> None:
    for seed in seeds(1):
        book = CrowdedBook(seed)
        count = CANCELS_MAX + book.source.choice([0, 1, 30])
        for place in range(count):
            price = MIDDLE - 1 - place // AT_A_PRICE
            book.apply(ORDER._replace(price=price, client_order_id=f"c{place}").encode())
        for left in (count - CANCELS_MAX, 0):
            group = book.apply(EVERYTHING[0])
            assert len(group) < REPLY_LENGTH_MAX // 16
            assert len(book.reference.state.open_orders) == left
        assert book.core.state_hash() == book.reference.state_hash()


def kinds(group: bytes) -> Counter[int]:
    return Counter(kind for kind, _, _ in messages(Group.tail(group)))
