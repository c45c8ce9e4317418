"""No route changes anything without a trace: an event of the audit log, or a command in the journal."""

from __future__ import annotations

from tests.audited_routes import AUDITED, JOURNALLED, NOT_AUDITED
from tests.unit.services.test_edge_access import ROUTES


def test_every_route_that_changes_something_is_audited_or_says_why_not() -> None:
    changing = [(route.method, route.path) for route in ROUTES if route.method != "GET"]
    assert sorted(changing) == sorted([*AUDITED, *JOURNALLED, *NOT_AUDITED])
