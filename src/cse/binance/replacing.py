"""Cancelling an order and placing another, as one, and what came of each half.

Where one half is refused and both must come to something, nothing has happened to the other: an order that
could not be replaced stands as it stood, and the answer says so.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import msgspec

from cse.binance.errors import Refusal, refusal_of_half
from cse.binance.order_entry import client_order_id, new_order, response_of
from cse.binance.order_models import ReplaceQuery
from cse.binance.order_views import cancelled_view, placed_view
from cse.binance.own_orders import OwnOrders, require_restrictions
from cse.binance.words import REPLACE_MODES
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.runtime.http.route import Reply, answer
from cse.trading.models import NewOrder, Order, PlacedOrder, Replacement
from cse.trading.reads.account import AccountReads
from cse.trading.service import Trading

_READ_PLACED: Final = msgspec.json.Decoder(PlacedOrder).decode
_PARTIALLY: Final = (-2021, "Order cancel-replace partially failed.", HTTPStatus.CONFLICT)
_FAILED: Final = (-2022, "Order cancel-replace failed.", HTTPStatus.BAD_REQUEST)
_BY_NAME: Final = {code.name: code for code in codes.CODES}
_OF_CANCELS: Final = frozenset({codes.ORDER_UNKNOWN, codes.ORDER_NOT_OPEN, codes.ORDER_IS_LINKED})


class Replacer:
    """Replaces orders of accounts."""

    def __init__(self, trading: Trading, reads: AccountReads, own: OwnOrders) -> None:
        self._trading = trading
        self._reads = reads
        self._own = own

    async def replace(self, query: ReplaceQuery, market: Market, account: int) -> Reply:
        """The answer to a replacement; what is wrong with the request itself is raised."""
        mode = REPLACE_MODES.get(query.cancel_replace_mode)
        if mode is None:
            raise CodedError(codes.INVALID_FIELD, field="cancelReplaceMode", reason="there is no such mode")
        order, named = new_order(query, market.name), client_order_id(query.cancel_new_client_order_id)
        response = response_of(query.type, query.new_order_resp_type)
        await self._trading.check(order, account)
        try:
            leaving = await self._leaving(query, account)
        except CodedError as error:
            if error.code not in _OF_CANCELS:
                raise
            return await self._without_cancel(order, account, mode, response, error)
        return await self._as_one(Replacement(order, leaving.id, None, mode), account, response, named)

    async def _leaving(self, query: ReplaceQuery, account: int) -> Order:
        """The order that is to leave; `order_unknown`, `order_not_open`."""
        names = query.cancel_order_id, query.cancel_orig_client_order_id
        found = (await self._own.named(account, query.symbol, *names, 0)).value
        if found.status != "open":
            raise CodedError(codes.ORDER_NOT_OPEN)
        require_restrictions(found, query.cancel_restrictions)
        return found

    async def _without_cancel(
        self, order: NewOrder, account: int, mode: str, response: str, error: CodedError
    ) -> Reply:
        """What comes of a replacement that has nothing to cancel."""
        if mode == "stop_on_failure":
            return _told(_FAILED, error, None, "NOT_ATTEMPTED", None)
        try:
            placement = await self._trading.place(order, account)
        except CodedError as refused:
            return _told(_FAILED, error, None, "FAILURE", refused)
        shown = placed_view(_READ_PLACED(placement.answer), response)
        return _told(_PARTIALLY, error, None, "SUCCESS", shown, placement.sequence)

    async def _as_one(self, replacement: Replacement, account: int, response: str, named: str) -> Reply:
        try:
            replaced = await self._trading.replace(account, replacement)
        except CodedError as error:
            if error.code.money == "unknown" or error.code is codes.CLIENT_ORDER_ID_CONFLICT:
                raise
            if error.code in _OF_CANCELS:
                return _told(_FAILED, error, None, "NOT_ATTEMPTED", None)
            # The old order is as it was, since both or nothing was asked for; or neither half was taken.
            return _told(_FAILED, error, None, "FAILURE", error)
        if replaced.repeated:
            raise CodedError(codes.CLIENT_ORDER_ID_CONFLICT, field="newClientOrderId")
        found, sequence = replaced.answer, int(replaced.answer.sequence)
        cancelled: object = None
        if found.cancelled is not None:
            reading = await self._reads.order(account, int(found.cancelled), sequence)
            cancelled = cancelled_view(reading.value, named)
        if found.placed is None:
            refused = CodedError(_BY_NAME[found.place_refusal or ""])
            return _told(_PARTIALLY, None, cancelled, "FAILURE", refused, sequence)
        shown = placed_view(found.placed, response)
        if cancelled is None:
            missed = CodedError(_BY_NAME[found.cancel_refusal or ""])
            return _told(_PARTIALLY, missed, None, "SUCCESS", shown, sequence)
        whole = _halves("SUCCESS", cancelled, "SUCCESS", shown)
        return answer(whole, sequence)


def _told(
    outcome: tuple[int, str, HTTPStatus],
    cancel_error: CodedError | None,
    cancelled: object,
    placing: str,
    placed: object,
    sequence: int = 0,
) -> Reply:
    """An answer that says which half failed; `placed` is the order, or why there is none."""
    number, sentence, status = outcome
    halves = _halves(
        "SUCCESS" if cancel_error is None else "FAILURE",
        cancelled if cancel_error is None else _refusal_view(refusal_of_half(cancel_error, cancels=True)),
        placing,
        _refusal_view(refusal_of_half(placed, cancels=False)) if isinstance(placed, CodedError) else placed,
    )
    return answer({"code": number, "msg": sentence, "data": halves}, sequence, status)


def _halves(cancelling: str, cancelled: object, placing: str, placed: object) -> dict[str, Any]:
    return {
        "cancelResult": cancelling,
        "newOrderResult": placing,
        "cancelResponse": cancelled,
        "newOrderResponse": placed,
    }


def _refusal_view(refusal: Refusal) -> dict[str, Any]:
    return {"code": refusal.number, "msg": refusal.sentence}
