"""Which services a configuration makes, which wait for which, and what each inherits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cse.cli.gateway.policy import UnusablePolicies
from cse.cli.supervisor.plan import Descriptors, fork_server_of, services_of
from cse.cli.supervisor.service import Service
from cse.runtime.configuration import Configuration

LISTENING = Descriptors(gateway=7, edges=8, streams=9)


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    (tmp_path / "run").mkdir()
    (tmp_path / "journal").mkdir()
    return Configuration(tmp_path, database_url="postgresql://elsewhere/cse")


def planned(configuration: Configuration) -> dict[str, Service]:
    services = services_of(configuration, LISTENING, fork_server_of(configuration))
    return {service.name: service for service in services}


def test_everything_starts_behind_what_it_needs(configuration: Configuration) -> None:
    services = planned(replace(configuration, edges=2, streams=2))
    started: set[str] = set()
    for name, service in services.items():
        assert set(service.after) <= started, name
        started.add(name)
    assert {"edge-1", "edge-2", "streams-1", "streams-2", "marketdata", "gateway"} <= started
    assert "history" in services["leader"].after


def test_a_server_elsewhere_needs_no_postgres_here(configuration: Configuration) -> None:
    assert "postgres" not in planned(configuration)
    assert "postgres" in planned(replace(configuration, database_url=None))


def test_each_answers_on_the_socket_it_inherits(configuration: Configuration) -> None:
    services = planned(replace(configuration, edges=2))
    inherited = {name: service.descriptors for name, service in services.items() if service.descriptors}
    assert inherited == {"gateway": (7,), "edge-1": (8,), "edge-2": (8,), "streams-1": (9,)}
    assert services["edge-2"].environment["CSE_LISTEN_DESCRIPTOR"] == "8"
    assert services["edge-2"].environment["CSE_SERVICE"] == "edge-2"


def test_what_keeps_the_books_of_orders_is_a_program_of_its_own(configuration: Configuration) -> None:
    services = planned(replace(configuration, edges=2, database_url=None))
    forked = {name for name, service in services.items() if service.fork_server is not None}
    assert forked == {"ledger", "marketdata", "streams-1", "edge-1", "edge-2", "demo", "robots"}
    assert services["edge-2"].command == ("serve", "edge")
    assert services["leader"].command[-2:] == ("serve", "leader")


def test_only_what_keeps_the_books_asks_for_large_pages(
    configuration: Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    asking = {name for name, each in planned(configuration).items() if "GLIBC_TUNABLES" in each.environment}
    assert asking == {"leader", "replica"}


@pytest.mark.parametrize(
    ("changes", "begun", "has_history"),
    [
        ({}, False, True),
        ({}, True, False),
        ({"history_days": 0}, False, False),
        ({"demo": False}, False, False),
        ({"profile": "production"}, False, False),
    ],
)
def test_only_a_new_demo_is_given_a_past(
    configuration: Configuration, changes: dict[str, Any], begun: bool, has_history: bool
) -> None:
    if begun:
        (configuration.data / "journal" / "0000000001.segment").touch()
    assert ("history" in planned(replace(configuration, **changes))) is has_history


@pytest.mark.parametrize(
    ("changes", "has_robots"),
    [({}, True), ({"robots": False}, False), ({"demo": False}, False), ({"profile": "production"}, False)],
)
def test_robots_trade_in_a_demo_that_wants_them(
    configuration: Configuration, changes: dict[str, Any], has_robots: bool
) -> None:
    services = planned(replace(configuration, **changes))
    assert ("robots" in services) is has_robots
    # The exchange is whole without them, and without the demo's person.
    assert all(services[name].optional for name in ("demo", "robots") if name in services)


def test_an_app_without_policies_is_not_served(configuration: Configuration, tmp_path: Path) -> None:
    with pytest.raises(UnusablePolicies, match=r"csp\.json"):
        planned(replace(configuration, web=tmp_path))
