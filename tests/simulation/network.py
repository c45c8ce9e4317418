"""A network between clients and the leader that delays, doubles and drops frames."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.simulation.world import World


@dataclass(frozen=True)
class Weather:
    """How bad the network is, in times in a thousand."""

    dropped: int = 30
    doubled: int = 30
    late: int = 60


class SimulatedNetwork:
    """Carries frames one way or the other; each on its own, so later ones may overtake."""

    def __init__(self, world: World, weather: Weather) -> None:
        self._world = world
        self.weather = weather

    def carry(self, frame: bytes, deliver: Callable[[bytes], None]) -> None:
        """Lets `deliver` have the frame after a while, twice, or never."""
        world, weather = self._world, self.weather
        if world.happens(weather.dropped):
            world.faults["message dropped"] += 1
            return
        copies = 1
        if world.happens(weather.doubled):
            world.faults["message doubled"] += 1
            copies = 2
        for _ in range(copies):
            delay_us = world.between(20, 400)
            if world.happens(weather.late):
                world.faults["message delayed"] += 1
                delay_us = world.between(10_000, 400_000)
            world.after(delay_us, lambda: deliver(frame))
