"""The tables of `docs/benchmarks.md` that follow from `bench/results`: written whenever one is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.goals import GOALS

RESULTS: Final = Path(__file__).parent / "results"
PAGE: Final = Path(__file__).parent.parent / "docs" / "benchmarks.md"
_BEGIN: Final = "<!-- What follows is written by ./cse bench. -->\n"
_END: Final = "<!-- That was written by ./cse bench. -->\n"


def shown(value: float) -> str:
    """A figure in three digits, or with all those before the point."""
    if value >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"


def page(text: str, results: Path = RESULTS) -> str:
    """A page's text with its tables as the results want them."""
    before, _, rest = text.partition(_BEGIN)
    _, _, behind = rest.partition(_END)
    return f"{before}{_BEGIN}\n{tables(results)}\n{_END}{behind}"


def update() -> None:
    """Writes the page anew."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def tables(results: Path) -> str:
    """Every figure that has a goal beside it, and where and when each workload was measured."""
    kept = {
        path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(results.glob("*.json"))
    }
    kept = {name: result for name, result in kept.items() if "figures" in result}
    return "\n".join([*_figures(kept), "", *_recordings(kept), "", *_notes(kept)]) + "\n"


def _figures(kept: dict[str, Any]) -> Iterator[str]:
    yield "| command | figure | median | rounds | goal | met |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, goal in GOALS.items():
        command, _, figure = name.partition(": ")
        rounds = kept.get(command, {}).get("figures", {}).get(name)
        if not rounds:
            yield f"| `./cse bench {command}` | {figure} | not recorded | | {goal} | |"
            continue
        middle = median(rounds)
        spread = f"{len(rounds)}: {shown(min(rounds))} to {shown(max(rounds))}"
        met = "yes" if goal.is_met_by(middle) else "**no**"
        yield f"| `./cse bench {command}` | {figure} | {shown(middle)} | {spread} | {goal} | {met} |"


def _recordings(kept: dict[str, Any]) -> Iterator[str]:
    yield "| command | what it did | recorded | at commit | on | load |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, result in kept.items():
        at = result["conditions"]
        machine = f"{at['processor']}, {at['cores']} cores, {at['system']}"
        when = f"{at['time'][:10]} | {at['commit']} | {machine} | {at['load']}"
        yield f"| `./cse bench {name}` | {result['workload']} | {when} |"


def _notes(kept: dict[str, Any]) -> Iterator[str]:
    for name, result in kept.items():
        for note in result["notes"]:
            yield f"- {name}: {note}"
