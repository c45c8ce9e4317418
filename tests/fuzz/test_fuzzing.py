"""No bytes make the core, the journal, the event log or a snapshot panic, or ask for room without bound.

Coverage guides what is tried, from the inputs in `crates/fuzz/corpus`. The last test goes on for
`CSE_FUZZ_SECONDS` and keeps what reached more; `CSE_RECORD=1` makes the first inputs anew, as a change
of the layouts asks for.
"""

import os
from pathlib import Path

import pytest

from tests.fuzz import fuzzers, seeds
from tests.fuzz.fuzzers import TARGETS

SHORT_SECONDS = 2.0
LONG_SECONDS = 150.0
INPUTS_MIN = 1_000
PLACES_MIN = 100
"""Of the code; where nothing guides, it is a handful."""

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(fuzzers.lacking() is not None, reason=str(fuzzers.lacking())),
]


def test_inputs_can_be_made_anew() -> None:
    if "CSE_RECORD" in os.environ:
        seeds.write()
    assert all(any(fuzzers.kept(target).iterdir()) for target in TARGETS)


@pytest.mark.parametrize("target", TARGETS)
def test_what_once_broke_a_promise_breaks_none(target: str) -> None:
    fuzzers.replay(target, fuzzers.cases(target))


@pytest.mark.parametrize("target", TARGETS)
def test_no_bytes_break_a_promise(target: str, tmp_path: Path) -> None:
    fuzz(target, SHORT_SECONDS, tmp_path)


@pytest.mark.parametrize("target", TARGETS)
def test_no_bytes_break_a_promise_for_long(target: str, tmp_path: Path) -> None:
    fuzz(target, float(os.environ.get("CSE_FUZZ_SECONDS", LONG_SECONDS)), tmp_path)
    seeds.keep(target, tmp_path / "new")


def fuzz(target: str, seconds: float, directory: Path) -> None:
    new = directory / "new"
    new.mkdir()
    ran = fuzzers.run(target, seconds, new, directory)
    print(f"{target}: {ran.inputs:,} inputs reached {ran.places:,} places")
    assert ran.inputs >= INPUTS_MIN
    assert ran.places >= PLACES_MIN
