"""A client as `docs/api/streams.md` has it: what it holds, and when it knows that it missed something."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from typing import Any


def payload(frame: bytes) -> tuple[int, bytes]:
    """Opcode and payload of one frame."""
    (opcode, content), rest = split(frame)
    assert not rest
    return opcode, content


def split(data: bytes) -> tuple[tuple[int, bytes], bytes]:
    """Opcode and payload of the first frame, and what follows it."""
    assert data[0] & 0x80, "the server never sends a message in parts"
    length, at = data[1], 2
    if length == 126:
        length, at = int.from_bytes(data[2:4], "big"), 4
    elif length == 127:
        length, at = int.from_bytes(data[2:10], "big"), 10
    return (data[0] & 0xF, data[at : at + length]), data[at + length :]


@dataclass
class Followed:
    """A channel as a client has it; `sequence` is None before the first snapshot."""

    epoch: str | None = None
    sequence: int | None = None
    bids: dict[str, str] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    unread: int | None = None
    system: dict[str, Any] = field(default_factory=dict)
    snapshots: int = 0
    updates: int = 0
    gaps: int = 0

    def take(self, message: dict[str, Any]) -> bool:
        """Takes a message with data; False when something before it was missed, and it must begin anew."""
        data, sequence = message["data"], int(message["sequence"])
        if message["type"] == "snapshot":
            assert message["previous"] is None
            assert self.sequence is None or message["epoch"] != self.epoch or sequence >= self.sequence
            self.bids, self.asks, self.items = {}, {}, []
            self.snapshots += 1
        else:
            if self.sequence is None or int(message["previous"]) != self.sequence:
                self.gaps += 1
                self.sequence = None
                return False
            assert sequence >= self.sequence
            self.updates += 1
        self.epoch, self.sequence = message["epoch"], sequence
        if "bids" in data:
            self._take_levels(data)
        self.unread = data.get("unread")
        self.system = data if message["channel"] == "system" else {}
        for name in ("trades", "candles", "orders", "fills", "balances", "prevented", "transfers"):
            self.items += data.get(name, [])
        return True

    def best(self, side: str, count: int) -> list[list[str]]:
        """The best levels of a side, best first."""
        levels = self.bids if side == "bids" else self.asks
        ordered = sorted(levels.items(), key=lambda level: float(level[0]), reverse=side == "bids")
        return [[price, quantity] for price, quantity in ordered[:count]]

    @property
    def position(self) -> tuple[str, str] | None:
        """From where to go on; None before the first snapshot."""
        return None if self.sequence is None or self.epoch is None else (self.epoch, str(self.sequence))

    def _take_levels(self, data: dict[str, Any]) -> None:
        for side, levels in ((self.bids, data["bids"]), (self.asks, data["asks"])):
            for price, quantity in levels:
                if float(quantity):
                    side[price] = quantity
                else:
                    # One that was never known may go all the same.
                    side.pop(price, None)
        sides = (
            ",".join(f"{price}:{quantity}" for price, quantity in self.best(side, 10))
            for side in ("bids", "asks")
        )
        assert zlib.crc32("|".join(sides).encode()) == data["checksum"]


class Client:
    """What came of one client's connections."""

    def __init__(self) -> None:
        self.channels: dict[str, Followed] = {}
        self.control: list[dict[str, Any]] = []
        self.close_code: int | None = None
        # Channels that must be subscribed anew, for something was missed.
        self.lost: list[str] = []
        self.pings = 0

    def take(self, data: bytes) -> None:
        """Takes bytes of the server, which are whole frames."""
        while data:
            (opcode, content), data = split(data)
            if opcode == 0x1:
                self.take_message(json.loads(content))
            elif opcode == 0x8:
                self.close_code = int.from_bytes(content[:2], "big")
            elif opcode == 0x9:
                self.pings += 1

    def take_message(self, message: dict[str, Any]) -> None:
        """Takes one message."""
        if "op" in message:
            self.control.append(message)
            return
        channel = message["channel"]
        if not self.channels.setdefault(channel, Followed()).take(message) and channel not in self.lost:
            self.lost.append(channel)

    def ops(self) -> list[str]:
        """What it was told besides data, by kind."""
        return [message["op"] for message in self.control]

    def codes(self) -> list[str]:
        """The codes it was told."""
        return [message["code"] for message in self.control if "code" in message]

    def subscription(self, *channels: str) -> str:
        """The message that subscribes channels, going on where it stands."""
        wanted: list[Any] = []
        for channel in channels:
            position = self.channels[channel].position if channel in self.channels else None
            if position is None:
                wanted.append(channel)
            else:
                wanted.append({"channel": channel, "epoch": position[0], "sequence": position[1]})
        self.lost = [channel for channel in self.lost if channel not in channels]
        return json.dumps({"op": "subscribe", "id": "1", "channels": wanted})
