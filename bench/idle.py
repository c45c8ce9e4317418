"""What a demo exchange costs with no page open: processor time a minute, by process, robots and all."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

from bench.processes import TICKS_PER_S, stat
from bench.report import Report
from bench.service import exchange
from cse.cli.supervisor.running import read_state

READY_WITHIN_S = 240.0
SETTLE_S = 20.0
ROUNDS = 3
ROUND_S = 60.0
SUPERVISOR = "supervisor"
# Of /proc/PID/stat behind the name: parent; user and system time of itself, and of its ended children.
_PARENT, _OWN, _ENDED = 1, (11, 12), (13, 14)


def run() -> None:
    report = Report("idle", f"a demo exchange with robots and no page open, {ROUND_S:.0f} s a round")
    rounds: list[dict[str, float]] = []
    with exchange(demo=True) as (data, _):
        _wait_until_all_is_ready(data / "run")
        time.sleep(SETTLE_S)
        for _ in range(ROUNDS):
            rounds.append(_seconds_a_minute(data / "run"))
    for name in rounds[0]:
        report.add(f"{name}, CPU-s/min", [one.get(name, 0.0) for one in rounds])
    report.add("all processes, CPU-s/min", [sum(one.values()) for one in rounds])
    report.notes.append("processes that a service starts are counted with it, PostgreSQL's own among them")
    report.finish()


def _wait_until_all_is_ready(directory: Path) -> None:
    """The robots are the last, and fill every book first."""
    give_up_at = time.monotonic() + READY_WITHIN_S
    while True:
        state = read_state(directory) or {"services": []}
        states = {one["name"]: one["state"] for one in state["services"]}
        if states.get("robots") == "ready" and set(states.values()) <= {"ready", "done"}:
            return
        if time.monotonic() > give_up_at:
            raise TimeoutError(f"not everything came up: {states}")
        time.sleep(0.1)


def _seconds_a_minute(directory: Path) -> dict[str, float]:
    roots = _roots(directory)
    before, began = _used_s(roots), time.monotonic()
    time.sleep(ROUND_S)
    after, elapsed_s = _used_s(roots), time.monotonic() - began
    return {name: (after[name] - before[name]) * 60.0 / elapsed_s for name in after}


def _roots(directory: Path) -> dict[int, str]:
    """The process of each service by its id, and the supervisor's."""
    state = read_state(directory)
    assert state is not None, "nothing runs there"
    services = {one["pid"]: one["name"] for one in state["services"] if one["pid"]}
    return {state["pid"]: SUPERVISOR, **services}


def _used_s(roots: Mapping[int, str]) -> dict[str, float]:
    """Processor seconds so far of each service with all that it has started."""
    fields = {int(path.name): found for path in Path("/proc").iterdir() if (found := _stat(path))}
    used = dict.fromkeys(roots.values(), 0.0)
    for pid, own in fields.items():
        owner = pid
        while owner and owner not in roots:
            owner = int(fields[owner][_PARENT]) if owner in fields else 0
        if owner:
            ticks = sum(int(own[at]) for at in _OWN)
            # What has ended is in its parent's account; the supervisor's ended ones are nobody's here.
            ticks += 0 if roots[owner] == SUPERVISOR else sum(int(own[at]) for at in _ENDED)
            used[roots[owner]] += ticks / TICKS_PER_S
    return used


def _stat(path: Path) -> list[str]:
    """The fields of a process; none where it is no process, or has ended."""
    if not path.name.isdigit():
        return []
    try:
        return stat(int(path.name))
    except OSError:
        return []
