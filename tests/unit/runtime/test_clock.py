"""The leader's clock under wall clocks that are set."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from cse.runtime.clock import LeaderClock, boot_us, wall_us

SECOND_US = 1_000_000
HOUR_US = 3_600 * SECOND_US
NOON_US = 1_700_000_000 * SECOND_US


@dataclass
class Machine:
    """A machine's two clocks; `run` lets time pass on both."""

    boot_us: int = 5 * SECOND_US
    wall_us: int = NOON_US

    def clock(self, last_record_us: int = 0) -> LeaderClock:
        return LeaderClock(last_record_us, boot=lambda: self.boot_us, wall=lambda: self.wall_us)

    def run(self, elapsed_us: int) -> None:
        self.boot_us += elapsed_us
        self.wall_us += elapsed_us


@pytest.mark.parametrize(
    ("last_record_us", "expected_us"),
    [
        (0, NOON_US),
        (NOON_US - 1, NOON_US),
        (NOON_US, NOON_US + 1),
        (NOON_US + HOUR_US, NOON_US + HOUR_US + 1),
    ],
)
def test_starts_at_the_wall_clock_or_behind_the_last_record(last_record_us: int, expected_us: int) -> None:
    assert Machine().clock(last_record_us).now_us() == expected_us


def test_keeps_pace_with_an_undisturbed_wall_clock() -> None:
    machine = Machine()
    clock = machine.clock()
    for _ in range(10_000):
        machine.run(777)
        assert clock.now_us() == machine.wall_us
    assert not clock.alarming


@pytest.mark.parametrize("step_us", [-HOUR_US, -3 * SECOND_US, -500, 500, 3 * SECOND_US, HOUR_US])
@pytest.mark.parametrize("stride_us", [1, 99, 10_000, 1_300_000])
def test_a_step_of_the_wall_clock_moves_it_by_one_percent_at_most(step_us: int, stride_us: int) -> None:
    machine = Machine()
    clock = machine.clock()
    clock.now_us()
    machine.wall_us += step_us
    machine.run(200_000)
    start = before = clock.now_us()
    for stride in range(1, 2_000):
        machine.run(stride_us)
        now = clock.now_us()
        assert before <= now
        elapsed = stride * stride_us
        assert abs(now - start - elapsed) <= elapsed // 100 + stride + 1
        before = now


@pytest.mark.parametrize("step_us", [-3 * SECOND_US, 3 * SECOND_US])
def test_a_step_is_made_good_in_time_and_alarms_until_then(step_us: int) -> None:
    machine = Machine()
    clock = machine.clock()
    machine.wall_us += step_us
    machine.run(200_000)
    clock.now_us()
    alarmed = clock.alarming
    for _ in range(320 * 10):
        machine.run(100_000)
        clock.now_us()
    assert (alarmed, clock.alarming) == (True, False)
    assert abs(clock.now_us() - machine.wall_us) < 10


def test_a_boot_clock_that_falls_holds_it_still() -> None:
    machine = Machine()
    clock = machine.clock()
    machine.run(50)
    before = clock.now_us()
    machine.boot_us -= SECOND_US
    assert clock.now_us() == before
    machine.boot_us += SECOND_US + 7
    assert clock.now_us() == before + 7


def test_the_machine_has_both_clocks() -> None:
    clock = LeaderClock(0)
    assert boot_us() > 0
    assert abs(clock.now_us() - wall_us()) < 60 * SECOND_US
