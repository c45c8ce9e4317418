"""`docs/mutants.md`: every fault, and the checks that find it. `python -m tests.mutants.page` writes it."""

from pathlib import Path
from typing import NamedTuple

from tests.mutants.checks import CHECKS, outcome
from tests.mutants.module import chosen, module

FILE = Path(__file__).parents[2] / "docs" / "mutants.md"
HEAD = """\
# Mutants

A test that never fails proves nothing. The core can be built with faults on purpose, of which one at a time is chosen: an order that joins its queue first, a fee rounded the other way, a hold that stays. Each must be found by the checks that find real faults, and this is what finds it. The faults are listed in `crates/faults/src/lib.rs`, behind the feature `mutants`; without it nothing of them is compiled. A test holds this page true, but for its last column, which is as it was found when the page was written. Do not edit; `CSE_RECORD=1 ./cse test tests/mutants` writes it.

| check | holds a core against |
| --- | --- |
| reference | the reference core, every group byte for byte and the state at the end |
| invariants | its own state: sums are zero, what is locked is held, books are not crossed, first come is first served |
| reads | its own state: what it answers is what the state says |
| events | its own state: depth and balances are what its events have told |
| snapshots | itself, read back from its own snapshot |
| turns | commands out of their turn, which it must refuse |

| fault | what is wrong | found by | and by |
| --- | --- | --- | --- |
"""


class Row(NamedTuple):
    """A fault of the page, the check that must find it, and others that did."""

    fault: str
    sentence: str
    check: str
    others: tuple[str, ...]

    def __str__(self) -> str:
        return f"| {self.fault} | {self.sentence} | {self.check} | {', '.join(self.others)} |"


def rows() -> list[Row]:
    """The rows of the page as it is."""
    rows = []
    for line in FILE.read_text(encoding="utf-8").removeprefix(HEAD).splitlines():
        fault, sentence, check, others = (cell.strip() for cell in line.split("|")[1:-1])
        rows.append(Row(fault, sentence, check, tuple(others.split(", "))))
    return rows


def write() -> None:
    """Puts every fault to every check, and writes what found it.

    Raises:
        AssertionError: nothing finds some of them.
    """
    found = []
    for fault, sentence in module().faults():
        with chosen(fault):
            checks = [name for name in CHECKS if outcome(name, module()) is not None]
        found.append(Row(fault, sentence, checks[0] if checks else "", tuple(checks[1:])))
    missed = [row.fault for row in found if not row.check]
    assert not missed, f"nothing finds {missed}"
    FILE.write_text(HEAD + "".join(f"{row}\n" for row in found), encoding="utf-8")


if __name__ == "__main__":
    write()
