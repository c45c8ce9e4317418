"""Every call of the Python client against a real exchange."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from msgspec import structs

from cse_client import (
    AmendedOrder,
    CseClient,
    FundsRefused,
    NamedOrder,
    NewOrder,
    NotSignedIn,
    OrderRefused,
    Patience,
    Replacement,
    Unreachable,
    codes,
)
from cse_client.models import BatchedPlacement
from cse_client.quote import Available, DraftOrder, order_request, quote
from tests.exchange import RunningExchange, free_port
from tests.integration.client.conftest import SignUp

# No other test trades here.
MARKET = "TIDE-USDC"


async def test_a_day_of_two_people(sign_up: SignUp) -> None:
    buyer, seller = await sign_up(USDC="1000"), await sign_up(TIDE="1000")
    market = await buyer.market(MARKET)
    rest = NewOrder(market=MARKET, side="sell", type="limit", price="0.5", quantity="100")
    resting = (await seller.place_order(rest)).order
    assert resting.status == "open"

    draft = DraftOrder("buy", "limit", price=market.parse_price("0.5"), quantity=market.parse_quantity("150"))
    levels = await buyer.order_book(MARKET, depth=500)
    book = SimpleNamespace(
        bids=[(market.parse_price(price), market.parse_quantity(lots)) for price, lots in levels.bids],
        asks=[(market.parse_price(price), market.parse_quantity(lots)) for price, lots in levels.asks],
    )
    estimate = quote(draft, book, market, Available(0, market.parse_quote("1000")))
    placed = await buyer.place_and_resolve(order_request(draft, market))
    order = placed.order
    assert market.parse_quantity(order.filled_quantity) == estimate.filled == market.parse_quantity("100")
    assert market.parse_quote(order.fee) == estimate.fee.taker
    balances = await buyer.balances()
    assert estimate.balance_after == Available(
        market.parse_base(balances["TIDE"].available), market.parse_quote(balances["USDC"].available)
    )
    assert (await seller.order(resting.id)).status == "filled"

    assert (await buyer.order_by_client_id(str(order.client_order_id))).id == order.id
    assert [one.id async for one in buyer.all_orders(MARKET)] == [order.id]
    assert (await buyer.cancel_by_client_id(str(order.client_order_id))).status == "cancelled"
    with pytest.raises(OrderRefused) as refused:
        await buyer.cancel_order(order.id)
    assert refused.value.code in (codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN)
    others = [NewOrder(market=MARKET, side="buy", type="limit", price="0.1", quantity="50")] * 2
    for other in others:
        await buyer.place_order(other)
    assert await buyer.cancel_all(MARKET, "buy") == len(others)

    (fill,) = [fill async for fill in buyer.all_fills(MARKET)]
    assert (fill.order_id, fill.liquidity) == (order.id, "taker")
    assert fill.trade_id in {trade.trade_id async for trade in buyer.all_trades(MARKET)}
    later = await buyer.trades(MARKET, after=str(int(fill.trade_id) - 1))
    assert later.items[0].trade_id == fill.trade_id


async def test_an_order_is_amended_and_replaced(sign_up: SignUp) -> None:
    buyer = await sign_up(USDC="100")
    order = NewOrder(market=MARKET, side="buy", type="limit", price="0.1", quantity="50")
    first = (await buyer.place_order(order)).order
    amended = (await buyer.amend_order(first.id, AmendedOrder(quantity="40"))).order
    assert (amended.id, amended.quantity) == (first.id, "40")
    replaced = await buyer.replace_order(Replacement(order=order, cancel_order=first.id))
    assert replaced.cancelled == first.id
    assert replaced.placed is not None
    assert [one.id async for one in buyer.all_orders(MARKET)] == [replaced.placed.order.id]
    with pytest.raises(OrderRefused) as refused:
        await buyer.amend_order(first.id, AmendedOrder(price="0.2"))
    assert refused.value.code == codes.ORDER_NOT_OPEN


async def test_what_everyone_may_read(exchange: RunningExchange) -> None:
    async with CseClient(exchange.url) as visitor:
        assert (await visitor.health()).ready
        assets = {asset.asset: asset for asset in await visitor.assets()}
        assert assets["LUNA"].demo
        assert set(await visitor.markets()) == set(await visitor.tickers())
        assert (await visitor.ticker(MARKET)).market == MARKET
        assert (await visitor.candles(MARKET, "1m", limit=10)).interval == "1m"
        shown = await visitor.indicator(MARKET, "sma", "1m", {"length": 3}, limit=10)
        assert (shown.name, shown.parameters) == ("sma", {"length": 3})
        assert "sma" in {indicator.name for indicator in await visitor.indicators()}
        assert {creator.asset for creator in await visitor.creators()} <= set(assets)
        with pytest.raises(NotSignedIn):
            await visitor.balances()


async def test_a_refusal_names_its_code_and_that_nothing_happened(sign_up: SignUp) -> None:
    client = await sign_up(USDC="10")
    with pytest.raises(FundsRefused) as refused:
        await client.place_order(NewOrder(market=MARKET, side="buy", type="limit", price="1", quantity="100"))
    error = refused.value
    assert (error.code, error.money, error.retryable, error.status) == (
        codes.INSUFFICIENT_FUNDS, "none", False, 422,
    )  # fmt: skip


async def test_the_faucet_gives_once_for_a_key(sign_up: SignUp) -> None:
    client = await sign_up()
    for _ in range(2):
        await client.take_from_faucet("USDC", "10", key="mine")
    assert float((await client.balances())["USDC"].available) == 10


async def test_sessions_go_on_and_end(exchange: RunningExchange, sign_up: SignUp) -> None:
    client = await sign_up()
    session = client.session
    assert session is not None
    # A token at its end is renewed before it is used, and one that is refused after.
    client.resume(replace(session, ends_at=time.time() + 5))
    await client.balances()
    client.resume(replace(client.session or session, access_token="no token"))
    await client.balances()
    async with CseClient(exchange.url) as other:
        other.resume(client.session or session)
        assert await other.balances() == {}
        await client.sign_out()
        assert client.session is None
        other.resume(replace(other.session or session, access_token="no token"))
        with pytest.raises(NotSignedIn):
            await other.balances()


async def test_an_exchange_that_is_not_there() -> None:
    async with CseClient(f"http://127.0.0.1:{free_port()}", patience=Patience(patience_s=0)) as client:
        with pytest.raises(Unreachable) as refused:
            await client.sign_up(f"{secrets.token_hex(8)}@example.com", secrets.token_urlsafe(16), "A person")
        assert refused.value.money == "none"


async def test_batches_the_timer_and_own_rates(sign_up: SignUp) -> None:
    person = await sign_up(USDC="1000")
    order = NewOrder(market=MARKET, side="buy", type="limit", price="0.01", quantity="200")
    placed = await person.place_orders([order, replace_price(order, "0.02"), replace_price(order, "1000")])
    assert [item.refusal.code if item.refusal else None for item in placed] == [
        None,
        None,
        "insufficient_funds",
    ]
    ids = [item.placed.order.id for item in placed if item.placed]
    amended = (await person.amend_by_client_id(client_id(placed[0]), AmendedOrder(quantity="150"))).order
    assert (amended.id, amended.quantity) == (ids[0], "150")
    cancelled = await person.cancel_orders([NamedOrder(id=ids[0]), NamedOrder(id=ids[0])])
    assert cancelled[0].order is not None
    assert cancelled[0].order.status == "cancelled"
    assert cancelled[1].refusal is not None
    assert cancelled[1].refusal.code == "order_not_open"
    assert await person.cancel_after(86_400_000) is not None
    assert await person.cancel_after(0) is None
    assert await person.cancel_all() == 1
    fees = await person.fees()
    assert fees.tier == 0
    assert MARKET in [item.market for item in fees.items]


def replace_price(order: NewOrder, price: str) -> NewOrder:
    return structs.replace(order, price=price)


def client_id(item: BatchedPlacement) -> str:
    assert item.placed is not None
    return str(item.placed.order.client_order_id)
