"""Seeded streams of commands of every kind, valid and not, with times that stand, creep and jump.

A stream looks at the state that its commands have led to, so that it cancels orders that are open,
repeats client order ids that are remembered and lets them expire to the microsecond. What comes out
is a plain list of times and bytes that can be replayed without it.
"""

import struct
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any, TypeAlias

from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_US, FLAG_POST_ONLY, SUPPLY_LIMIT
from cse.engine.wire import (
    BY_KIND,
    AccountKind,
    CancelAllOrders,
    CancelOrder,
    CreateAsset,
    FreezeAccount,
    FromOutbox,
    HoldTransfer,
    OpenAccount,
    OrderType,
    PlaceOrder,
    SetMarketFees,
    SetMarketStatus,
    SettleTransfer,
    Side,
    StartEpoch,
    Tick,
    TimeInForce,
    Transfer,
    TransferLeg,
    UnfreezeAccount,
    Upgrade,
    VoidTransfer,
)
from tests.property import settings
from tests.property.settings import FEES, OUTSIDE, TRADERS, Setting
from tests.reference.dump import state_hash
from tests.reference.exchange import ReferenceExchange
from tests.reference.state import Order, State

Step: TypeAlias = tuple[int, bytes]
"""The time of a command in microseconds, and the command."""

FIRST_TIME_US = 1_700_000_000_000_000
CLIENT_ID_WIDTH = 40
SMALL_EDGES = [0, 1, 2, 3, 7, 255]
LARGE_EDGES = [0, 1, (1 << 40) - 1, 1 << 40, (1 << 50) - 1, 1 << 50, (1 << 64) - 1]


class Stream:
    """Commands that follow on each other; `state` is what they have led to so far."""

    def __init__(self, seed: int) -> None:
        self.source = Random(seed)
        make_setting = settings.extreme if self.source.random() < 0.25 else settings.ordinary
        self.setting: Setting = make_setting(self.source)
        if self.source.random() < 0.1:
            self.setting = replace(self.setting, prices=(1, (1 << 40) - 1))
        self.jumps = self.source.choice([0.0, 0.002, 0.05])
        self.fresh_client_ids = 0
        self.placed: list[bytes] = []

    def steps(self, reference: ReferenceExchange, count: int) -> Iterator[Step]:
        """Gives `count` steps; the caller carries each out in `reference` before it takes the next."""
        time_us = FIRST_TIME_US
        for command in self.setting.commands[:count]:
            yield time_us, command
        for _ in range(count - len(self.setting.commands)):
            time_us = self.next_time(reference.state, time_us)
            yield time_us, self.next_command(reference.state)

    def next_time(self, state: State, time_us: int) -> int:
        source = self.source
        if source.random() < 0.6:
            return time_us
        if source.random() >= self.jumps:
            return time_us + source.randrange(1, 2_000)
        closed = [
            entry.closed_at_us + CLIENT_ORDER_ID_MEMORY_US
            for account in state.accounts.values()
            for entry in account.remembered.values()
            if entry.closed_number and entry.closed_at_us + CLIENT_ORDER_ID_MEMORY_US > time_us
        ]
        if closed and source.random() < 0.8:
            return max(time_us, source.choice(closed) - source.randrange(2))
        return time_us + CLIENT_ORDER_ID_MEMORY_US // source.choice([1, 2, 24])

    def next_command(self, state: State) -> bytes:
        source = self.source
        command = self.one_of_all(state)
        if source.random() < 0.04:
            command = self.spoiled(command)
        if source.random() < 0.03:
            command = self.in_outbox(state, command)
        return command

    def one_of_all(self, state: State) -> bytes:
        makers: list[tuple[int, Callable[[State], bytes]]] = [
            (700, self.order),
            (140, self.cancel),
            (30, self.repeat),
            (12, self.cancel_all),
            (40, self.transfer),
            (12, self.freeze_or_not),
            (14, self.status),
            (12, self.fees),
            (14, self.listing),
            (12, self.service),
        ]
        weights, choices = zip(*makers, strict=True)
        make: Callable[[State], bytes] = self.source.choices(choices, weights)[0]
        return make(state)

    # Orders

    def order(self, state: State) -> bytes:
        source = self.source
        order = self.plain_order(state)
        if source.random() < 0.03:
            field = source.choice([name for name in order._fields if name != "client_order_id"])
            order = with_number(order, field, source.choice(SMALL_EDGES))
        if source.random() < 0.02:
            field = source.choice(["price", "quantity", "quote_amount"])
            order = with_number(order, field, source.choice(LARGE_EDGES))
        command = order.encode()
        self.placed = [*self.placed[-20:], command]
        return command

    def plain_order(self, state: State) -> PlaceOrder:
        source = self.source
        kind = source.choices(["limit", "by_quantity", "by_amount"], [80, 10, 10])[0]
        limit = kind == "limit"
        time_in_force = TimeInForce.IOC
        if limit:
            time_in_force = source.choices([TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK], [8, 1, 1])[0]
        post_only = limit and time_in_force == TimeInForce.GTC and source.random() < 0.1
        account = source.choice(TRADERS) if source.random() < 0.98 else source.randrange(14)
        # Accounts that mostly keep to one side meet others more often than themselves.
        usual_side = Side.BUY if account % 2 else Side.SELL
        return PlaceOrder(
            account=account,
            market=source.randint(1, self.setting.markets) if source.random() < 0.98 else source.randrange(4),
            side=usual_side if source.random() < 0.5 else source.choice(list(Side)),
            order_type=OrderType.LIMIT if limit else OrderType.MARKET,
            time_in_force=time_in_force,
            self_trade_prevention=source.randrange(2),
            flags=FLAG_POST_ONLY if post_only else 0,
            price=self.near(*self.setting.prices) if limit else 0,
            quantity=0 if kind == "by_amount" else self.near(*self.setting.quantities),
            quote_amount=self.near(*self.setting.amounts) if kind == "by_amount" else 0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=0,
            expires_at_us=0,
            client_order_id=self.client_order_id(),
        )

    def near(self, low: int, high: int) -> int:
        """A number of a range: anywhere in a short one, of any magnitude in a long one."""
        span = high - low
        if span > 1_000:
            span >>= self.source.randrange(span.bit_length())
        number = low + self.source.randint(0, max(span, 0))
        return number if self.source.random() < 0.99 else high + 1

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

    def repeat(self, state: State) -> bytes:
        """An order sent before, as it was or with another content."""
        if not self.placed:
            return self.order(state)
        command = self.source.choice(self.placed)
        if self.source.random() < 0.7:
            return command
        return bytes([*command[:40], command[40] ^ 1, *command[41:]])

    def cancel(self, state: State) -> bytes:
        source = self.source
        order = self.some_open_order(state)
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

    def some_open_order(self, state: State) -> Order | None:
        if not state.open_orders:
            return None
        return state.open_orders[self.source.choice(list(state.open_orders))]

    def cancel_all(self, state: State) -> bytes:
        source = self.source
        account = source.choice(TRADERS) if source.random() < 0.9 else source.randrange(14)
        market = source.choice([0, 0, 1, 2, 3]) if source.random() < 0.9 else 9
        return CancelAllOrders(account, market, source.choice([0, 0, 1, 2, 3])).encode()

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
            debit=source.choice(accounts),
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
            return source.choice([0, 1, SUPPLY_LIMIT - 1, SUPPLY_LIMIT, (1 << 128) - 1])
        balances = [balance.available for balance in state.balances.values() if balance.available > 0]
        if balances and source.random() < 0.3:
            return source.choice(balances) + source.randrange(2)
        return self.near(*self.setting.amounts)

    def freeze_or_not(self, state: State) -> bytes:
        account = self.source.choice(TRADERS) if self.source.random() < 0.9 else self.source.randrange(14)
        if self.source.random() < 0.15:
            return FreezeAccount(account).encode()
        return UnfreezeAccount(account).encode()

    def status(self, state: State) -> bytes:
        source = self.source
        status = source.choices([1, 2, 0, 3], [84, 8, 4, 4])[0]
        return SetMarketStatus(source.randrange(4), status).encode()

    def fees(self, state: State) -> bytes:
        source = self.source
        return SetMarketFees(
            market=source.randrange(4),
            maker_fee_ppm=source.choice([-1_001, -1_000, 0, 1, 500, 100_000, 100_001]),
            taker_fee_ppm=source.choice([-1, 0, 1_000, 1_000, 2_000, 100_000, 100_001]),
            creator_share_ppm=source.choice([0, 0, 1, 500_000, 1_000_000, 1_000_001]),
            creator_account=source.choice([0, *TRADERS, 1, 2, 8, 99]),
        ).encode()

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

    def service(self, state: State) -> bytes:
        source = self.source
        return source.choice(
            [
                Tick().encode(),
                StartEpoch(state.epoch + 1, state.epoch, state.sequence).encode(),
                StartEpoch(state.epoch + source.randrange(3), state.epoch, state.sequence).encode(),
                Upgrade(source.randrange(2), state_hash(state)).encode(),
                Upgrade(0, source.randbytes(32)).encode(),
                HoldTransfer(bytes(16), 1).encode(self.leg(state).encode()),
                SettleTransfer(1).encode(),
                VoidTransfer(1).encode(),
                self.leg(state).encode(),
            ]
        )

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


def with_number(order: PlaceOrder, field: str, number: int) -> PlaceOrder:
    values: dict[str, Any] = {field: number}
    return order._replace(**values)
