"""A request whose answer is lost has one effect, and its outcome becomes known."""

from __future__ import annotations

import asyncio
import signal

from cse_client import CseClient, NewOrder, OutcomeUnknown, Patience
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp

EDGES = ("edge-1", "edge-2")
ORDER = NewOrder(market="NOVA-USDC", side="buy", type="limit", price="0.01", quantity="200")


async def test_edges_killed_in_the_middle_of_everything(exchange: RunningExchange, sign_up: SignUp) -> None:
    """The leader has the requests before it, but stands still until the edges that sent them are dead."""
    client = await sign_up(USDC="100")
    resting = (await client.place_order(ORDER)).order
    newcomer = CseClient(exchange.url, patience=Patience(patience_s=60))

    exchange.kill("leader", signal.SIGSTOP)
    async with newcomer, asyncio.TaskGroup() as group:
        sent_again = group.create_task(client.place_and_resolve(ORDER))
        looked_up = group.create_task(client.place_and_resolve(ORDER, repeat=False))
        tried_once = group.create_task(outcome_of_one_try(client))
        cancelled = group.create_task(client.cancel_order(resting.id))
        taken = group.create_task(client.take_from_faucet("USDC", "5", key="once"))
        signed_up = group.create_task(
            newcomer.sign_up("lost-answer@example.com", "a long pass phrase", "A person")
        )
        await asyncio.sleep(0.5)
        for edge in EDGES:
            exchange.kill(edge)
        await asyncio.sleep(0.1)
        exchange.kill("leader", signal.SIGCONT)

    found = await client.order_by_client_id(tried_once.result())
    placed = {sent_again.result().order.id, looked_up.result().order.id, found.id}
    assert len(placed) == 3
    assert {order.id async for order in client.all_orders()} == placed
    assert cancelled.result().status == "cancelled"
    balance = (await client.balances())["USDC"]
    assert float(balance.available) + float(balance.locked) == 105
    assert taken.result().amount.startswith("5")
    assert signed_up.result().account


async def outcome_of_one_try(client: CseClient) -> str:
    """Places an order once, whose outcome stays unknown; its client order id."""
    try:
        await client.place_order(ORDER)
    except OutcomeUnknown as unknown:
        assert unknown.money == "unknown"
        return unknown.client_order_id
    raise AssertionError("the edge answered")
