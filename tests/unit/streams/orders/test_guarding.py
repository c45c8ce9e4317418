"""What a connection has cancelled when it ends."""

from __future__ import annotations

from uuid import UUID

from cse.domain.scopes import KeyScope
from cse.streams.orders.limits import CANCELS_OF_GUARD
from cse.trading.guard_files import Guard
from tests.streams.orders import ACCOUNT, PERSON, Exchange, turn


async def test_who_may_not_cancel_guards_nothing_that_would() -> None:
    """Otherwise a key that may only read cancels everything by hanging up."""
    exchange = Exchange()
    exchange.tokens["good"] = exchange.tokens["good"]._replace(
        key=UUID(int=1), scopes=frozenset({KeyScope.READ})
    )
    exchange.sign_in()
    exchange.send(op="cancel_on_disconnect", id="1")
    exchange.send(op="cancel_all", id="2")
    await turn()
    guard, cancel = exchange.take()
    assert (guard["op"], guard["code"]) == ("error", "scope_missing")
    assert (cancel["status"], cancel["body"]["code"]) == (403, "scope_missing")
    exchange.connections.depart(exchange.session)
    assert (exchange.guards.armed, exchange.guards.ended) == ({}, [])


async def test_what_it_guards_is_cancelled_when_it_ends(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect", id="1", markets=["LAB-USDC"], grace_ms=500)
    await turn()
    (told,) = exchange.take()
    name = told.pop("guard")
    assert told == {
        "op": "cancel_on_disconnect",
        "id": "1",
        "markets": ["LAB-USDC"],
        "grace_ms": 500,
        "resumed": False,
    }
    exchange.connections.depart(exchange.session)
    exchange.connections.depart(exchange.session)
    assert exchange.guards.ended == [(name, Guard(ACCOUNT, [5], 500))]


async def test_it_guards_what_it_was_told_last(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect", id="1", markets=["LAB-USDC"])
    exchange.send(op="cancel_on_disconnect", id="2")
    exchange.send(op="cancel_on_disconnect", id="3", markets=["NO-SUCH"])
    await turn()
    first, second, third = exchange.take()
    assert first["guard"] == second["guard"]
    assert (third["op"], third["code"]) == ("error", "market_unknown")
    assert list(exchange.guards.armed.values()) == [Guard(ACCOUNT, None, 0)]
    exchange.send(op="cancel_on_disconnect", id="4", enabled=False)
    await turn()
    assert exchange.take()[0]["guard"] is None
    exchange.connections.depart(exchange.session)
    assert (exchange.guards.armed, exchange.guards.ended) == ({}, [])


async def test_a_market_that_is_named_twice_is_guarded_once(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect", markets=["LAB-USDC"] * 100)
    await turn()
    assert exchange.take()[0]["markets"] == ["LAB-USDC"]
    assert list(exchange.guards.armed.values()) == [Guard(ACCOUNT, [5], 0)]


async def test_what_is_guarded_already_is_not_written_again(exchange: Exchange) -> None:
    for id_ in "123":
        exchange.send(op="cancel_on_disconnect", id=id_, markets=["LAB-USDC"])
    await turn()
    first, *others = exchange.take()
    assert [other | {"id": "1"} for other in others] == [first, first]
    assert exchange.guards.written == 1
    exchange.send(op="cancel_on_disconnect", markets=["LAB-USDC"], grace_ms=1)
    await turn()
    assert exchange.guards.written == 2


async def test_a_guard_and_its_end_are_paid_for_by_the_persons_cancels(exchange: Exchange) -> None:
    before = exchange.cancels.left(PERSON)
    exchange.send(op="cancel_on_disconnect", markets=["LAB-USDC"])
    await turn()
    cost = before - exchange.cancels.left(PERSON)
    assert cost == CANCELS_OF_GUARD + 1
    exchange.cancels.take(PERSON, exchange.cancels.left(PERSON) - cost + 1)
    exchange.take()
    exchange.send(op="cancel_on_disconnect", id="2")
    await turn()
    (told,) = exchange.take()
    assert (told["op"], told["id"], told["code"]) == ("error", "2", "rate_limited")
    exchange.connections.depart(exchange.session)
    (ended,) = exchange.guards.ended
    assert ended[1] == Guard(ACCOUNT, [5], 0), "what was guarded still is"


async def test_a_guard_that_is_there_no_more_is_a_new_one(exchange: Exchange) -> None:
    names = "a" * 32, "b" * 32
    exchange.guards.resumable = {names[0]}
    for name in names:
        exchange.send(op="cancel_on_disconnect", resume=name)
        await turn()
    resumed, new = exchange.take()
    assert (resumed["guard"], resumed["resumed"]) == (names[0], True)
    assert new["resumed"] is False
    assert new["guard"] not in names[1:]
    assert len(exchange.guards.armed) == 1


async def test_a_guard_that_is_set_while_the_connection_ends_counts(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect")
    exchange.connections.depart(exchange.session)
    await turn()
    assert len(exchange.guards.ended) == 1


async def test_a_guard_that_another_resumes_in_that_moment_is_told_as_lost(exchange: Exchange) -> None:
    exchange.guards.rival = exchange.session.guard_lost
    exchange.send(op="cancel_on_disconnect", id="1")
    await turn()
    assert [told["guard"] for told in exchange.take()] == [next(iter(exchange.guards.armed)), None]
    exchange.connections.depart(exchange.session)
    assert exchange.guards.ended == []


async def test_what_has_not_gone_out_does_not_come_after_the_cancels(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect")
    await turn()
    exchange.send(op="cancel_all")
    exchange.connections.depart(exchange.session)
    await turn()
    assert exchange.trading.counted == []
