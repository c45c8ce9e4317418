"""A process takes so many connections, and each address its share."""

from __future__ import annotations

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.streams.limits import Limits
from tests.streams.engine import Engine
from tests.streams.process import FakeProcess


def test_an_address_has_its_share() -> None:
    process = FakeProcess(Engine(), Limits(connections_per_address=2))
    first, second, third = (process.connect("10.0.0.1") for _ in range(3))
    assert not first.session.is_closed
    assert not second.session.is_closed
    assert (third.client.ops(), third.client.codes()) == (["closing"], ["connection_limit"])
    assert third.client.close_code == 1_013
    assert not process.connect("10.0.0.2").session.is_closed
    third.leave()
    assert process.connect("10.0.0.1").session.is_closed, "one turned away frees no place"
    first.leave()
    assert not process.connect("10.0.0.1").session.is_closed


def test_so_has_the_process() -> None:
    process = FakeProcess(Engine(), Limits(connections=3))
    visitors = [process.connect(f"10.0.0.{number}") for number in range(5)]
    assert [visitor.session.is_closed for visitor in visitors] == [False] * 3 + [True] * 2
    assert process.connections.count == 3
    for visitor in visitors:
        visitor.leave()
        visitor.leave()
    assert process.connections.count == 0


def test_the_end_is_told_to_all() -> None:
    process = FakeProcess(Engine())
    visitors = [process.connect() for _ in range(30)]
    process.connections.close_all(CodedError(codes.SHUTTING_DOWN), 1_012)
    for visitor in visitors:
        visitor.take()
        assert (visitor.client.codes(), visitor.client.close_code) == (["shutting_down"], 1_012)


def test_every_connection_is_looked_after_once_in_a_round() -> None:
    process = FakeProcess(Engine())
    visitors = [process.connect() for _ in range(100)]
    process.pass_time(5)
    for visitor in visitors:
        visitor.take()
        assert visitor.client.ops().count("heartbeat") == 1
