"""The reference as machine code finds and records what it does as it is written."""

import json
import sys
from pathlib import Path

import pytest

from tests.property import compiled

SCRIPT = """
import sys
from pathlib import Path
from tests.property import compiled, recorded, search
from tests.property.comparison import run_stream
from cse.engine._native import Core

class Bent:
    def __init__(self):
        self.core = Core()
    def apply(self, sequence, time_us, command):
        group = self.core.apply(sequence, time_us, command)
        return group[:-1] + b"!" if sequence == 700 else group
    def state_hash(self):
        return self.core.state_hash()
    def dump(self):
        return self.core.dump()

found = search.search(search.Budget(commands=5_000), first_seed=11)
assert not found.reports, found.reports
recorded.add(found, Path(sys.argv[1]))
difference = run_stream(11, 1_000, Bent).difference
assert difference is not None and difference.index == 699, difference
"""


def test_what_is_not_compiled_says_so() -> None:
    assert not compiled.is_compiled()


@pytest.mark.long
def test_a_compiled_search_agrees_and_finds_a_difference(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "script_of_a_test.py").write_text(SCRIPT)
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path), str(compiled.ROOT)])
    assert compiled.run_compiled("script_of_a_test", [str(tmp_path / "searches.json")]) == 0
    (search,) = json.loads((tmp_path / "searches.json").read_text())["searches"]
    assert search["compiled"]
    assert search["commands"] >= 5_000
