"""The trading tables are what both cores do."""

from pathlib import Path

from tests.rules import matrix
from tests.rules.cases import MakeCore, both_cores

PAGE = Path(__file__).parents[2] / "docs" / "trading-tables.md"


@both_cores
def test_the_trading_tables_are_true(make_core: MakeCore) -> None:
    assert matrix.text(make_core) == PAGE.read_text(encoding="utf-8")
