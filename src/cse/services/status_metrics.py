"""The figures of a status as metrics, read when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import REGISTRY, Collector


class StatusMetrics(Collector):
    """One gauge for each whole number or truth in a status, named `cse_<service>_<figure>`."""

    def __init__(self, status: Callable[[], Mapping[str, object]]) -> None:
        self._status = status

    def register(self) -> None:
        """Adds the gauges to those of the process."""
        REGISTRY.register(self)

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing before it is asked for."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The gauges as they are now."""
        status = self._status()
        for figure, value in status.items():
            if isinstance(value, int):
                name = f"cse_{status['service']}_{figure}"
                yield GaugeMetricFamily(name, figure.replace("_", " "), value=int(value))
