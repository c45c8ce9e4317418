"""Routes of what an account has: parse, call, answer."""

from __future__ import annotations

from collections.abc import Sequence

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_client_order_id, parse_order_id
from cse.engine.models import Reading
from cse.runtime.clock import wall_us
from cse.runtime.http.query import read_cursor, write_cursor
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, about_an_account, answer
from cse.trading.models import Balances, Fees, Fills, FillsQuery, OneOrder, Order, Orders, OrdersQuery
from cse.trading.reads.account import AccountReads
from cse.trading.reads.choices import SIDES, span_of
from cse.trading.reads.fees import FeeReads
from cse.trading.reads.history import ListPlace, Page


class AccountReadsApi:
    """Parse, call, answer."""

    def __init__(self, reads: AccountReads, fees: FeeReads) -> None:
        self._reads = reads
        self._fees = fees

    def routes(self) -> list[Route]:
        """The rows of the table for what is read."""
        read = Access.READ
        return about_an_account([
            Route(
                "GET", "/api/orders", read,
                "Lists the account's orders: open ones unless asked for others.", Orders,
                handler=self.orders, query=OrdersQuery,
                codes=(codes.MARKET_UNKNOWN, codes.INVALID_CURSOR), weight=5,
            ),
            Route(
                "GET", "/api/orders/{id}", read, "Shows one order.", OneOrder,
                handler=self.order, codes=(codes.ORDER_UNKNOWN,), weight=2,
            ),
            Route(
                "GET", "/api/orders/by-client-id/{client_order_id}", read,
                "Shows one order by the client's id.", OneOrder,
                handler=self.order_by_client_id, codes=(codes.ORDER_UNKNOWN,), weight=2,
            ),
            Route(
                "GET", "/api/fills", read, "Lists the account's fills.", Fills,
                handler=self.fills, query=FillsQuery,
                codes=(codes.MARKET_UNKNOWN, codes.INVALID_CURSOR), weight=5,
            ),
            Route(
                "GET", "/api/balances", read, "Lists the account's balances.", Balances,
                handler=self.balances, weight=2,
            ),
            Route(
                "GET", "/api/fees", read, "Shows the account's fee tier and rates.", Fees,
                handler=self.fees,
            ),
        ])  # fmt: skip

    async def order(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/orders/{id}."""
        order_id = parse_order_id(call.path["id"])
        account, sequence = call.person.account, call.min_sequence
        return await self._with_links(await self._reads.order(account, order_id, sequence))

    async def order_by_client_id(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/orders/by-client-id/{client_order_id}."""
        client_order_id = parse_client_order_id(call.path["client_order_id"])
        account, sequence = call.person.account, call.min_sequence
        return await self._with_links(
            await self._reads.order_by_client_id(account, client_order_id, sequence)
        )

    async def _with_links(self, reading: Reading[Order]) -> Reply:
        return one_order(reading, await self._reads.linked_order_ids(reading))

    async def orders(self, call: Call[Nothing, OrdersQuery]) -> Reply:
        """GET /api/orders."""
        query = call.query
        page = await self._page(call.person.account, query)
        if query.status != "closed" and (query.side, query.from_, query.to) != (None, None, None):
            reason = "expected closed where side, from or to is given"
            raise CodedError(codes.INVALID_FIELD, field="status", reason=reason)
        listed = await self._reads.orders(page, query.status, call.min_sequence)
        cursor = None if listed.next is None else write_cursor(*listed.next)
        return answer(Orders(listed.items, cursor, str(listed.sequence)), listed.sequence)

    async def fills(self, call: Call[Nothing, FillsQuery]) -> Reply:
        """GET /api/fills."""
        page = await self._page(call.person.account, call.query)
        listed = await self._reads.fills(page, call.min_sequence)
        cursor = None if listed.next is None else write_cursor(*listed.next)
        return answer(Fills(listed.items, cursor, str(listed.sequence)), listed.sequence)

    async def _page(self, account: int, query: OrdersQuery | FillsQuery) -> Page:
        span = span_of(query.from_, query.to)
        place = _place(query.cursor)
        return await self._reads.page(account, query.market, place, query.limit, SIDES[query.side], span)

    async def balances(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/balances."""
        reading = await self._reads.balances(call.person.account, call.min_sequence)
        return answer(Balances(reading.value, None, str(reading.sequence)), reading.sequence)

    async def fees(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/fees."""
        account = call.person.account
        reading = await self._fees.fees(account, wall_us(), call.min_sequence)
        return answer(reading.value, reading.sequence)


def _place(cursor: str | None) -> ListPlace | None:
    if cursor is None:
        return None
    first, second = read_cursor(cursor, 2)
    return first, second


def one_order(reading: Reading[Order], linked_order_ids: Sequence[str] = ()) -> Reply:
    """An order that was amended or cancelled is linked with none."""
    one = OneOrder(reading.value, list(linked_order_ids), str(reading.sequence))
    return answer(one, reading.sequence)
