"""What the streams refused as a metric, read from its counters when somebody asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import REGISTRY, Collector


class RefusalMetrics(Collector):
    """`cse_streams_refusals_total` by code: messages refused, and connections closed."""

    def __init__(self, refusals: Mapping[str, int]) -> None:
        self._refusals = refusals

    def register(self) -> None:
        """Adds the counter to those of the process."""
        REGISTRY.register(self)

    def describe(self) -> list[CounterMetricFamily]:
        """Nothing before it is asked for."""
        return []

    def collect(self) -> Iterator[CounterMetricFamily]:
        """The counter as it is now."""
        family = CounterMetricFamily("cse_streams_refusals", "Refusals given.", labels=["code"])
        for code, count in list(self._refusals.items()):
            family.add_metric([code], count)
        yield family
