"""The service `history`: gives a new demo exchange its past, once, before its first leader starts."""

from __future__ import annotations

import time
from typing import Final

from structlog.typing import FilteringBoundLogger

from cse.demo.history.journal import write_history
from cse.demo.history.staging import Staging, is_needed
from cse.runtime.clock import wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.telemetry import start_logging

_REPORT_EVERY: Final = 0.2


def build(configuration: Configuration, log: FilteringBoundLogger) -> bool:
    """Writes the past of `history_days` days; False where there is nothing to be written."""
    days = configuration.history_days
    if not configuration.lists_demo or not days or not is_needed(configuration.data):
        return False
    began = time.monotonic()
    reported = 0.0

    def report(done: float) -> None:
        nonlocal reported
        if done >= reported:
            log.info(f"writes {days} days of trading, {done:.0%} done", progress=True)
            reported += _REPORT_EVERY

    staging = Staging(configuration.data)
    written = write_history(staging, days=days, end_us=wall_us(), progress=report)
    staging.move_in_place()
    elapsed_s = round(time.monotonic() - began, 1)
    log.info(
        f"wrote {written.trades:,} trades of {days} days in {elapsed_s} s",
        progress=True,
        commands=written.commands,
    )
    return True


def main() -> int:
    """Runs the service with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging("history", configuration.log_level)
    build(configuration, log)
    return 0
