"""What is made of the metrics of a service."""

from __future__ import annotations

import json
import os
from pathlib import Path

from cse.desk.jobs.models import Queue
from cse.desk.overview import SUPERVISOR_FILE, Services, figures_of

METRICS = """\
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 12.5
# TYPE process_open_fds gauge
process_open_fds 64.0
# TYPE process_max_fds gauge
process_max_fds 1024.0
# TYPE process_resident_memory_bytes gauge
process_resident_memory_bytes 1.048576e+06
# TYPE cse_leader_durable_sequence gauge
cse_leader_durable_sequence 7.0
# TYPE cse_leader_sequence gauge
cse_leader_sequence 9.0
# TYPE cse_http_answers counter
cse_http_answers_total{method="GET",route="/api/markets",status="200"} 5.0
cse_http_answers_total{method="GET",route="/api/markets",status="503"} 2.0
cse_http_answers_total{method="POST",route="/api/orders",status="422"} 1.0
"""


def test_how_far_how_much_and_how_badly() -> None:
    found = figures_of(METRICS)
    assert (found.sequence, found.answers, found.errors) == (9, 8, 2)
    assert (found.cpu_s, found.memory_bytes, found.open_files_percent) == (12.5, 1 << 20, 6)


def test_what_a_service_does_not_say_is_not_known() -> None:
    assert set(figures_of("")) == {None}


async def no_queues() -> list[Queue]:
    return []


async def test_what_has_no_metrics_is_asked_of_the_machine(tmp_path: Path) -> None:
    """PostgreSQL, Valkey and the gateway are no programs of ours; of who is gone nothing is known."""
    listed = [
        {"name": name, "state": "ready", "restarts": 0, "pid": pid}
        for name, pid in (("gateway", os.getpid()), ("valkey", 2**22 + 1), ("history", None))
    ]
    (tmp_path / SUPERVISOR_FILE).write_text(json.dumps({"started_at": None, "services": listed}))
    times = iter(range(0, 100, 10))
    services = Services(tmp_path, no_queues, lambda: float(next(times)))
    await services.overview()
    gateway, *gone = (await services.overview()).services
    assert gateway.memory_bytes is not None and gateway.memory_bytes > 0
    assert gateway.cpu_percent is not None
    assert [(one.cpu_percent, one.memory_bytes) for one in gone] == [(None, None)] * 2
