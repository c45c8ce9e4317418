"""Routes that place and cancel: parse, call, answer."""

from __future__ import annotations

from typing import Any

import msgspec

from cse.binance.account_reads import AccountLists
from cse.binance.market_models import Symbol
from cse.binance.order_entry import client_order_id, new_order, oco, oco_of_old, response_of
from cse.binance.order_lists import OrderLists, is_done
from cse.binance.order_models import (
    CancelListQuery,
    CancelQuery,
    NewOrderQuery,
    OcoQuery,
    OldOcoQuery,
    ReplaceQuery,
)
from cse.binance.order_views import cancelled_view, list_view, placed_view
from cse.binance.own_orders import OwnOrders, require_restrictions
from cse.binance.replacing import Replacer
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.service import MarketData
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Access, Call, Counted, Dialect, Nothing, Reply, Route, answer
from cse.trading.mass_cancels import MassCancels
from cse.trading.models import NewOrderList, PlacedOrder
from cse.trading.reads.account import AccountReads
from cse.trading.service import Trading

_READ_PLACED = msgspec.json.Decoder(PlacedOrder).decode


class BinanceOrderApi:
    """Parse, call, answer."""

    def __init__(
        self,
        trading: Trading,
        mass_cancels: MassCancels,
        reads: AccountReads,
        marketdata: MarketData,
        rates: Rates,
        dialect: Dialect,
    ) -> None:
        self._trading = trading
        self._mass_cancels = mass_cancels
        self._marketdata = marketdata
        self._rates = rates
        self._dialect = dialect
        self._lists = AccountLists(reads)
        self._own = OwnOrders(reads, marketdata)
        self._order_lists = OrderLists(reads)
        self._replacer = Replacer(trading, reads, self._own)

    def routes(self) -> list[Route]:
        """The rows of the table."""
        orders, cancels = Counted.ORDERS, Counted.CANCELS
        return [
            self._row("POST", "order", "Places an order.", self.place, NewOrderQuery, orders),
            self._row("POST", "order/test", "Looks at an order.", self.test, NewOrderQuery),
            self._row("DELETE", "order", "Cancels an order.", self.cancel, CancelQuery, cancels),
            self._row(
                "DELETE", "orderList", "Cancels linked orders.", self.cancel_list, CancelListQuery, cancels
            ),
            self._row("DELETE", "openOrders", "Cancels a market's orders.", self.cancel_all, Symbol, cancels),
            self._row(
                "POST", "order/cancelReplace", "Replaces an order.", self.replace, ReplaceQuery, orders
            ),
            self._row("POST", "orderList/oco", "Places two linked orders.", self.place_oco, OcoQuery, orders),
            self._row(
                "POST", "order/oco", "Places two linked orders.", self.place_old_oco, OldOcoQuery, orders
            ),
        ]

    def _row(
        self,
        method: str,
        name: str,
        summary: str,
        handler: Any,
        query: Any,
        counted: Counted = Counted.REQUESTS,
    ) -> Route:
        return Route(
            method, f"/binance/api/v3/{name}", Access.TRADE, summary, None, handler=handler, query=query,
            counted=counted, dialect=self._dialect,
        )  # fmt: skip

    async def place(self, call: Call[Nothing, NewOrderQuery]) -> Reply:
        """POST order."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        order = new_order(call.query, market.name)
        response = response_of(call.query.type, call.query.new_order_resp_type)
        self._rates.take_orders(call.person)
        placement = await self._trading.place(order, call.person.account)
        if placement.repeated:
            raise CodedError(codes.CLIENT_ORDER_ID_CONFLICT, field="newClientOrderId")
        return answer(placed_view(_READ_PLACED(placement.answer), response), placement.sequence)

    async def test(self, call: Call[Nothing, NewOrderQuery]) -> Reply:
        """POST order/test."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        response_of(call.query.type, call.query.new_order_resp_type)
        await self._trading.check(new_order(call.query, market.name), call.person.account)
        return answer({})

    async def cancel(self, call: Call[Nothing, CancelQuery]) -> Reply:
        """DELETE order."""
        query, account = call.query, call.person.account
        self._rates.take_cancels(call.person)
        named = client_order_id(query.new_client_order_id)
        found = await self._own.named(account, query.symbol, query.order_id, query.orig_client_order_id, 0)
        require_restrictions(found.value, query.cancel_restrictions)
        reading = await self._trading.cancel(account, int(found.value.id))
        return answer(cancelled_view(reading.value, named), reading.sequence)

    async def cancel_list(self, call: Call[Nothing, CancelListQuery]) -> Reply:
        """DELETE orderList: one of them is cancelled, and the others with it."""
        query, account = call.query, call.person.account
        market = await self._marketdata.market_of_pair(query.symbol)
        self._rates.take_cancels(call.person)
        named = client_order_id(query.new_client_order_id)
        found = (await self._order_lists.named(account, query.order_list_id, 0)).value
        if found[0].market != market.name:
            raise CodedError(codes.ORDER_UNKNOWN)
        sequence = 0
        while not is_done(found):
            leg = next(order for order in found if order.status == "open")
            sequence = (await self._trading.cancel(account, int(leg.id))).sequence
            found = (await self._order_lists.named(account, query.order_list_id, sequence)).value
        if not sequence:
            raise CodedError(codes.ORDER_NOT_OPEN)
        return answer(list_view(found, named, done=True), sequence)

    async def cancel_all(self, call: Call[Nothing, Symbol]) -> Reply:
        """DELETE openOrders."""
        account = call.person.account
        market = await self._marketdata.market_of_pair(call.query.symbol)
        self._rates.take_cancels(call.person)
        reading = await self._mass_cancels.cancel_all(account, market.name, None)
        if not reading.value:
            raise CodedError(codes.ORDER_UNKNOWN)
        closed = await self._lists.closed_by(account, market, reading.sequence, reading.value)
        shown = [cancelled_view(order, client_order_id(None)) for order in closed]
        return answer(shown, reading.sequence)

    async def replace(self, call: Call[Nothing, ReplaceQuery]) -> Reply:
        """POST order/cancelReplace."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        self._rates.take_orders(call.person)
        return await self._replacer.replace(call.query, market, call.person.account)

    async def place_oco(self, call: Call[Nothing, OcoQuery]) -> Reply:
        """POST orderList/oco."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        return await self._place_list(call, oco(call.query, market.name), call.query.list_client_order_id)

    async def place_old_oco(self, call: Call[Nothing, OldOcoQuery]) -> Reply:
        """POST order/oco."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        return await self._place_list(
            call, oco_of_old(call.query, market.name), call.query.list_client_order_id
        )

    async def _place_list(self, call: Call[Any, Any], listed: NewOrderList, name: str | None) -> Reply:
        named = client_order_id(name)
        self._rates.take_orders(call.person, len(listed.orders))
        placed = await self._trading.place_list(listed, call.person.account)
        if placed.repeated:
            raise CodedError(codes.CLIENT_ORDER_ID_CONFLICT, field="listClientOrderId")
        return answer(list_view(placed.answer.orders, named), int(placed.answer.sequence))
