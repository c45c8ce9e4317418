"""Routes of trading. Placing and cancelling by id are raw: nothing stands between them and uvicorn."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from cse.domain import codes
from cse.domain.ids import parse_client_order_id, parse_order_id
from cse.engine.models import Reading
from cse.runtime.http.body import BodyReader, Receive, read_body
from cse.runtime.http.query import read_cursor, write_cursor
from cse.runtime.http.route import (
    Access,
    Authenticate,
    Call,
    Nothing,
    Reply,
    Respond,
    Route,
    Scope,
    answer,
)
from cse.trading.history import ListPlace
from cse.trading.models import (
    AmendedOrder,
    Balances,
    CancelledOrders,
    CancelQuery,
    Fills,
    FillsQuery,
    NewOrder,
    NewOrderList,
    OneOrder,
    Order,
    Orders,
    OrdersQuery,
    PlacedOrder,
    PlacedOrderList,
    ReplacedOrder,
    Replacement,
)
from cse.trading.rate import CancelRate, OrderRate
from cse.trading.service import Placement, Trading

_PLACE_CODES = (
    codes.INVALID_DECIMAL, codes.MARKET_UNKNOWN, codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT,
    codes.PRICE_OUT_OF_RANGE, codes.QUANTITY_OUT_OF_RANGE, codes.QUANTITY_OR_QUOTE_AMOUNT,
    codes.BELOW_MIN_NOTIONAL, codes.INSUFFICIENT_FUNDS, codes.MARKET_HALTED,
    codes.POST_ONLY_WOULD_TAKE, codes.WOULD_TRIGGER, codes.INVALID_STOP_PRICE,
    codes.INVALID_TRAILING_DELTA, codes.CLIENT_ORDER_ID_CONFLICT, codes.RATE_LIMITED,
    codes.OUTCOME_UNKNOWN,
)  # fmt: skip
_CANCEL_CODES = (
    codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN,
)  # fmt: skip
_AMEND_CODES = (
    codes.INVALID_DECIMAL, codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.AMEND_BELOW_FILLED,
    codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT, codes.PRICE_OUT_OF_RANGE,
    codes.QUANTITY_OUT_OF_RANGE, codes.INVALID_DISPLAY_QUANTITY, codes.BELOW_MIN_NOTIONAL,
    codes.INSUFFICIENT_FUNDS, codes.MARKET_HALTED, codes.POST_ONLY_WOULD_TAKE, codes.WOULD_TRIGGER,
    codes.INVALID_STOP_PRICE, codes.ORDER_IS_LINKED, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN,
)  # fmt: skip
_REPLACE_CODES = (
    *_PLACE_CODES, codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.INVALID_REPLACE_MODE,
    codes.ORDER_IS_LINKED,
)  # fmt: skip
_LIST_CODES = (*_PLACE_CODES, codes.INVALID_ORDER_LIST)


class TradingApi:
    """Parse, call, answer."""

    def __init__(
        self, trading: Trading, authenticate: Authenticate, rate: OrderRate, cancel_rate: CancelRate
    ) -> None:
        self._trading = trading
        self._authenticate = authenticate
        self._rate = rate
        self._cancel_rate = cancel_rate
        self._read_order = BodyReader(NewOrder).read

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person = Access.PERSON
        return [
            Route(
                "POST", "/api/orders", person, "Places an order.", PlacedOrder,
                raw=self.place, direct=self.place_direct, request=NewOrder, status=HTTPStatus.CREATED,
                codes=_PLACE_CODES, repeatable=True,
            ),
            Route(
                "POST", "/api/orders/list", person, "Places orders that are linked, all or none.",
                PlacedOrderList, handler=self.place_list, request=NewOrderList,
                status=HTTPStatus.CREATED, codes=_LIST_CODES,
            ),
            Route(
                "PATCH", "/api/orders/{id}", person, "Amends an open order.", OneOrder,
                handler=self.amend, request=AmendedOrder, codes=_AMEND_CODES,
            ),
            Route(
                "POST", "/api/orders/replace", person, "Cancels an order and places another, as one.",
                ReplacedOrder, handler=self.replace, request=Replacement, status=HTTPStatus.CREATED,
                codes=_REPLACE_CODES,
            ),
            Route(
                "DELETE", "/api/orders/{id}", person, "Cancels an open order.", OneOrder,
                raw=self.cancel, codes=_CANCEL_CODES,
            ),
            Route(
                "DELETE", "/api/orders/by-client-id/{client_order_id}", person,
                "Cancels an open order by the client's id.", OneOrder,
                handler=self.cancel_by_client_id, codes=_CANCEL_CODES,
            ),
            Route(
                "DELETE", "/api/orders", person, "Cancels all open orders, or those of a market.",
                CancelledOrders, handler=self.cancel_all, query=CancelQuery,
                codes=(codes.MARKET_UNKNOWN, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN),
            ),
            Route(
                "GET", "/api/orders", person,
                "Lists the account's orders: open ones unless asked for others.", Orders,
                handler=self.orders, query=OrdersQuery,
                codes=(codes.MARKET_UNKNOWN, codes.INVALID_CURSOR),
            ),
            Route(
                "GET", "/api/orders/{id}", person, "Shows one order.", OneOrder,
                handler=self.order, codes=(codes.ORDER_UNKNOWN,),
            ),
            Route(
                "GET", "/api/orders/by-client-id/{client_order_id}", person,
                "Shows one order by the client's id.", OneOrder,
                handler=self.order_by_client_id, codes=(codes.ORDER_UNKNOWN,),
            ),
            Route(
                "GET", "/api/fills", person, "Lists the account's fills.", Fills,
                handler=self.fills, query=FillsQuery,
                codes=(codes.MARKET_UNKNOWN, codes.INVALID_CURSOR),
            ),
            Route(
                "GET", "/api/balances", person, "Lists the account's balances.", Balances,
                handler=self.balances,
            ),
        ]  # fmt: skip

    async def place(self, _: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Reply:
        """POST /api/orders."""
        account = self._authenticate(headers).account
        order = self._read_order(await read_body(headers, receive))
        self._rate.take(account)
        return _placed(await self._trading.place(order, account))

    def place_direct(self, headers: Mapping[bytes, bytes], body: bytes, respond: Respond) -> bool:
        """POST /api/orders, where nothing has to be waited for before the order goes out."""
        account = self._authenticate(headers).account
        order = self._read_order(body)
        if not self._trading.knows(order.market):
            return False
        self._rate.take(account)

        def placed(result: Placement | Exception) -> None:
            respond(result if isinstance(result, Exception) else _placed(result))

        self._trading.place_then(order, account, placed)
        return True

    async def place_list(self, call: Call[NewOrderList, Nothing]) -> Reply:
        """POST /api/orders/list."""
        account = call.person.account
        self._rate.take(account)
        placed = await self._trading.place_list(call.body, account)
        return answer(placed, int(placed.sequence), HTTPStatus.CREATED)

    async def amend(self, call: Call[AmendedOrder, Nothing]) -> Reply:
        """PATCH /api/orders/{id}."""
        account = call.person.account
        order_id = parse_order_id(call.path["id"])
        self._rate.take(account)
        return _one(await self._trading.amend(account, order_id, call.body))

    async def replace(self, call: Call[Replacement, Nothing]) -> Reply:
        """POST /api/orders/replace."""
        account = call.person.account
        self._rate.take(account)
        replaced = await self._trading.replace(account, call.body)
        return answer(replaced, int(replaced.sequence), HTTPStatus.CREATED)

    async def cancel(self, scope: Scope, headers: Mapping[bytes, bytes], _: Receive) -> Reply:
        """DELETE /api/orders/{id}."""
        account = self._authenticate(headers).account
        self._cancel_rate.take(account)
        order_id = parse_order_id(scope["path"].rpartition("/")[2])
        return _one(await self._trading.cancel(account, order_id))

    async def cancel_by_client_id(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/orders/by-client-id/{client_order_id}."""
        account = call.person.account
        self._cancel_rate.take(account)
        client_order_id = parse_client_order_id(call.path["client_order_id"])
        return _one(await self._trading.cancel_by_client_id(account, client_order_id))

    async def cancel_all(self, call: Call[Nothing, CancelQuery]) -> Reply:
        """DELETE /api/orders."""
        query, account = call.query, call.person.account
        self._cancel_rate.take(account)
        reading = await self._trading.cancel_all(account, query.market, query.side)
        return answer(CancelledOrders(reading.value, str(reading.sequence)), reading.sequence)

    async def order(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/orders/{id}."""
        order_id = parse_order_id(call.path["id"])
        return _one(await self._trading.order(call.person.account, order_id, call.min_sequence))

    async def order_by_client_id(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/orders/by-client-id/{client_order_id}."""
        client_order_id = parse_client_order_id(call.path["client_order_id"])
        account, sequence = call.person.account, call.min_sequence
        return _one(await self._trading.order_by_client_id(account, client_order_id, sequence))

    async def orders(self, call: Call[Nothing, OrdersQuery]) -> Reply:
        """GET /api/orders."""
        query = call.query
        page = await self._trading.page(call.person.account, query.market, _place(query.cursor), query.limit)
        listed = await self._trading.orders(page, query.status, call.min_sequence)
        cursor = None if listed.next is None else write_cursor(*listed.next)
        return answer(Orders(listed.items, cursor, str(listed.sequence)), listed.sequence)

    async def fills(self, call: Call[Nothing, FillsQuery]) -> Reply:
        """GET /api/fills."""
        query, account = call.query, call.person.account
        page = await self._trading.page(account, query.market, _place(query.cursor), query.limit)
        listed = await self._trading.fills(page, call.min_sequence)
        cursor = None if listed.next is None else write_cursor(*listed.next)
        return answer(Fills(listed.items, cursor, str(listed.sequence)), listed.sequence)

    async def balances(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/balances."""
        reading = await self._trading.balances(call.person.account, call.min_sequence)
        return answer(Balances(reading.value, None, str(reading.sequence)), reading.sequence)


def _place(cursor: str | None) -> ListPlace | None:
    if cursor is None:
        return None
    first, second = read_cursor(cursor, 2)
    return first, second


def _placed(placement: Placement) -> Reply:
    status = HTTPStatus.OK if placement.repeated else HTTPStatus.CREATED
    return Reply(placement.answer, placement.sequence, status)


def _one(reading: Reading[Order]) -> Reply:
    return answer(OneOrder(reading.value, str(reading.sequence)), reading.sequence)
