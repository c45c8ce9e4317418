"""Every act of the desk has its line at the machine, or a reason why not: the table in docs/desk.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final, cast

import pytest

from cse.cli.admin.command import main
from cse.runtime.http.request_rates import Rates
from cse.services.edge_routes import empty_rooms, routes_of

_PAGE: Final = (Path(__file__).parents[4] / "docs" / "desk.md").read_text("utf-8")
_ROW: Final = re.compile(r"^\| `([A-Z]+) (/api/admin/\S+)` \| (.+) \|$", re.MULTILINE)
_LINE: Final = re.compile(r"`([a-z -]+)`")
_WITHOUT: Final = "none: "


def _table() -> dict[tuple[str, str], str]:
    section = _PAGE.partition("\n## At the machine\n")[2].partition("\n## ")[0]
    return {(method, path): said for method, path, said in _ROW.findall(section)}


def _lines() -> list[str]:
    return sorted({line for said in _table().values() for line in _LINE.findall(said)})


def test_every_route_of_operators_has_a_row() -> None:
    nobody = cast(Any, object())
    routes = routes_of(empty_rooms(nobody), Rates(), nobody, secure_cookies=True)
    desk = {(route.method, route.path) for route in routes if route.path.startswith("/api/admin/")}
    assert set(_table()) == desk


def test_a_row_names_lines_or_says_why_there_is_none() -> None:
    assert [said for said in _table().values() if not (_LINE.match(said) or said.startswith(_WITHOUT))] == []


@pytest.mark.parametrize("line", _lines())
def test_a_line_that_is_named_is_there(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*line.split(), "--help"])
    assert stopped.value.code == 0
    assert f"./cse admin {line} " in capsys.readouterr().out
