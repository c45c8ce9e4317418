"""A seeded life of an exchange: commands of every kind, carried out by the reference core."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from cse.domain.accounts import NO_OWNER, TransferReason, external_owner
from cse.engine import wire
from cse.runtime.outbox import Source
from tests.reference.exchange import ReferenceExchange

STARTED_US = 1_700_000_000_000_000
# One stride crosses a month now and then, so that several partitions are written.
STRIDES_US = (0, 1, 999, 1_000_000, 3_600_000_000, 200_000_000_000)
TRADERS = range(6, 14)
WEALTH = 10**15


def _genesis() -> Iterator[bytes]:
    """Assets 1 and 2, the fees' account 1, the outside 2 and 3, creator 4, two rich ones, traders."""
    yield wire.CreateAsset("USDC", 6).encode()
    yield wire.CreateAsset("BTC", 8).encode()
    yield wire.OpenAccount(NO_OWNER, wire.AccountKind.SYSTEM).encode()
    for asset in (1, 2):
        yield wire.OpenAccount(external_owner(asset), wire.AccountKind.EXTERNAL).encode()
    for owner in range(4, 5 + len(TRADERS) + 1):
        yield wire.OpenAccount(owner.to_bytes(16, "big"), wire.AccountKind.MAIN).encode()
    rebating = wire.CreateMarket(2, 1, 1, 10_000, 0, 1 << 40, -100, 1_500, 300_000, 4, 1, 0, 0, 2, 0)
    yield rebating.encode()
    yield wire.CreateMarket(1, 2, 1, 10_000, 0, 1 << 40, 1_000, 2_000, 0, 0, 1, 0, 0, 4, 0).encode()
    for trader in TRADERS:
        yield transfer((2, trader, 1, WEALTH), (3, trader, 2, WEALTH))


def transfer(*legs: tuple[int, int, int, int]) -> bytes:
    """Legs of (debit, credit, asset, amount) in one command."""
    reason = TransferReason.CREDIT
    tail = b"".join(
        wire.TransferLeg(debit, credit, asset, reason, 0, amount, 0).encode()
        for debit, credit, asset, amount in legs
    )
    return wire.Transfer(bytes(15) + bytes([len(legs)]), len(legs)).encode(tail)


def hold(*legs: tuple[int, int, int, int]) -> bytes:
    """As `transfer`, but held."""
    tail = bytes(wire.Transfer.tail(transfer(*legs)))
    return wire.HoldTransfer(bytes(15) + bytes([len(legs)]), len(legs)).encode(tail)


class Command(NamedTuple):
    """A command with the place and time that a leader gave it."""

    sequence: int
    time_us: int
    message: bytes

    @property
    def starts(self) -> bool:
        """Whether it starts an epoch."""
        return wire.header_of(self.message)[0] == wire.StartEpoch.KIND


@dataclass
class Life:
    """Commands as a leader would number and date them, and what the core says to each."""

    seed: int
    core: ReferenceExchange = field(default_factory=ReferenceExchange)
    groups: list[bytes] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)
    outbox_numbers: dict[int, int] = field(default_factory=dict)
    time_us: int = STARTED_US
    epoch: int = 0
    last_order_id: int = 0

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.start_epoch()
        for command in _genesis():
            self.carry_out(self.from_outbox(Source.GENESIS, command))

    def carry_out(self, command: bytes) -> bytes:
        """Gives a command the next place and time; returns its group."""
        sequence = len(self.groups) + 1
        self.commands.append(Command(sequence, self.time_us, command))
        group = self.core.apply(sequence, self.time_us, command)
        self.groups.append(group)
        events = wire.Group.tail(group)
        for kind, offset, _ in wire.messages(events):
            if kind == wire.OrderAccepted.KIND:
                self.last_order_id = wire.OrderAccepted.decode(events, offset).order_id
        return group

    def start_epoch(self) -> None:
        """Another leader goes on."""
        self.carry_out(wire.StartEpoch(self.epoch + 1, self.epoch, len(self.groups)).encode())
        self.epoch += 1

    def from_outbox(self, source: int, command: bytes) -> bytes:
        """The next row of an outbox."""
        number = self.outbox_numbers.get(source, 0) + 1
        self.outbox_numbers[source] = number
        return wire.FromOutbox(source, number).encode(command)

    def go_on(self, count: int) -> None:
        """Lets the exchange live for `count` commands."""
        for _ in range(count):
            self.time_us += self.random.choices(STRIDES_US, (900, 30, 30, 30, 9, 1))[0]
            if self.random.random() < 0.002:
                self.start_epoch()
            else:
                self.carry_out(self._some_command())

    def _some_command(self) -> bytes:
        chance = self.random.random()
        trader = self.random.choice(TRADERS)
        if chance < 0.60:
            return self._order(trader)
        if chance < 0.70:
            return self._waiting(trader)
        if chance < 0.88:
            order_id = self.random.randint(max(1, self.last_order_id - 40), self.last_order_id + 1)
            return wire.CancelOrder(trader, order_id, "").encode()
        if chance < 0.885:
            order_id = self.random.randint(max(1, self.last_order_id - 20), self.last_order_id)
            price, quantity = self.random.randint(980, 1_020), self.random.randint(0, 500)
            return wire.AmendOrder(trader, order_id, "", price, quantity, 0, 0).encode()
        if chance < 0.90:
            return wire.CancelAllOrders(trader, self.random.choice((0, 1, 2)), 0).encode()
        if chance < 0.96:
            return self._movement(trader)
        return self._change(trader)

    def _order(self, trader: int) -> bytes:
        market = self.random.choice((1, 2))
        limit = self.random.random() < 0.85
        by_amount = not limit and self.random.random() < 0.5
        side = self.random.choice(list(wire.Side))
        kinds = [wire.TimeInForce.GTC] * 5 + [
            wire.TimeInForce.IOC,
            wire.TimeInForce.FOK,
            wire.TimeInForce.GTD,
        ]
        time_in_force = self.random.choice(kinds) if limit else wire.TimeInForce.IOC
        expires = time_in_force == wire.TimeInForce.GTD
        preventions = range(wire.SelfTradePrevention.DECREMENT + (not by_amount))
        client_id = f"c-{len(self.groups)}" if self.random.random() < 0.5 else ""
        return wire.PlaceOrder(
            account=trader,
            market=market,
            side=side,
            order_type=wire.OrderType.LIMIT if limit else wire.OrderType.MARKET,
            time_in_force=time_in_force,
            self_trade_prevention=self.random.choice(preventions),
            flags=int(limit and self.random.random() < 0.05),
            price=self._price(side) if limit else 0,
            quantity=0 if by_amount else self.random.randint(1, 500),
            quote_amount=self.random.randint(1, 10**8) if by_amount else 0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=self.random.choice((0, 0, 0, 1)) if time_in_force == wire.TimeInForce.GTC else 0,
            expires_at_us=self.time_us + self.random.randint(1, 10**8) if expires else 0,
            client_order_id=client_id,
        ).encode()

    def _waiting(self, trader: int) -> bytes:
        """A stop, an OCO or a bracket, around the prices that are traded."""
        limit = wire.PlaceOrder.decode(self._order(trader))._replace(
            side=wire.Side.SELL,
            order_type=wire.OrderType.LIMIT,
            time_in_force=wire.TimeInForce.GTC,
            self_trade_prevention=0,
            flags=0,
            price=self._price(wire.Side.SELL) + 10,
            quantity=self.random.randint(1, 50),
            quote_amount=0,
            display_quantity=0,
            expires_at_us=0,
        )
        types = (wire.OrderType.STOP_LOSS, wire.OrderType.STOP_LIMIT)
        stop = limit._replace(
            order_type=self.random.choice(types),
            price=980,
            stop_price=self.random.randint(985, 1_000),
            client_order_id="",
        )
        kind = self.random.choice((None, wire.OrderListKind.OCO, wire.OrderListKind.BRACKET))
        if kind is None:
            return stop.encode()
        orders = [limit, stop]
        if kind == wire.OrderListKind.BRACKET:
            entry = limit._replace(side=wire.Side.BUY, price=self._price(wire.Side.BUY), client_order_id="")
            orders = [entry, *(order._replace(quantity=0) for order in orders)]
        return wire.PlaceOrderList(kind).encode(b"".join(order.encode() for order in orders))

    def _price(self, side: int) -> int:
        """Around 1000: most bids below it and most asks above."""
        away = self.random.randint(-5, 25)
        return 1_000 - away if side == wire.Side.BUY else 1_000 + away

    def _movement(self, trader: int) -> bytes:
        other = self.random.choice([account for account in TRADERS if account != trader])
        amount = self.random.choice((1, 10**6, 10**16))
        source = self.random.choice((Source.FAUCET, Source.ADMIN))
        legs = ((trader, other, 1, amount), (2, other, 1, 5))
        chance = self.random.random()
        if chance < 0.5:
            return self.from_outbox(source, transfer(*legs))
        if chance < 0.75 or not self.core.state.held_transfers:
            return self.from_outbox(source, hold(*legs))
        held = self.random.choice(sorted(self.core.state.held_transfers))
        end = self.random.choice((wire.SettleTransfer, wire.VoidTransfer))
        return self.from_outbox(source, end(held).encode())

    def _change(self, trader: int) -> bytes:
        commands = (
            wire.FreezeAccount(trader).encode(),
            wire.UnfreezeAccount(trader).encode(),
            wire.SetMarketStatus(1, wire.MarketStatus.HALTED, 0).encode(),
            wire.SetMarketStatus(1, wire.MarketStatus.OPEN, 0).encode(),
            wire.SetMarketStatus(2, wire.MarketStatus.AUCTION, self.time_us + 10**7).encode(),
            wire.SetMarketLimits(1, 0, 0, 10**12, self.random.randint(0, 3), 1 << 40, 1, 1).encode(),
            wire.SetMarketBand(1, 100_000, 50_000, 60, 10, self.random.randint(1, 999)).encode(),
            wire.SetMarketFees(2, self.random.randint(-500, 500), 700, 0, 0, 0).encode(),
            wire.SetMarketFees(
                2, self.random.randint(-500, 500), 600, 0, 0, self.random.randint(1, 3)
            ).encode(),
            wire.SetAccountTier(trader, self.random.randint(0, 3)).encode(),
            self._risk(),
            wire.SetMarketPromotion(2, 0, 500, self.time_us + self.random.randint(1, 10**8)).encode(),
            wire.SetCancelTimer(trader, self.random.choice((0, 10**6, 10**8))).encode(),
            self.from_outbox(Source.ACCOUNTS, wire.CreateAsset("usdc", 6).encode()),
            wire.FromOutbox(Source.GENESIS, 1).encode(wire.Tick().encode()),
            wire.Tick().encode(),
        )
        # What stops trading is rare and does not last.
        return self.random.choices(commands, (1, 8, 1, 8, 3, 2, 2, 3, 3, 3, 4, 3, 3, 2, 2, 2))[0]

    def _risk(self) -> bytes:
        """Limits that tell of much and refuse nothing; now and then none."""
        tier, flags = self.random.randint(0, 2), self.random.choice((0, 1, 1))
        limits = (1 << 40, 0, 0, flags, 0, 2 * flags, flags, flags, 1_000 * flags, flags)
        return wire.SetRiskLimits(1, tier, *(limits if flags else [0] * 10)).encode()


class ListFeed:
    """Groups in memory, read as an event feed is. `watermark` is how many are durable."""

    def __init__(self, groups: list[bytes]) -> None:
        self.groups = groups
        self.watermark = len(groups)

    def check_position(self, sequence: int, chain: int) -> None:
        assert sequence <= self.watermark
        assert sequence == 0 or wire.Group.decode(self.groups[sequence - 1]).chain == chain

    def read_bytes(self, after_sequence: int, limit: int = 4_096) -> bytes:
        return b"".join(self.groups[after_sequence : min(after_sequence + limit, self.watermark)])
