"""More orders that wait and fire together than one command carries out, in both cores.

Chance streams never have that many fire at once. Here each round lets some hundreds wait around a price,
of which some are linked or end soon, rests makers for them to meet, and trades through their stops.
"""

from collections import Counter

from cse.domain.limits import TRADES_MAX, TRIGGERS_MAX
from cse.engine._native import Core
from cse.engine.conversation import REPLY_LENGTH_MAX
from cse.engine.wire import (
    BeforeCommand,
    CancelAllOrders,
    Group,
    OrderTriggered,
    OrderType,
    SetMarketStatus,
    Side,
    Tick,
    TimeInForce,
    Traded,
    messages,
)
from tests.property import invariants
from tests.property.chance import Chance
from tests.property.comparison import differing, listed
from tests.property.heard import heard
from tests.property.seeds import seeds
from tests.property.settings import funding, opening
from tests.property.tables import message
from tests.property.test_crowded_books import MARKET, ORDER
from tests.property.triggers import TriggerMaker
from tests.reference.exchange import ReferenceExchange

WAITING, OTHERS = [3, 4], [5, 6]
MIDDLE = 1_000
SOON_US = 1_000
ROUNDS = 6


class CrowdedTriggers:
    """Both cores, and what a seed chooses to wait in them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.source = Chance(seed)
        self.maker = TriggerMaker(self.source, lambda now_us: ORDER._replace(price=MIDDLE))
        self.reference, self.core = ReferenceExchange(), Core()
        self.time_us = 0
        market = MARKET._replace(maker_fee_ppm=500, taker_fee_ppm=1_000)
        for command in [*opening([("QUOTE", 0), ("BASE", 0)], [market]), *funding(2, 1 << 60)]:
            self.apply(command)

    def apply(self, command: bytes) -> bytes:
        sequence = self.reference.state.sequence + 1
        expected = self.reference.apply(sequence, self.time_us, command)
        found = self.core.apply(sequence, self.time_us, command)
        assert found == expected, f"CSE_SEED={self.seed}\n{differing(listed(expected), listed(found))}"
        assert len(expected) < REPLY_LENGTH_MAX // 4
        invariants.check_group(heard(expected))
        return expected

    def wait(self, count: int) -> None:
        """Lets orders wait within some ticks of the middle, on one side of the last price or the other."""
        source = self.source
        for _ in range(count):
            order = ORDER._replace(
                account=source.choice(WAITING),
                side=source.choice([Side.SELL, Side.SELL, Side.BUY]),
                quantity=source.randint(1, 3),
                price=MIDDLE + source.randint(-3, 3),
            )
            if source.random() < 0.1:
                ends_us = self.time_us + source.choice([SOON_US - 1, SOON_US, 10 * SOON_US])
                order = order._replace(time_in_force=TimeInForce.GTD, expires_at_us=ends_us)
            if source.random() < 0.15:
                self.apply(self.maker.place_list(self.reference.state, self.time_us))
            else:
                kind = source.choice([each for each in OrderType if each > OrderType.MARKET])
                self.apply(self.maker.waiting(self.reference.state, order, kind).encode())

    def rest(self, side: Side, count: int, lots: int) -> None:
        away = 1 if side == Side.SELL else -1
        for place in range(count):
            price = MIDDLE + away * (5 + place // 200)
            self.apply(
                ORDER._replace(
                    account=self.source.choice(OTHERS), side=side, price=price, quantity=lots
                ).encode()
            )

    def trade(self, price: int) -> bytes:
        """A lot that changes hands at a price, which empties nothing else."""
        buyer, seller = OTHERS
        self.apply(ORDER._replace(account=buyer, side=Side.BUY, price=price).encode())
        return self.apply(ORDER._replace(account=seller, side=Side.SELL, price=price).encode())


def kinds(group: bytes) -> Counter[int]:
    return Counter(kind for kind, _, _ in messages(Group.tail(group)))


def test_crowds_of_triggers_agree() -> None:
    reached: Counter[int] = Counter()
    for seed in seeds(1):
        crowd = CrowdedTriggers(seed)
        crowd.trade(MIDDLE)
        for _ in range(ROUNDS):
            crowd.wait(2 * TRIGGERS_MAX)
            crowd.rest(Side.BUY, 100, 5)
            crowd.rest(Side.SELL, 100, 5)
            for price in (MIDDLE - 4, MIDDLE + 4):
                reached += kinds(crowd.trade(price))
                crowd.time_us += crowd.source.choice([0, SOON_US // 2])
                for command in (
                    Tick().encode(),
                    message(SetMarketStatus, market=1, status=crowd.source.randint(1, 2)),
                ):
                    reached += kinds(crowd.apply(command))
                    invariants.check(crowd.reference.state)
                reached += kinds(crowd.apply(message(SetMarketStatus, market=1, status=1)))
            for account in (*WAITING, *OTHERS):
                crowd.apply(CancelAllOrders(account, 0, 0).encode())
        assert crowd.core.state_hash() == crowd.reference.state_hash()
        assert Core.read_state(crowd.core.write_state()).dump() == crowd.core.dump()
    assert reached[OrderTriggered.KIND] > TRIGGERS_MAX


def test_no_more_is_carried_out_than_one_command_may_and_the_rest_comes_with_the_next() -> None:
    for seed in seeds(1):
        crowd = CrowdedTriggers(seed)
        count = 2 * TRIGGERS_MAX + crowd.source.randint(1, TRIGGERS_MAX)
        for _ in range(count):
            order = ORDER._replace(
                account=3, side=Side.SELL, order_type=OrderType.STOP_LOSS, price=0, stop_price=MIDDLE
            )
            crowd.apply(order.encode())
        groups = [crowd.trade(MIDDLE), crowd.apply(b"no command"), crowd.apply(Tick().encode())]
        triggered = [kinds(group)[OrderTriggered.KIND] for group in groups]
        assert triggered == [TRIGGERS_MAX, TRIGGERS_MAX, count - 2 * TRIGGERS_MAX]
        assert [kinds(group)[BeforeCommand.KIND] for group in groups] == [0, 1, 1]
        invariants.check(crowd.reference.state)
        assert crowd.core.state_hash() == crowd.reference.state_hash()


def test_none_begins_after_as_many_meetings_as_one_order_may_have() -> None:
    """Of three that want all there is the second brings the meetings of all to the bound."""
    for seed in seeds(1):
        crowd = CrowdedTriggers(seed)
        makers = 2 * TRADES_MAX
        for _ in range(3):
            order = ORDER._replace(
                account=3,
                side=Side.SELL,
                order_type=OrderType.STOP_LOSS,
                price=0,
                stop_price=MIDDLE,
                quantity=TRADES_MAX // 2 + crowd.source.randrange(2),
            )
            crowd.apply(order.encode())
        crowd.rest(Side.BUY, makers, 1)
        groups = [crowd.trade(MIDDLE), crowd.apply(Tick().encode())]
        assert [kinds(group)[OrderTriggered.KIND] for group in groups] == [2, 1]
        assert kinds(groups[0])[Traded.KIND] >= TRADES_MAX
        invariants.check(crowd.reference.state)
        assert crowd.core.state_hash() == crowd.reference.state_hash()
