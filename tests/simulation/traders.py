"""People who place, amend, replace and cancel orders of every sort, and look for what came of it."""

from __future__ import annotations

from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.engine import wire
from cse.engine.message import messages
from cse.engine.models import Group
from tests.simulation.clients import Acknowledged, Line
from tests.simulation.leader_process import LeaderProcess
from tests.simulation.ledger_process import LedgerProcess
from tests.simulation.network import SimulatedNetwork
from tests.simulation.replica_process import ReplicaProcess
from tests.simulation.world import Violation, World

PRICES = (95, 105)
STOP_PRICES = (93, 107)
QUANTITY_MAX = 50
LIFE_US = (1_000, 2_000_000)
"""Of an order that expires, by the leader's clock."""
TIMES_IN_FORCE = (
    *[wire.TimeInForce.GTC] * 5,
    wire.TimeInForce.IOC,
    wire.TimeInForce.FOK,
    *[wire.TimeInForce.GTD] * 2,
    wire.TimeInForce.DAY,
)
MAY_REST = (wire.TimeInForce.GTC, wire.TimeInForce.GTD, wire.TimeInForce.DAY)
PREVENTIONS = (
    wire.SelfTradePrevention.CANCEL_NEWEST,
    wire.SelfTradePrevention.CANCEL_OLDEST,
    wire.SelfTradePrevention.CANCEL_BOTH,
    wire.SelfTradePrevention.DECREMENT,
)


STOPS = (wire.OrderType.STOP_LOSS, wire.OrderType.STOP_LIMIT, wire.OrderType.TRAILING_STOP)
DELTA_MAX = 5
"""Of a trailing stop, in ticks."""


class Trader:
    """Trades around one price; checks each order at once in the replica."""

    def __init__(
        self,
        world: World,
        network: SimulatedNetwork,
        leader: LeaderProcess,
        replica: ReplicaProcess,
        ledger: LedgerProcess,
        account: int,
        orders: int,
        line: type[Line] = Line,
    ) -> None:
        self._world = world
        self._replica = replica
        self._ledger = ledger
        self.account = account
        self._left = orders
        self._time_us = 0
        self.placed = 0
        self._open: list[int] = []
        self.acknowledged: list[Acknowledged] = []
        self.line = line(world, network, leader, account, self._answered)

    @property
    def finished(self) -> bool:
        return self._left == 0 and not self.line.waiting

    def start(self) -> None:
        self._next()

    def _next(self) -> None:
        if self._left == 0:
            return
        self._left -= 1
        self.line.ask(self._command())

    def _command(self) -> bytes:
        chance = self._world.chance.random()
        if chance >= 0.9:
            return self._pair()
        if not self._open or chance >= 0.45:
            return (self._stop() if chance < 0.55 else self._order()).encode()
        place = self._world.chance.randrange(len(self._open))
        if chance < 0.15:
            return self._amend(self._open[place]).encode()
        order_id = self._open.pop(place)
        if chance < 0.3:
            return wire.CancelOrder(self.account, order_id, "").encode()
        mode = self._world.chance.choice(list(wire.ReplaceMode))
        return wire.ReplaceOrder(order_id, "", mode).encode(self._order().encode())

    def _order(self) -> wire.PlaceOrder:
        world = self._world
        self.placed += 1
        time_in_force = world.chance.choice(TIMES_IN_FORCE)
        rests = time_in_force in MAY_REST
        quantity = world.between(1, QUANTITY_MAX)
        expires = time_in_force == wire.TimeInForce.GTD
        return wire.PlaceOrder(
            account=self.account,
            market=1,
            side=world.between(1, 2),
            order_type=wire.OrderType.LIMIT,
            time_in_force=time_in_force,
            self_trade_prevention=world.chance.choice(PREVENTIONS),
            flags=FLAG_POST_ONLY | FLAG_REPRICE if rests and world.happens(150) else 0,
            price=world.between(*PRICES),
            quantity=quantity,
            quote_amount=0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=world.between(1, quantity) if rests and world.happens(250) else 0,
            expires_at_us=self._time_us + world.between(*LIFE_US) if expires else 0,
            client_order_id=f"{self.account}-{self.placed}",
        )

    def _stop(self) -> wire.PlaceOrder:
        """An order that waits for a price."""
        return self._as_stop(self._order())

    def _pair(self) -> bytes:
        """A limit order and a stop of which one closes the other."""
        limit = self._order()
        if limit.time_in_force not in MAY_REST:
            limit = limit._replace(time_in_force=wire.TimeInForce.GTC)
        limit = limit._replace(flags=0)
        stop = self._as_stop(limit)
        self.placed += 1
        stop = stop._replace(client_order_id=f"{self.account}-{self.placed}")
        return wire.PlaceOrderList(wire.OrderListKind.OCO).encode(limit.encode() + stop.encode())

    def _as_stop(self, order: wire.PlaceOrder) -> wire.PlaceOrder:
        """The same to wait for a price, which is a worst price too unless it sells at any."""
        world = self._world
        kind = world.chance.choice(STOPS)
        trails = kind == wire.OrderType.TRAILING_STOP
        sells_at_any = kind != wire.OrderType.STOP_LIMIT and order.side == wire.Side.SELL
        rests = order.time_in_force in MAY_REST
        return order._replace(
            order_type=kind,
            time_in_force=order.time_in_force if rests else wire.TimeInForce.GTC,
            flags=0,
            display_quantity=0,
            price=0 if sells_at_any else order.price,
            stop_price=0 if trails else world.between(*STOP_PRICES),
            trailing_delta=world.between(1, DELTA_MAX) if trails else 0,
        )

    def _amend(self, order_id: int) -> wire.AmendOrder:
        world = self._world
        return wire.AmendOrder(
            account=self.account,
            order_id=order_id,
            client_order_id="",
            price=world.between(*PRICES) if world.happens(500) else 0,
            quantity=world.between(1, QUANTITY_MAX) if world.happens(700) else 0,
            display_quantity=0,
            stop_price=0,
        )

    def _answered(self, group: Group) -> None:
        self._time_us = group.time_us
        for kind, offset, _ in messages(group.events):
            if kind == wire.OrderAccepted.KIND:
                accepted = wire.OrderAccepted.decode(group.events, offset)
                self._learn(accepted.client_order_id, accepted.order_id, group.sequence)
            elif kind == wire.OrderRepeated.KIND:
                repeated = wire.OrderRepeated.decode(group.events, offset)
                self._world.faults["repeat told of the original"] += 1
                first = first_order_of(self.line.command)
                self._learn(first.client_order_id, repeated.order_id, repeated.original_sequence)
            elif kind == wire.OrderAmended.KIND:
                self._world.faults["order amended"] += 1
            elif kind == wire.OrdersExpired.KIND:
                self._world.faults["orders expired"] += 1
            elif kind == wire.SelfTradePrevented.KIND:
                self._world.faults["self-trade prevented"] += 1
            elif kind == wire.OrderTriggered.KIND:
                self._world.faults["order triggered"] += 1
            elif kind == wire.OrdersLinked.KIND:
                self._world.faults["orders linked"] += 1
        self._world.after(self._world.between(0, 3_000), self._next)

    def _learn(self, client_order_id: str, order_id: int, sequence: int) -> None:
        self.acknowledged.append(Acknowledged(self.account, client_order_id, order_id, sequence))
        self._open.append(order_id)
        self._look_up(order_id, sequence)

    def _look_up(self, order_id: int, sequence: int) -> None:
        """Nobody sees his own order missing, and a repeat finds the original answer.

        As the edge does: first the replica is asked, and then the ledger's rows.
        """
        replica = self._replica.reading()
        if replica is None:
            return
        self._world.faults["own order looked up"] += 1
        if replica.order(order_id) is None and replica.closed_order(self.account, order_id) is None:
            if order_id in self._ledger.closed:
                return
            raise Violation(f"order {order_id} was acknowledged and is not to be seen")
        original = replica.group(sequence)
        if original is None:
            raise Violation(f"the original answer at {sequence} is not to be found")


def first_order_of(command: bytes) -> wire.PlaceOrder:
    """The order that a command places, alone, in place of another or as the first of a list."""
    for layout in (wire.ReplaceOrder, wire.PlaceOrderList):
        if command[:2] == layout.KIND.to_bytes(2, "little"):
            return wire.PlaceOrder.decode(layout.tail(command))
    return wire.PlaceOrder.decode(command)
