"""How every service is: what the supervisor knows of it, and what it says of itself."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec
from prometheus_client.parser import text_string_to_metric_families

from cse.desk.jobs.models import Queue
from cse.runtime.health import Report, ask
from cse.runtime.processes import process_figures

ASK_TIMEOUT_S: Final = 2.0
SUPERVISOR_FILE: Final = "supervisor.json"
_SERVER_ERROR: Final = 500
_MEMORY: Final = "process_resident_memory_bytes"
# Between two looks that are closer together a share of processor time says nothing.
_LOOKS_APART_S: Final = 1.0

ReadQueues: TypeAlias = Callable[[], Awaitable[list[Queue]]]


class ServiceView(msgspec.Struct, frozen=True):
    """A service; null is what it does not say, or what was not there to be asked.

    `state` is the supervisor's. `lag` counts commands behind the newest that any service has. `errors` are
    answers with a status of 500 and above since it was started, out of `answers`. `cpu_percent` is of one
    core, since the look before of the same edge; `open_files_percent` is of the files it may have open.
    """

    name: str
    state: str
    ready: bool | None
    waiting_for: str | None
    restarts: int
    sequence: str | None
    lag: int | None
    answers: int | None
    errors: int | None
    cpu_percent: int | None
    memory_bytes: int | None
    open_files_percent: int | None


class Overview(msgspec.Struct, frozen=True):
    """How the exchange is. `since` is when its supervisor was started, null where there is none."""

    since: str | None
    services: list[ServiceView]
    queues: list[Queue]


class _Figures(NamedTuple):
    """What of a service's metrics is looked at."""

    sequence: int | None = None
    answers: int | None = None
    errors: int | None = None
    cpu_s: float | None = None
    memory_bytes: int | None = None
    open_files_percent: int | None = None


class _Said(NamedTuple):
    """What a service has answered."""

    report: Report | None
    figures: _Figures


class Services:
    """Asks services on the sockets below `run`, and `queues` for what waits. `clock_s` is in seconds."""

    def __init__(self, run: Path, queues: ReadQueues, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._run = run
        self._queues = queues
        self._clock_s = clock_s
        # By service: when it was looked at, and its processor time then.
        self._looks: dict[str, tuple[float, float]] = {}

    async def overview(self) -> Overview:
        """All services as they are now, asked at once."""
        known = _supervised(self._run)
        listed: list[Mapping[str, Any]] = known.get("services") or _alone(self._run)
        said = await asyncio.gather(*(self._ask(one) for one in listed))
        newest = max((one.figures.sequence or 0 for one in said), default=0)
        views = [self._view(one, answer, newest) for one, answer in zip(listed, said, strict=True)]
        return Overview(known.get("started_at"), views, await self._queues())

    async def _ask(self, listed: Mapping[str, Any]) -> _Said:
        name = str(listed["name"])
        report, figures = None, _Figures()
        with contextlib.suppress(OSError, TimeoutError, ValueError, msgspec.DecodeError):
            async with asyncio.timeout(ASK_TIMEOUT_S):
                answers = (ask(self._run, name, "/health"), ask(self._run, name, "/metrics"))
                health, metrics = await asyncio.gather(*answers)
            report = msgspec.json.decode(_body(health), type=Report)
            figures = figures_of(_body(metrics).decode())
        if figures.cpu_s is None and isinstance(pid := listed.get("pid"), int):
            # It has no metrics of ours, so the machine is asked.
            seen = await asyncio.to_thread(process_figures, pid)
            if seen is not None:
                figures = figures._replace(cpu_s=seen.cpu_s, memory_bytes=seen.memory_bytes)
        return _Said(report, figures)

    def _view(self, listed: Mapping[str, Any], said: _Said, newest: int) -> ServiceView:
        figures, report = said.figures, said.report
        sequence = figures.sequence
        return ServiceView(
            name=listed["name"],
            state=listed["state"],
            ready=None if report is None else report.ready,
            waiting_for=None if report is None else report.waiting_for,
            restarts=listed["restarts"],
            sequence=None if sequence is None else str(sequence),
            lag=None if sequence is None else newest - sequence,
            answers=figures.answers,
            errors=figures.errors,
            cpu_percent=self._cpu_percent(listed["name"], figures.cpu_s),
            memory_bytes=figures.memory_bytes,
            open_files_percent=figures.open_files_percent,
        )

    def _cpu_percent(self, name: str, cpu_s: float | None) -> int | None:
        if cpu_s is None:
            return None
        now_s = self._clock_s()
        before = self._looks.get(name)
        if before is not None and now_s - before[0] < _LOOKS_APART_S:
            return None
        self._looks[name] = now_s, cpu_s
        # Less than before is another process.
        if before is None or cpu_s < before[1]:
            return None
        return round(100 * (cpu_s - before[1]) / (now_s - before[0]))


def figures_of(metrics: str) -> _Figures:
    """What is looked at of metrics in Prometheus' text format. Raises `ValueError`."""
    found: dict[str, float] = {}
    answers = errors = None
    for family in text_string_to_metric_families(metrics):
        for sample in family.samples:
            if sample.name == "cse_http_answers_total":
                answers = (answers or 0) + int(sample.value)
                is_error = int(sample.labels["status"]) >= _SERVER_ERROR
                errors = (errors or 0) + (int(sample.value) if is_error else 0)
            elif not sample.labels:
                found[sample.name] = sample.value
    open_files, most = found.get("process_open_fds"), found.get("process_max_fds")
    return _Figures(
        sequence=_whole(value for name, value in found.items() if name.endswith("_sequence") and _own(name)),
        answers=answers,
        errors=errors,
        cpu_s=found.get("process_cpu_seconds_total"),
        memory_bytes=_whole(value for name, value in found.items() if name == _MEMORY),
        open_files_percent=round(100 * open_files / most) if open_files is not None and most else None,
    )


def _own(name: str) -> bool:
    """Whether it is how far the service itself is: `cse_<service>_sequence`."""
    return name.startswith("cse_") and name.count("_") == 2


def _whole(values: Iterable[float]) -> int | None:
    return next((int(value) for value in values), None)


def _supervised(run: Path) -> dict[str, Any]:
    """What the supervisor last published; nothing where services run without one."""
    try:
        found: dict[str, Any] = json.loads((run / SUPERVISOR_FILE).read_text())
    except (OSError, ValueError):
        return {}
    return found


def _alone(run: Path) -> list[Mapping[str, Any]]:
    """The services that have a socket."""
    names = sorted(path.stem for path in run.glob("*.health"))
    return [{"name": name, "state": "ready", "restarts": 0} for name in names]


def _body(answer: bytes) -> bytes:
    return answer.partition(b"\r\n\r\n")[2]
