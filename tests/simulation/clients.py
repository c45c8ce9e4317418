"""A connection to the leader that repeats itself until it knows what came of a command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from cse.domain import codes
from cse.engine import wire
from cse.engine.message import messages
from cse.engine.models import Group, groups
from tests.simulation.leader_process import LeaderProcess
from tests.simulation.network import SimulatedNetwork
from tests.simulation.world import Violation, World

PATIENCE_US = 500_000
TRY_LATER = (codes.STORAGE_LOW.number, codes.OVERLOADED.number)


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
