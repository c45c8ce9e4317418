"""Seeded streams of commands of every kind, valid and not, with times that stand, creep and jump.

A stream looks at the state that its commands have led to, so that it cancels orders that are open,
repeats client order ids that are remembered and lets them expire to the microsecond. What comes out
is a plain list of times and bytes that can be replayed without it.
"""

import struct
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from random import Random
from typing import TypeAlias

<<<<<<< HEAD
from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_US, DAY_US, SUPPLY_LIMIT
from cse.engine.wire import (
    BY_KIND,
    AccountKind,
    CreateAsset,
    FreezeAccount,
    FromOutbox,
    HoldTransfer,
    OpenAccount,
    SetMarketFees,
    SetMarketSelfTrade,
    SettleTransfer,
    StartEpoch,
    Tick,
    Transfer,
    TransferLeg,
    UnfreezeAccount,
    Upgrade,
    VoidTransfer,
)
from tests.property import settings
from tests.property.orders import SMALL_EDGES, OrderMaker, near
from tests.property.settings import FEES, OUTSIDE, TRADERS, Setting
from tests.property.trading_states import TradingStateMaker
=======
from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_US, DAY_US
from cse.engine.wire import BY_KIND, FromOutbox, StartEpoch, Tick, Upgrade
from tests.property import settings
from tests.property.operators import OperatorMaker
from tests.property.orders import OrderMaker
from tests.property.payments import PaymentMaker
from tests.property.settings import Setting
>>>>>>> origin/main
from tests.reference.dump import state_hash
from tests.reference.exchange import ReferenceExchange, let_time_pass
from tests.reference.state import State
from tests.reference.turn import Turn

Step: TypeAlias = tuple[int, bytes]
"""The time of a command in microseconds, and the command."""

FIRST_TIME_US = 1_700_000_000_000_000
CLIENT_ID_WIDTH = 40


class Stream:
    """Commands that follow on each other; `state` is what they have led to so far."""

    def __init__(self, seed: int) -> None:
        self.source = Random(seed)
        make_setting = settings.extreme if self.source.random() < 0.25 else settings.ordinary
        self.setting: Setting = make_setting(self.source)
        if self.source.random() < 0.1:
            self.setting = replace(self.setting, prices=(1, (1 << 40) - 1))
        self.jumps = self.source.choice([0.0, 0.002, 0.05])
        self.orders = OrderMaker(self.source, self.setting)
<<<<<<< HEAD
        self.trading_states = TradingStateMaker(self.source, self.setting)
=======
        self.payments = PaymentMaker(self.source, self.setting)
        self.operators = OperatorMaker(self.source)
>>>>>>> origin/main
        self.time_us = FIRST_TIME_US

    def steps(self, reference: ReferenceExchange, count: int) -> Iterator[Step]:
        """Gives `count` steps; the caller carries each out in `reference` before it takes the next."""
        for command in self.setting.commands[:count]:
            yield self.time_us, command
        for _ in range(count - len(self.setting.commands)):
            self.time_us = self.next_time(reference.state)
            yield self.time_us, self.next_command(reference.state)

    def next_time(self, state: State) -> int:
        """Now, a little later, or where something ends: an order, a promotion, a day, a memory, patience."""
        source = self.source
        if source.random() < 0.6:
            return self.time_us
        if source.random() < 0.02:
            ends = [order.expires_at_us for order in state.open_orders.values()]
            return self.just_at([end for end in ends if end < self.time_us + DAY_US])
<<<<<<< HEAD
        if source.random() < 0.01:
            return self.just_at([market.auction_ends_at_us for market in state.markets.values()])
=======
        if source.random() < 0.006:
            return self.just_at([*state.timers.values(), *promotions_end_at_us(state)])
>>>>>>> origin/main
        if source.random() >= self.jumps:
            return self.time_us + source.randrange(1, 2_000)
        if source.random() < 0.3:
            return self.just_at([(self.time_us // DAY_US + 1) * DAY_US])
        if source.random() < 0.8:
            forgotten = [
                entry.closed_at_us + CLIENT_ORDER_ID_MEMORY_US
                for account in state.accounts.values()
                for entry in account.remembered.values()
                if entry.closed_number
            ]
            return self.just_at(forgotten)
        return self.time_us + CLIENT_ORDER_ID_MEMORY_US // source.choice([1, 2, 24])

    def just_at(self, ends: list[int]) -> int:
        """One of the times to come, or a microsecond before it."""
        to_come = [end for end in ends if end > self.time_us]
        if not to_come:
            return self.time_us
        return max(self.time_us, self.source.choice(to_come) - self.source.randrange(2))

    def next_command(self, state: State) -> bytes:
        source = self.source
        command = self.one_of_all(state)
        if source.random() < 0.04:
            command = self.spoiled(command)
        if source.random() < 0.03:
            command = self.in_outbox(state, command)
        return command

    def one_of_all(self, state: State) -> bytes:
        if self.source.random() < 0.88:
            return self.about_an_order(state)
<<<<<<< HEAD
        makers: list[tuple[int, Callable[[State], bytes]]] = [
            (40, self.transfer),
            (12, self.freeze_or_not),
            (22, lambda state: self.trading_states.status(state, self.time_us)),
            (10, lambda state: self.trading_states.limits(state, self.time_us)),
            (12, lambda state: self.trading_states.band(state, self.time_us)),
            (4, lambda state: self.trading_states.clear(state, self.time_us)),
            (12, self.fees),
            (12, self.self_trade),
            (14, self.listing),
            (12, self.service),
=======
        operators, now_us = self.operators, self.time_us
        makers: list[tuple[int, Callable[[], bytes]]] = [
            (50, lambda: self.payments.payment(state)),
            (12, operators.freeze_or_not),
            (14, operators.status),
            (12, operators.fees),
            (8, operators.tier),
            (8, lambda: operators.promotion(now_us)),
            (12, lambda: operators.timer(now_us)),
            (12, operators.self_trade),
            (14, operators.listing),
            (12, lambda: self.service(state)),
>>>>>>> origin/main
        ]
        weights, choices = zip(*makers, strict=True)
        make: Callable[[], bytes] = self.source.choices(choices, weights)[0]
        return make()

    def about_an_order(self, state: State) -> bytes:
        orders = self.orders
        makers = [
            (700, orders.order),
            (120, orders.cancel),
            (100, orders.amend),
            (40, orders.replace),
            (30, orders.repeat),
            (12, orders.cancel_all),
        ]
        weights, choices = zip(*makers, strict=True)
        make: Callable[[State, int], bytes] = self.source.choices(choices, weights)[0]
        return make(state, self.time_us)

<<<<<<< HEAD
    # Money, accounts, markets

    def transfer(self, state: State) -> bytes:
        source = self.source
        legs = b"".join(self.leg(state).encode() for _ in range(source.choice([1, 1, 1, 2, 3, 16])))
        count = len(legs) // TransferLeg.WIDTH
        if source.random() < 0.05:
            count = source.choice([0, 1, 16, 17])
        return Transfer(source.randbytes(16), count).encode(legs)

    def leg(self, state: State) -> TransferLeg:
        source = self.source
        accounts = [OUTSIDE, FEES, *TRADERS, *TRADERS, 8, 9]
        leg = TransferLeg(
            debit=source.choice(accounts) if source.random() < 0.9 else OUTSIDE,
            credit=source.choice(accounts),
            asset=source.randint(1, 3),
            reason=source.randrange(20),
            condition=0,
            amount=self.amount(state),
            condition_amount=0,
        )
        if source.random() < 0.03:
            field = source.choice(leg._fields)
            leg = leg._replace(**{field: source.choice(SMALL_EDGES)})
        return leg

    def amount(self, state: State) -> int:
        source = self.source
        if source.random() < 0.1:
            return source.choice([0, 1, SUPPLY_LIMIT - 1, SUPPLY_LIMIT - 1, SUPPLY_LIMIT, (1 << 128) - 1])
        balances = [balance.available for balance in state.balances.values() if balance.available > 0]
        if balances and source.random() < 0.3:
            return source.choice(balances) + source.randrange(2)
        return near(self.source, *self.setting.amounts)

    def freeze_or_not(self, state: State) -> bytes:
        account = self.source.choice(TRADERS) if self.source.random() < 0.9 else self.source.randrange(14)
        if self.source.random() < 0.15:
            return FreezeAccount(account).encode()
        return UnfreezeAccount(account).encode()

    def fees(self, state: State) -> bytes:
        source = self.source
        return SetMarketFees(
            market=source.randrange(4),
            maker_fee_ppm=source.choice([-1_001, -1_000, 0, 1, 500, 100_000, 100_001]),
            taker_fee_ppm=source.choice([-1, 0, 1_000, 1_000, 2_000, 100_000, 100_001]),
            creator_share_ppm=source.choice([0, 0, 1, 500_000, 1_000_000, 1_000_001]),
            creator_account=source.choice([0, *TRADERS, 1, 2, 8, 99]),
        ).encode()

    def self_trade(self, state: State) -> bytes:
        return SetMarketSelfTrade(self.source.randrange(4), self.source.choice([0, 1, 1, 1, 2])).encode()

    def listing(self, state: State) -> bytes:
        source = self.source
        kind = source.choice(["asset", "account", "market", "market"])
        if kind == "asset":
            symbol = source.choice(["USDC", "A", "ABCDEFGHIJK", "AB", "ab", "NO", "VALAB", "É", "Z9"])
            return CreateAsset(symbol, source.choice([0, 6, 18, 19])).encode()
        if kind == "account":
            kind = source.choice([*range(8), AccountKind.EXTERNAL, AccountKind.EXTERNAL])
            outside = external_owner(source.randrange(8), source.randrange(3))
            owners = [*settings.OWNERS, NO_OWNER, source.randbytes(16)]
            owner = (
                outside if source.random() < 0.3 or kind == AccountKind.EXTERNAL else source.choice(owners)
            )
            return OpenAccount(owner, kind).encode()
        market = settings.market_of_small_numbers(source, source.randrange(5))
        market = market._replace(quote=source.randrange(5))
        if source.random() < 0.5:
            field = source.choice(market._fields)
            market = market._replace(**{field: source.choice(SMALL_EDGES)})
        return market.encode()

=======
>>>>>>> origin/main
    def service(self, state: State) -> bytes:
        source = self.source
        if source.random() < 0.2:
            return Upgrade(source.randrange(2), self.hash_after_time(state)).encode()
        return source.choice(
            [
                Tick().encode(),
                StartEpoch(state.epoch + 1, state.epoch, state.sequence).encode(),
                StartEpoch(state.epoch + source.randrange(3), state.epoch, state.sequence).encode(),
                Upgrade(0, source.randbytes(32)).encode(),
                self.payments.leg(state).encode(),
            ]
        )

    def hash_after_time(self, state: State) -> bytes:
        """The hash that an upgrade must name: what is due has happened when it is looked at."""
<<<<<<< HEAD
=======
        orders_due = any(order.is_due(self.time_us) for order in state.open_orders.values())
        timers_due = any(fires_at_us <= self.time_us for fires_at_us in state.timers.values())
        if not orders_due and not timers_due:
            return state_hash(state)
>>>>>>> origin/main
        before = deepcopy(state)
        let_time_pass(Turn(before, state.sequence + 1, self.time_us))
        return state_hash(before)

    # Outboxes, and what is no command at all

    def in_outbox(self, state: State, command: bytes) -> bytes:
        source = self.source
        outbox = source.choice([1, 1, 2, 3, 0, 0xFFFF_FFFF])
        last = state.outboxes.get(outbox, 0)
        number = max(0, last + source.choices([1, 0, -1, 2], [70, 15, 5, 10])[0])
        tail = command if len(command) % 8 == 0 else b""
        if source.random() < 0.05:
            tail = source.choice([b"", command * 2 if len(command) % 8 == 0 else b"", bytes(8)])
        return FromOutbox(outbox, number).encode(tail)

    def spoiled(self, command: bytes) -> bytes:
        """The command with something about its bytes changed."""
        source = self.source
        how = source.choice(["flip", "flip", "text", "cut", "longer", "kind", "version", "length", "noise"])
        raw = bytearray(command)
        if how == "flip" and raw:
            raw[source.randrange(len(raw))] ^= 1 << source.randrange(8)
        elif how == "text" and len(raw) > CLIENT_ID_WIDTH:
            raw[-source.randint(1, CLIENT_ID_WIDTH)] = source.choice([0, 0x41, 0xFF])
        elif how == "cut":
            del raw[source.randrange(len(raw) + 1) :]
        elif how == "longer":
            raw += bytes(source.choice([1, 8, 56]))
        elif how == "kind":
            raw[:2] = struct.pack("<H", source.choice([*BY_KIND, source.randrange(1 << 16)]))
        elif how == "version":
            raw[2:4] = struct.pack("<H", source.randrange(1, 1 << 16))
        elif how == "length":
            raw[4:8] = struct.pack("<I", source.choice([0, 8, len(raw) - 8 & 0xFFFF, len(raw) + 8, 1 << 31]))
        else:
            raw = bytearray(source.randbytes(source.randrange(40)))
        return bytes(raw)


def promotions_end_at_us(state: State) -> list[int]:
    return [market.promotion.ends_at_us for market in state.markets.values()]
