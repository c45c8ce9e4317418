"""Prints the figures of a workload beside their goals, with the conditions, and keeps them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from bench import table
from bench.conditions import conditions
from bench.goals import GOALS
from bench.table import RESULTS, shown


@dataclass
class Report:
    """The figures of one workload. A figure is the median of its rounds."""

    name: str
    workload: str
    figures: dict[str, list[float]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        load, cores = os.getloadavg()[0], os.cpu_count() or 1
        if load > cores / 2:
            self.notes.append(f"the machine was busy before: load {load:.1f} on {cores} cores; measure again")

    def add(self, figure: str, rounds: Sequence[float]) -> None:
        """Adds a figure by its name, one value a round."""
        self.figures[f"{self.name}: {figure}"] = list(rounds)

    def finish(self) -> None:
        """Prints the table, and writes `bench/results/NAME.json` and what follows from it."""
        surroundings = conditions()
        print(self._table(surroundings))
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{self.name}.json"
        content = {**asdict(self), "conditions": surroundings, "goals": self._goals()}
        path.write_text(json.dumps(content, indent=1) + "\n")
        table.update()
        print(f"kept in {path}")

    def _table(self, surroundings: Mapping[str, str]) -> str:
        lines = [f"{self.name}: {self.workload}", ""]
        lines += [f"  {name:10} {value}" for name, value in surroundings.items()]
        lines += ["", f"  {'figure (median of rounds)':58}{'median':>14}{'lowest':>14}{'highest':>14}  goal"]
        for name, rounds in self.figures.items():
            values = "".join(f"{shown(value):>14}" for value in (median(rounds), min(rounds), max(rounds)))
            lines.append(f"  {name:58}{values}  {self._verdict(name)}")
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)

    def _verdict(self, name: str) -> str:
        goal = GOALS.get(name)
        if goal is None:
            return ""
        return f"{goal}: {'met' if goal.is_met_by(median(self.figures[name])) else 'NOT MET'}"

    def _goals(self) -> dict[str, Any]:
        return {name: str(GOALS[name]) for name in self.figures if name in GOALS}
