"""The bytes that the trading rules show (section 7) are those of both cores."""

import re
from collections.abc import Iterator
from pathlib import Path

from cse.engine.wire import Group
from tests.rules.cases import MakeCore, both_cores
from tests.rules.examples import cells_of

PAGE = Path(__file__).parents[2] / "docs" / "trading-rules.md"
_, SECTION = PAGE.read_text(encoding="utf-8").split("## 7. In bytes\n")


def groups() -> Iterator[tuple[int, int, bytes, bytes, int]]:
    """Sequence, time, command, events and chain of each row of the table."""
    _, _, *rows = filter(None, map(cells_of, SECTION.splitlines()))
    for sequence, time_us, command, events, chain in rows:
        yield int(sequence), int(time_us), bytes.fromhex(command), bytes.fromhex(events), int(chain, 16)


@both_cores
def test_groups_dump_and_hash_are_what_the_page_shows(make_core: MakeCore) -> None:
    core = make_core()
    shown = list(groups())
    assert len(shown) == 3
    for sequence, time_us, command, events, chain in shown:
        expected = Group(sequence, time_us, chain).encode(events)
        assert core.apply(sequence, time_us, command).hex() == expected.hex()
    (dump,) = re.findall("```\n(.*?)```", SECTION, re.DOTALL)
    (state_hash,) = re.findall("state hash `([0-9a-f]{64})`", SECTION)
    assert core.dump() == dump
    assert core.state_hash().hex() == state_hash
