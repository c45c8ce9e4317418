"""Tables are a room's own: others ask its service."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src" / "cse"
# They put the rooms' parts together, and hold no rules.
ASSEMBLES = "services"
# It has the means to reach PostgreSQL, and no table that only it may ask.
PLUMBING = SOURCE / "runtime"


def imported(module: ast.Module) -> Iterator[str]:
    """The full names of all that a module imports, wherever in it."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_room_imports_the_store_of_another() -> None:
    stores = [
        ".".join(("cse", *store.relative_to(SOURCE).parent.parts, store.stem))
        for store in SOURCE.rglob("*store.py")
        if PLUMBING not in store.parents
    ]
    assert {"cse.ledger.store", "cse.accounts.sessions.store"} <= set(stores)
    trespassing = [
        (str(path.relative_to(SOURCE)), name)
        for path in sorted(SOURCE.rglob("*.py"))
        for name in imported(ast.parse(path.read_text()))
        for store in stores
        if f"{name}.".startswith(f"{store}.")
        and path.relative_to(SOURCE).parts[0] not in (store.split(".")[1], ASSEMBLES)
    ]
    assert trespassing == []
