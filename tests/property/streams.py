"""Seeded streams of commands of every kind, valid and not, with times that stand, creep and jump.

A stream looks at the state that its commands have led to, so that it cancels orders that are open,
repeats client order ids that are remembered and lets them expire to the microsecond. What comes out
is a plain list of times and bytes that can be replayed without it.
"""

import struct
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from typing import TypeAlias

from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_US, DAY_US
from cse.engine.wire import BY_KIND, FromOutbox, StartEpoch, Tick, Upgrade
from tests.property import settings
from tests.property.chance import Chance
from tests.property.operators import OperatorMaker
from tests.property.orders import OrderMaker
from tests.property.payments import PaymentMaker
from tests.property.risk_limits import RiskMaker
from tests.property.settings import Setting
from tests.property.trading_states import TradingStateMaker
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
        self.source = Chance(seed)
        make_setting = settings.extreme if self.source.random() < 0.25 else settings.ordinary
        self.setting: Setting = make_setting(self.source)
        if self.source.random() < 0.1:
            self.setting = replace(self.setting, prices=(1, (1 << 40) - 1))
        self.jumps = self.source.choice([0.0, 0.002, 0.05])
        self.orders = OrderMaker(self.source, self.setting)
        self.lists = self.source.choice([20, 60, 200])
        self.payments = PaymentMaker(self.source, self.setting)
        self.operators = OperatorMaker(self.source)
        self.trading_states = TradingStateMaker(self.source, self.setting)
        self.risk = RiskMaker(seed, self.setting)
        self.time_us = FIRST_TIME_US

    def steps(self, reference: ReferenceExchange, count: int) -> Iterator[Step]:
        """Gives `count` steps; the caller carries each out in `reference` before it takes the next."""
        for command in self.setting.commands[:count]:
            yield self.time_us, command
        for _ in range(count - len(self.setting.commands)):
            self.time_us = self.risk.next_time(self.next_time(reference.state))
            yield self.time_us, self.next_command(reference.state)

    def next_time(self, state: State) -> int:
        """Now, a little later, or where something ends: an order, a promotion, a day, a memory, patience."""
        source = self.source
        if source.random() < 0.6:
            return self.time_us
        if source.random() < 0.02:
            ends = [order.expires_at_us for order in state.open_orders.values()]
            return self.just_at([end for end in ends if end < self.time_us + DAY_US])
        if source.random() < 0.006:
            return self.just_at([*state.timers.values(), *promotions_end_at_us(state)])
        if source.random() < 0.01:
            return self.just_at([market.auction_ends_at_us for market in state.markets.values()])
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
        command = self.risk.limits(state) if self.risk.is_next() else self.one_of_all(state)
        if source.random() < 0.04:
            command = self.spoiled(command)
        if source.random() < 0.03:
            command = self.in_outbox(state, command)
        return command

    def one_of_all(self, state: State) -> bytes:
        if self.source.random() < 0.88:
            return self.about_an_order(state)
        operators, trading, now_us = self.operators, self.trading_states, self.time_us
        makers: list[tuple[int, Callable[[], bytes]]] = [
            (50, lambda: self.payments.payment(state)),
            (12, operators.freeze_or_not),
            (22, lambda: trading.status(state, now_us)),
            (10, trading.limits),
            (12, trading.band),
            (4, trading.clear),
            (12, operators.fees),
            (8, operators.tier),
            (8, lambda: operators.promotion(now_us)),
            (12, lambda: operators.timer(now_us)),
            (12, operators.self_trade),
            (14, operators.listing),
            (12, lambda: self.service(state)),
        ]
        return self.source.by_weight(makers)()

    def about_an_order(self, state: State) -> bytes:
        orders = self.orders
        makers: list[tuple[int, Callable[[State, int], bytes]]] = [
            (700, orders.order),
            (120, orders.cancel),
            (100, orders.amend),
            (40, orders.replace),
            (self.lists, orders.place_list),
            (30, orders.repeat),
            (12, orders.cancel_all),
        ]
        return self.source.by_weight(makers)(state, self.time_us)

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
        before = deepcopy(state)
        let_time_pass(Turn(before, state.sequence + 1, self.time_us))
        return state_hash(before)

    # Outboxes, and what is no command at all

    def in_outbox(self, state: State, command: bytes) -> bytes:
        source = self.source
        outbox = source.choice([1, 1, 2, 3, 0, 0xFFFF_FFFF])
        last = state.outboxes.get(outbox, 0)
        number = max(0, last + source.by_weight([(70, 1), (15, 0), (5, -1), (10, 2)]))
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
