"""The leader's clock: it follows the wall clock, and never steps.

It counts with the boot-time clock, which no one can set and which goes on while the machine sleeps.
What lies between it and the wall clock is made good by running up to 1 % faster or slower, so a
wall clock that is set forward or back moves no record's time by a jump.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, TypeAlias

Source: TypeAlias = Callable[[], int]

SLEW_PPM_MAX: Final = 10_000
ALARM_US: Final = 2_000_000
# How often the wall clock is looked at, and in what time a small difference is to be made good.
_LOOK_US: Final = 100_000
_HORIZON_US: Final = 1_000_000
_PPM: Final = 1_000_000


def boot_us() -> int:
    """Microseconds since the machine started, sleep included."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000


def wall_us() -> int:
    """Microseconds UTC, as the machine's wall clock has it."""
    return time.time_ns() // 1_000


class LeaderClock:
    """Microseconds UTC that never fall and never jump.

    It starts at the greater of the wall clock and one microsecond after the last record.
    """

    def __init__(self, last_record_us: int, *, boot: Source = boot_us, wall: Source = wall_us) -> None:
        self._boot = boot
        self._wall = wall
        self._anchor_boot_us = boot()
        self._anchor_us = max(wall(), last_record_us + 1)
        self._last_us = self._anchor_us
        self._rate_ppm = 0
        self._look(self._anchor_boot_us)

    def now_us(self) -> int:
        """The time now."""
        boot = self._boot()
        if boot - self._anchor_boot_us >= _LOOK_US:
            self._look(boot)
        self._last_us = max(self._last_us, self._at(boot))
        return self._last_us

    @property
    def behind_us(self) -> int:
        """How far the wall clock is ahead of this one; below zero it is behind it."""
        return self._behind_us

    @property
    def alarming(self) -> bool:
        """Whether the two are more than two seconds apart."""
        return abs(self._behind_us) > ALARM_US

    def _at(self, boot: int) -> int:
        elapsed = max(boot - self._anchor_boot_us, 0)
        return self._anchor_us + elapsed + elapsed * self._rate_ppm // _PPM

    def _look(self, boot: int) -> None:
        """Takes this moment as the new anchor and sets the rate by what the wall clock says."""
        self._anchor_us = self._at(boot)
        self._anchor_boot_us = boot
        self._behind_us = self._wall() - self._anchor_us
        wanted_ppm = self._behind_us * _PPM // _HORIZON_US
        self._rate_ppm = max(-SLEW_PPM_MAX, min(wanted_ppm, SLEW_PPM_MAX))
