"""Routes of what an account has: parse, call, answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cse.binance.account_reads import AccountLists
from cse.binance.dialect import missing
from cse.binance.exchange_info import order_rate
from cse.binance.order_lists import OrderLists, is_done
from cse.binance.order_models import (
    AccountQuery,
    AllOrdersQuery,
    MyTradesQuery,
    OpenOrdersQuery,
    OrderListQuery,
    OrderQuery,
)
from cse.binance.order_views import account_view, list_view, my_trade_view, order_view
from cse.binance.own_orders import OwnOrders
from cse.binance.parameters import at_most, parse_number, parse_times
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.scopes import KeyScope
from cse.marketdata.models import TRADES_MAX
from cse.marketdata.service import MarketData
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Access, Call, Counted, Dialect, Nothing, Reply, Route, answer
from cse.trading.reads.account import AccountReads
from cse.trading.reads.fees import FeeReads


class BinanceAccountApi:
    """Parse, call, answer."""

    def __init__(
        self,
        reads: AccountReads,
        fees: FeeReads,
        marketdata: MarketData,
        rates: Rates,
        dialect: Dialect,
        now_us: Callable[[], int],
    ) -> None:
        self._reads = reads
        self._fees = fees
        self._marketdata = marketdata
        self._rates = rates
        self._dialect = dialect
        self._now_us = now_us
        self._lists = AccountLists(reads)
        self._own = OwnOrders(reads, marketdata)
        self._order_lists = OrderLists(reads)

    def routes(self) -> list[Route]:
        """The rows of the table."""
        return [
            self._get("account", "Shows the account.", self.account, AccountQuery, 5),
            self._get("order", "Shows one order.", self.order, OrderQuery, 2),
            self._get("openOrders", "Lists open orders.", self.open_orders, OpenOrdersQuery, 5),
            self._get("allOrders", "Lists orders.", self.all_orders, AllOrdersQuery, 10),
            self._get("orderList", "Shows linked orders.", self.order_list, OrderListQuery, 2),
            self._get("openOrderList", "Lists linked orders.", self.open_lists, Nothing, 5),
            self._get("rateLimit/order", "Shows what orders are left.", self.order_rates, Nothing, 1),
            self._get("myTrades", "Lists the account's trades.", self.my_trades, MyTradesQuery, 10),
        ]

    def _get(self, name: str, summary: str, handler: Any, query: Any, weight: int) -> Route:
        return Route(
            "GET", f"/binance/api/v3/{name}", Access.READ, summary, None, handler=handler, query=query,
            weight=weight, dialect=self._dialect,
        )  # fmt: skip

    async def account(self, call: Call[Nothing, AccountQuery]) -> Reply:
        """GET account."""
        caller, now_us = call.person, self._now_us()
        omit = call.query.omit_zero_balances.lower()
        if omit not in ("true", "false"):
            raise CodedError(codes.INVALID_FIELD, field="omitZeroBalances", reason="true or false")
        balances = await self._reads.balances(caller.account, call.min_sequence)
        fees = await self._fees.fees(caller.account, now_us, balances.sequence)
        shown = account_view(
            caller.account, balances.value, fees.value, now_us,
            can_trade=KeyScope.TRADE in caller.scopes, omit_zeros=omit == "true",
        )  # fmt: skip
        return answer(shown, balances.sequence)

    async def order(self, call: Call[Nothing, OrderQuery]) -> Reply:
        """GET order."""
        query = call.query
        reading = await self._own.named(
            call.person.account, query.symbol, query.order_id, query.orig_client_order_id, call.min_sequence
        )
        return answer(order_view(reading.value), reading.sequence)

    async def open_orders(self, call: Call[Nothing, OpenOrdersQuery]) -> Reply:
        """GET openOrders."""
        symbol = call.query.symbol
        market = None if symbol is None else await self._marketdata.market_of_pair(symbol)
        reading = await self._lists.open_orders(call.person.account, market, call.min_sequence)
        return answer([order_view(order) for order in reading.value], reading.sequence)

    async def all_orders(self, call: Call[Nothing, AllOrdersQuery]) -> Reply:
        """GET allOrders."""
        query = call.query
        market = await self._marketdata.market_of_pair(query.symbol)
        reading = await self._lists.all_orders(
            call.person.account,
            market,
            parse_number(query.order_id, "orderId"),
            parse_times(query.start_time, query.end_time),
            at_most(query.limit, TRADES_MAX),
            call.min_sequence,
        )
        return answer([order_view(order) for order in reading.value], reading.sequence)

    async def order_list(self, call: Call[Nothing, OrderListQuery]) -> Reply:
        """GET orderList."""
        named = call.query.order_list_id
        reading = await self._order_lists.named(call.person.account, named, call.min_sequence)
        return answer(list_view(reading.value, "", done=is_done(reading.value)), reading.sequence)

    async def open_lists(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET openOrderList."""
        reading = await self._order_lists.open_lists(call.person.account, call.min_sequence)
        return answer([list_view(orders, "") for orders in reading.value], reading.sequence)

    async def order_rates(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET rateLimit/order."""
        (held,) = self._rates.of(Counted.ORDERS, call.person)
        rate = held.buckets.rate_of(held.tier)
        return answer([order_rate(rate) | {"count": missing(held)}])

    async def my_trades(self, call: Call[Nothing, MyTradesQuery]) -> Reply:
        """GET myTrades: by ids or by times, and not by both."""
        query = call.query
        by_id = query.order_id is not None or query.from_id is not None
        if by_id and (query.start_time is not None or query.end_time is not None):
            raise CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field="startTime", reason="ids or times")
        market = await self._marketdata.market_of_pair(query.symbol)
        reading = await self._lists.trades(
            call.person.account,
            market,
            parse_number(query.order_id, "orderId"),
            parse_number(query.from_id, "fromId"),
            parse_times(query.start_time, query.end_time),
            at_most(query.limit, TRADES_MAX),
            call.min_sequence,
        )
        return answer([my_trade_view(fill) for fill in reading.value], reading.sequence)
