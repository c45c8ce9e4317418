"""People who place and cancel orders, and repeat themselves until they know what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from cse.domain import codes
from cse.engine import wire
from cse.engine.message import messages
from cse.engine.models import Group, groups
from tests.simulation.leader_process import LeaderProcess
from tests.simulation.ledger_process import LedgerProcess
from tests.simulation.network import SimulatedNetwork
from tests.simulation.replica_process import ReplicaProcess
from tests.simulation.world import World

PATIENCE_US = 500_000
TRY_LATER = (codes.STORAGE_LOW.number, codes.OVERLOADED.number)


class Violation(AssertionError):
    """What must never happen has happened."""


class Acknowledged(NamedTuple):
    """What a client was told of an order."""

    account: int
    client_order_id: str
    order_id: int
    sequence: int


@dataclass
class Line:
    """One connection to the leader: sends a command until a reply to it comes."""

    world: World
    network: SimulatedNetwork
    leader: LeaderProcess
    connection: int
    done: Callable[[Group], None]
    command: bytes = b""
    waiting: bool = False
    _request_id: int = 0
    _own_requests: set[int] = field(default_factory=set)

    def ask(self, command: bytes) -> None:
        self.command = command
        self.waiting = True
        self._own_requests.clear()
        self._send()

    def again(self) -> bytes:
        """The command as it is repeated: the very same."""
        return self.command

    def _send(self) -> None:
        self._request_id += 1
        request_id = self._request_id
        self._own_requests.add(request_id)
        frame = wire.Request(request_id).encode(self.command)
        self.network.carry(frame, lambda data: self.leader.receive(self.connection, data, self._receive))
        self.world.after(PATIENCE_US, lambda: self._repeat(request_id))

    def _repeat(self, request_id: int) -> None:
        if self.waiting and request_id == self._request_id:
            self.world.faults["request repeated"] += 1
            self.command = self.again()
            self._send()

    def _receive(self, frame: bytes) -> None:
        kind, _, _ = next(messages(frame))
        if kind == wire.Refusal.KIND:
            refusal = wire.Refusal.decode(frame)
            if refusal.code not in TRY_LATER:
                raise Violation(f"the leader refused a sound frame with code {refusal.code}")
            self.world.faults["order refused for want of storage"] += 1
            return
        answer = wire.Answer.decode(frame)
        if self.waiting and answer.request_id in self._own_requests:
            self.waiting = False
            self.done(groups(wire.Answer.tail(frame))[0])


class Trader:
    """Places orders around one price and cancels some; checks each at once in the replica."""

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
        chance = self._world.chance
        if self._open and chance.random() < 0.3:
            order_id = self._open.pop(chance.randrange(len(self._open)))
            self.line.ask(wire.CancelOrder(self.account, order_id, "").encode())
            return
        self.placed += 1
        self.line.ask(self._order(f"{self.account}-{self.placed}").encode())

    def _order(self, client_order_id: str) -> wire.PlaceOrder:
        world = self._world
        return wire.PlaceOrder(
            account=self.account,
            market=1,
            side=world.between(1, 2),
            order_type=wire.OrderType.LIMIT,
            time_in_force=wire.TimeInForce.IOC if world.happens(200) else wire.TimeInForce.GTC,
            self_trade_prevention=0,
            flags=0,
            price=world.between(95, 105),
            quantity=world.between(1, 50),
            quote_amount=0,
            stop_price=0,
            trailing_delta=0,
            display_quantity=0,
            expires_at_us=0,
            client_order_id=client_order_id,
        )

    def _answered(self, group: Group) -> None:
        for kind, offset, _ in messages(group.events):
            if kind == wire.OrderAccepted.KIND:
                accepted = wire.OrderAccepted.decode(group.events, offset)
                self._learn(accepted.order_id, group.sequence)
            elif kind == wire.OrderRepeated.KIND:
                repeated = wire.OrderRepeated.decode(group.events, offset)
                self._world.faults["repeat told of the original"] += 1
                self._learn(repeated.order_id, repeated.original_sequence)
        self._world.after(self._world.between(0, 3_000), self._next)

    def _learn(self, order_id: int, sequence: int) -> None:
        command = wire.PlaceOrder.decode(self.line.command)
        self.acknowledged.append(Acknowledged(self.account, command.client_order_id, order_id, sequence))
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
