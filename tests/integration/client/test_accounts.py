"""The Python client for one of a person's accounts: calls, orders over the socket, and streams."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from cse_client import ApiError, CseClient, HmacKey, NewApiKey, NewOrder, SocketTransport
from cse_client.stream.client import StreamClient
from cse_client.stream.messages import BalancesData, TransfersData
from cse_client.stream.reader import Update
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp

ORDER = NewOrder(market="LAB-USDC", side="buy", type="limit", price="0.01", quantity="100")


async def test_a_sub_account_trades_and_is_heard_by_itself(
    exchange: RunningExchange, sign_up: SignUp
) -> None:
    main = await sign_up(USDC="1000")
    assert main.session is not None
    opened = await main.open_account("a strategy")
    sub = main.for_account(opened.id)
    told: dict[str, list[object]] = {"transfers": [], "balances": []}
    changed = asyncio.Event()

    def note(update: Update) -> None:
        if isinstance(update.data, TransfersData):
            told["transfers"] += [(one.amount, one.to_account) for one in update.data.transfers]
        if isinstance(update.data, BalancesData):
            told["balances"] += [(one.asset, one.available) for one in update.data.balances]
        changed.set()

    async with AsyncExitStack() as stack:
        stream = await stack.enter_async_context(
            StreamClient(exchange.url, access_token=main.access_token, account=opened.id)
        )
        stream.subscribe("user.transfers", note)
        stream.subscribe("user.balances", note)
        await main.transfer(main.session.account, opened.id, "USDC", "10")
        async with asyncio.timeout(60):
            while ("10", opened.id) not in told["transfers"] or ("USDC", "10") not in told["balances"]:
                changed.clear()
                await changed.wait()
        key = await main.make_key(
            NewApiKey(label="p", scopes=["read", "trade"], accounts=[main.session.account, opened.id])
        )
        socket = SocketTransport(exchange.url)
        stack.push_async_callback(socket.close)
        signed = await stack.enter_async_context(
            CseClient(
                exchange.url, transport=socket, key=HmacKey(key.key.id, key.secret or ""), account=opened.id
            )
        )
        placed = await signed.place_order(ORDER)
        assert placed.order.account == opened.id
        assert [one.id for one in (await sub.orders()).items] == [placed.order.id]
        assert (await main.orders()).items == []
        # Over HTTP, for the socket is for one account.
        assert (await signed.for_account(main.session.account).orders()).items == []
        try:
            await signed.for_account("1").orders()
        except ApiError as refused:
            assert refused.code == "account_unknown"
        else:
            raise AssertionError("the account is nobody's")
