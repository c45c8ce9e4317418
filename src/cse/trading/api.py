"""Routes of trading. Placing and cancelling by id are raw: nothing stands between them and uvicorn."""

from __future__ import annotations

from http import HTTPStatus

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_client_order_id, parse_order_id
from cse.engine.models import Reading
from cse.runtime.clock import wall_us
from cse.runtime.http.body import BodyReader
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import (
    Access,
    Call,
    Caller,
    Counted,
    Nothing,
    Reply,
    Respond,
    Route,
    Scope,
    about_an_account,
    answer,
)
from cse.runtime.http.times import format_time
from cse.trading import examples
from cse.trading.answers.placements import ListPlacement, Placement
from cse.trading.batches import cancel_each, place_all, refusal_view
from cse.trading.mass_cancels import MassCancels
from cse.trading.models import (
    CANCELLED_MAX,
    PLACED_MAX,
    AmendedOrder,
    AmendResult,
    BatchedCancel,
    CancelAfter,
    CancelledBatch,
    CancelledOrders,
    CancelQuery,
    CancelTimer,
    MarketFees,
    NamedOrders,
    NewOrder,
    NewOrderList,
    NewOrders,
    OneOrder,
    PlacedOrder,
    PlacedOrderList,
    PlacedOrders,
    RawBatch,
    ReplacedOrder,
    Replacement,
)
from cse.trading.reads.api import one_order
from cse.trading.reads.fees import FeeReads
from cse.trading.replacements import Replaced
from cse.trading.service import Trading

_PLACE_CODES = (
    codes.INVALID_DECIMAL, codes.MARKET_UNKNOWN, codes.ORDER_TYPE_UNAVAILABLE,
    codes.INVALID_TIME_IN_FORCE, codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT,
    codes.PRICE_OUT_OF_RANGE, codes.QUANTITY_OUT_OF_RANGE, codes.QUANTITY_OR_QUOTE_AMOUNT,
    codes.BELOW_MIN_NOTIONAL, codes.ABOVE_MAX_NOTIONAL, codes.BELOW_MIN_QUANTITY,
    codes.ABOVE_ACCOUNT_QUANTITY, codes.ABOVE_ACCOUNT_NOTIONAL, codes.NOTIONAL_RATE_REACHED,
    codes.PRICE_OUTSIDE_BAND, codes.INSUFFICIENT_FUNDS, codes.MARKET_HALTED, codes.NOT_IN_AUCTION,
    codes.POST_ONLY_WOULD_TAKE, codes.WOULD_TRIGGER, codes.INVALID_STOP_PRICE,
    codes.INVALID_TRAILING_DELTA, codes.CLIENT_ORDER_ID_CONFLICT, codes.RATE_LIMITED,
    codes.OUTCOME_UNKNOWN,
)  # fmt: skip
# What the order alone can be refused for.
_TEST_CODES = (
    codes.INVALID_DECIMAL, codes.MARKET_UNKNOWN, codes.ORDER_TYPE_UNAVAILABLE,
    codes.INVALID_TIME_IN_FORCE, codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT,
    codes.PRICE_OUT_OF_RANGE, codes.QUANTITY_OUT_OF_RANGE, codes.QUANTITY_OR_QUOTE_AMOUNT,
    codes.INVALID_STOP_PRICE, codes.INVALID_TRAILING_DELTA,
)  # fmt: skip
_CANCEL_CODES = (
    codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN,
)  # fmt: skip
_AMEND_CODES = (
    codes.INVALID_DECIMAL, codes.NOTHING_TO_AMEND, codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN,
    codes.AMEND_BELOW_FILLED, codes.ORDER_TYPE_UNAVAILABLE, codes.QUANTITY_OR_QUOTE_AMOUNT,
    codes.PRICE_OFF_TICK, codes.QUANTITY_OFF_LOT, codes.PRICE_OUT_OF_RANGE,
    codes.QUANTITY_OUT_OF_RANGE, codes.INVALID_DISPLAY_QUANTITY, codes.BELOW_MIN_NOTIONAL,
    codes.ABOVE_MAX_NOTIONAL, codes.BELOW_MIN_QUANTITY, codes.PRICE_OUTSIDE_BAND,
    codes.ABOVE_ACCOUNT_QUANTITY, codes.ABOVE_ACCOUNT_NOTIONAL, codes.NOTIONAL_RATE_REACHED,
    codes.INSUFFICIENT_FUNDS, codes.MARKET_HALTED, codes.POST_ONLY_WOULD_TAKE, codes.WOULD_TRIGGER,
    codes.INVALID_STOP_PRICE, codes.ORDER_IS_LINKED, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN,
)  # fmt: skip
_REPLACE_CODES = (
    *_PLACE_CODES, codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.INVALID_REPLACE_MODE,
    codes.ORDER_IS_LINKED,
)  # fmt: skip
_LIST_CODES = (*_PLACE_CODES, codes.INVALID_ORDER_LIST)


# Those of each part stand in its answer.
_BATCH_CODES = (codes.INVALID_FIELD, codes.RATE_LIMITED)
_READ_BATCH = BodyReader(RawBatch).read


class TradingApi:
    """Parse, call, answer."""

    def __init__(
        self,
        trading: Trading,
        mass_cancels: MassCancels,
        rates: Rates,
        fees: FeeReads,
    ) -> None:
        self._trading = trading
        self._mass_cancels = mass_cancels
        self._rates = rates
        self._fees = fees
        self._read_order = BodyReader(NewOrder).read

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        read, trade = Access.READ, Access.TRADE
        return about_an_account([
            Route(
                "POST", "/api/orders", trade, "Places an order.", PlacedOrder,
                raw=self.place, direct=self.place_direct, request=NewOrder, status=HTTPStatus.CREATED,
                codes=_PLACE_CODES, repeatable=True, examples=examples.ORDERS, counted=Counted.ORDERS,
            ),
            Route(
                "POST", "/api/orders/test", trade, "Looks at an order without placing it.", MarketFees,
                handler=self.test, request=NewOrder, codes=_TEST_CODES, examples=examples.ORDERS,
            ),
            Route(
                "POST", "/api/orders/list", trade, "Places orders that are linked, all or none.",
                PlacedOrderList, handler=self.place_list, request=NewOrderList,
                status=HTTPStatus.CREATED, codes=_LIST_CODES, repeatable=True,
                examples=examples.LISTS, counted=Counted.ORDERS,
            ),
            Route(
                "POST", "/api/orders/batch", trade, "Places up to 20 orders, each for itself.",
                PlacedOrders, raw=self.place_batch, request=NewOrders, codes=_BATCH_CODES,
                examples=examples.BATCH, counted=Counted.ORDERS,
            ),
            Route(
                "POST", "/api/orders/cancel-batch", trade, "Cancels up to 50 orders, each for itself.",
                CancelledBatch, raw=self.cancel_batch, request=NamedOrders, codes=_BATCH_CODES,
                examples=examples.CANCEL_BATCH, counted=Counted.CANCELS,
            ),
            Route(
                "POST", "/api/orders/cancel-after", trade,
                "Cancels all open orders after a time, unless it is asked again before.", CancelTimer,
                handler=self.cancel_after, request=CancelAfter, examples=examples.CANCEL_AFTER,
                codes=(codes.INVALID_CANCEL_TIMER, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN),
                counted=Counted.CANCELS,
            ),
            Route(
                "GET", "/api/orders/cancel-after", read, "Shows when the cancel timer fires.",
                CancelTimer, handler=self.cancel_timer,
            ),
            Route(
                "PATCH", "/api/orders/{id}", trade, "Amends an open order.", AmendResult,
                handler=self.amend, request=AmendedOrder, codes=_AMEND_CODES, examples=examples.AMEND,
                counted=Counted.ORDERS,
            ),
            Route(
                "PATCH", "/api/orders/by-client-id/{client_order_id}", trade,
                "Amends an open order by the client's id.", AmendResult,
                handler=self.amend_by_client_id, request=AmendedOrder, codes=_AMEND_CODES,
                examples=examples.AMEND, counted=Counted.ORDERS,
            ),
            Route(
                "POST", "/api/orders/replace", trade, "Cancels an order and places another, as one.",
                ReplacedOrder, handler=self.replace, request=Replacement, status=HTTPStatus.CREATED,
                codes=_REPLACE_CODES, repeatable=True, examples=examples.REPLACE,
                counted=Counted.ORDERS,
            ),
            Route(
                "DELETE", "/api/orders/{id}", trade, "Cancels an open order.", OneOrder,
                raw=self.cancel, codes=_CANCEL_CODES, counted=Counted.CANCELS,
            ),
            Route(
                "DELETE", "/api/orders/by-client-id/{client_order_id}", trade,
                "Cancels an open order by the client's id.", OneOrder,
                handler=self.cancel_by_client_id, codes=_CANCEL_CODES, counted=Counted.CANCELS,
            ),
            Route(
                "DELETE", "/api/orders", trade, "Cancels all open orders, or those of a market or a side.",
                CancelledOrders, handler=self.cancel_all, query=CancelQuery,
                codes=(codes.MARKET_UNKNOWN, codes.RATE_LIMITED, codes.OUTCOME_UNKNOWN),
                counted=Counted.CANCELS,
            ),
        ])  # fmt: skip

    async def place(self, _: Scope, caller: Caller, body: bytes) -> Reply:
        """POST /api/orders."""
        order = self._read_order(body)
        self._rates.take_orders(caller)
        return _placed(await self._trading.place(order, caller.account))

    def place_direct(self, caller: Caller, body: bytes, respond: Respond) -> bool:
        """POST /api/orders, where nothing has to be waited for before the order goes out."""
        account = caller.account
        order = self._read_order(body)
        if not self._trading.knows(order.market):
            return False
        self._rates.take_orders(caller)

        def placed(result: Placement | Exception) -> None:
            respond(result if isinstance(result, Exception) else _placed(result))

        self._trading.place_then(order, account, placed)
        return True

    async def test(self, call: Call[NewOrder, Nothing]) -> Reply:
        """POST /api/orders/test."""
        account = call.person.account
        await self._trading.check(call.body, account)
        reading = await self._fees.fees(account, wall_us(), call.min_sequence)
        (fees,) = (one for one in reading.value.items if one.market == call.body.market)
        return answer(fees, reading.sequence)

    async def place_list(self, call: Call[NewOrderList, Nothing]) -> Reply:
        """POST /api/orders/list."""
        account = call.person.account
        self._rates.take_orders(call.person, len(call.body.orders))
        placed = await self._trading.place_list(call.body, account)
        return answer(placed.answer, int(placed.answer.sequence), _status_of(placed))

    async def place_batch(self, _: Scope, caller: Caller, body: bytes) -> Reply:
        """POST /api/orders/batch."""
        account = caller.account
        batch = _batch(body, PLACED_MAX)
        self._rates.take_orders(caller, len(batch.orders))
        results = await place_all(self._trading, batch, account)
        items: list[dict[str, object]] = []
        sequence = 0
        for result in results:
            if isinstance(result, CodedError):
                items.append({"placed": None, "refusal": refusal_view(result)})
            else:
                items.append({"placed": msgspec.Raw(result.answer), "refusal": None})
                sequence = max(sequence, result.sequence)
        return answer({"items": items, "sequence": str(sequence)}, sequence)

    async def cancel_batch(self, _: Scope, caller: Caller, body: bytes) -> Reply:
        """POST /api/orders/cancel-batch."""
        account = caller.account
        batch = _batch(body, CANCELLED_MAX)
        self._rates.take_cancels(caller, len(batch.orders))
        results = await cancel_each(self._trading, batch, account)
        items, sequence = [], 0
        for result in results:
            if isinstance(result, CodedError):
                items.append(BatchedCancel(None, refusal_view(result)))
            else:
                items.append(BatchedCancel(result.value, None))
                sequence = max(sequence, result.sequence)
        return answer(CancelledBatch(items, str(sequence)), sequence)

    async def cancel_after(self, call: Call[CancelAfter, Nothing]) -> Reply:
        """POST /api/orders/cancel-after."""
        account = call.person.account
        self._rates.take_cancels(call.person)
        return _timer(await self._mass_cancels.cancel_after(account, call.body.timeout_ms))

    async def cancel_timer(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/orders/cancel-after."""
        account = call.person.account
        return _timer(await self._mass_cancels.cancel_timer(account, call.min_sequence))

    async def amend_by_client_id(self, call: Call[AmendedOrder, Nothing]) -> Reply:
        """PATCH /api/orders/by-client-id/{client_order_id}."""
        account = call.person.account
        client_order_id = parse_client_order_id(call.path["client_order_id"])
        self._rates.take_orders(call.person)
        amended = await self._trading.amend_by_client_id(account, client_order_id, call.body)
        return answer(amended.value, amended.sequence)

    async def amend(self, call: Call[AmendedOrder, Nothing]) -> Reply:
        """PATCH /api/orders/{id}."""
        account = call.person.account
        order_id = parse_order_id(call.path["id"])
        self._rates.take_orders(call.person)
        amended = await self._trading.amend(account, order_id, call.body)
        return answer(amended.value, amended.sequence)

    async def replace(self, call: Call[Replacement, Nothing]) -> Reply:
        """POST /api/orders/replace."""
        account = call.person.account
        self._rates.take_orders(call.person)
        replaced = await self._trading.replace(account, call.body)
        return answer(replaced.answer, int(replaced.answer.sequence), _status_of(replaced))

    async def cancel(self, scope: Scope, caller: Caller, _: bytes) -> Reply:
        """DELETE /api/orders/{id}."""
        account = caller.account
        self._rates.take_cancels(caller)
        order_id = parse_order_id(scope["path"].rpartition("/")[2])
        return one_order(await self._trading.cancel(account, order_id))

    async def cancel_by_client_id(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/orders/by-client-id/{client_order_id}."""
        account = call.person.account
        self._rates.take_cancels(call.person)
        client_order_id = parse_client_order_id(call.path["client_order_id"])
        return one_order(await self._trading.cancel_by_client_id(account, client_order_id))

    async def cancel_all(self, call: Call[Nothing, CancelQuery]) -> Reply:
        """DELETE /api/orders."""
        query, account = call.query, call.person.account
        self._rates.take_cancels(call.person)
        reading = await self._mass_cancels.cancel_all(account, query.market, query.side)
        return answer(CancelledOrders(reading.value, str(reading.sequence)), reading.sequence)


def _batch(body: bytes, most: int) -> RawBatch:
    """The parts of a batch, unread; refused as a whole where there are none or too many."""
    batch = _READ_BATCH(body)
    if not 1 <= len(batch.orders) <= most:
        raise CodedError(codes.INVALID_FIELD, field="orders", reason=f"it has 1 to {most} entries")
    return batch


def _status_of(placed: Placement | ListPlacement | Replaced) -> HTTPStatus:
    return HTTPStatus.OK if placed.repeated else HTTPStatus.CREATED


def _placed(placement: Placement) -> Reply:
    return Reply(placement.answer, placement.sequence, _status_of(placement))


def _timer(reading: Reading[int]) -> Reply:
    fires_at = format_time(reading.value) if reading.value else None
    return answer(CancelTimer(fires_at, str(reading.sequence)), reading.sequence)
