"""The edge's answers as a metric, read from its counters when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import REGISTRY, Collector

from cse.runtime.http.application import Application


class AnswerMetrics(Collector):
    """`cse_http_answers_total` by method, route and status."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def register(self) -> None:
        """Adds the counter to those of the process."""
        REGISTRY.register(self)

    def describe(self) -> list[CounterMetricFamily]:
        """Nothing before it is asked for."""
        return []

    def collect(self) -> Iterator[CounterMetricFamily]:
        """The counter as it is now."""
        family = CounterMetricFamily(
            "cse_http_answers", "Answers given.", labels=["method", "route", "status"]
        )
        for (method, path, status), count in list(self._application.answers.items()):
            family.add_metric([method, path, str(status)], count)
        yield family
