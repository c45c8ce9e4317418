"""Every fault that the core can be built with is found, by the check that `docs/mutants.md` says.

`CSE_RECORD=1` writes that page anew first.
"""

import os

import pytest

from cse.engine import _native
from tests.mutants import page
from tests.mutants.checks import CHECKS, outcome
from tests.mutants.module import chosen, module

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("CSE_MUTANTS" not in os.environ, reason="only ./cse test builds the core with faults"),
]

if "CSE_RECORD" in os.environ and "CSE_MUTANTS" in os.environ:
    page.write()
ROWS = page.rows()


def test_the_page_lists_every_fault() -> None:
    """At least thirty, and each once."""
    listed = [(row.fault, row.sentence) for row in ROWS]
    assert listed == module().faults(), "CSE_RECORD=1 ./cse test tests/mutants writes the page anew"
    assert len({row.fault for row in ROWS}) == len(ROWS) >= 30


# Its commands against the reference take a minute; as many of the core that is shipped are in every run.
LONG = {"reference": pytest.mark.long}


@pytest.mark.parametrize("name", [pytest.param(name, marks=LONG.get(name, ())) for name in CHECKS])
def test_a_core_without_a_fault_passes(name: str) -> None:
    assert outcome(name, module()) is None


@pytest.mark.parametrize("row", ROWS, ids=[row.fault for row in ROWS])
def test_a_fault_is_found(row: page.Row) -> None:
    with chosen(row.fault):
        found = outcome(row.check, module())
    assert found is not None, f"{row.sentence}, and the check named {row.check} finds nothing"


def test_the_core_that_is_shipped_has_no_faults() -> None:
    assert not hasattr(_native, "choose_fault")
    assert not hasattr(_native, "faults")
