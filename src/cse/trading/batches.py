"""Several orders or cancels in one request: each is taken or refused for itself, as if it had come alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from typing import Final, TypeVar

import psycopg
from psycopg_pool import PoolTimeout

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import check_order_named, parse_client_order_id, parse_order_id
from cse.engine.failures import refusal_of
from cse.engine.models import EngineError, Reading
from cse.runtime.http.body import BodyReader
from cse.trading.answers.placements import Placement
from cse.trading.models import BatchRefusal, NamedOrder, NewOrder, Order, RawBatch
from cse.trading.service import Trading

Result = TypeVar("Result")

_READ_ORDER: Final = BodyReader(NewOrder).read
_READ_NAME: Final = BodyReader(NamedOrder).read


async def place_all(trading: Trading, batch: RawBatch, account: int) -> list[Placement | CodedError]:
    """Places the orders one behind another, in one go; what came of each."""

    async def place(raw: bytes) -> Placement:
        return await trading.place(_READ_ORDER(raw), account)

    await _prepare(trading, batch)
    return await _each(place(bytes(raw)) for raw in batch.orders)


async def cancel_each(trading: Trading, batch: RawBatch, account: int) -> list[Reading[Order] | CodedError]:
    """Cancels the orders one behind another, in one go; what came of each."""

    async def cancel(raw: bytes) -> Reading[Order]:
        named = _READ_NAME(raw)
        check_order_named(id=named.id, client_order_id=named.client_order_id)
        if named.id is not None:
            return await trading.cancel(account, parse_order_id(named.id))
        return await trading.cancel_by_client_id(account, parse_client_order_id(named.client_order_id or ""))

    return await _each(cancel(bytes(raw)) for raw in batch.orders)


def refusal_view(error: CodedError) -> BatchRefusal:
    """The refusal of one part of a batch."""
    code, field = error.code, error.details.get("field")
    return BatchRefusal(
        code=code.name,
        status=code.status,
        detail=error.sentence,
        retryable=code.retryable,
        money=code.money,
        field=None if field is None else str(field),
    )


async def _prepare(trading: Trading, batch: RawBatch) -> None:
    """Learns the markets first, so that nothing comes between the orders."""
    for raw in batch.orders:
        try:
            await trading.prepare(_READ_ORDER(bytes(raw)).market)
        except CodedError:
            # It is refused like this in its turn.
            continue


async def _each(calls: Iterable[Awaitable[Result]]) -> list[Result | CodedError]:
    """What comes of each call. They begin in their order, and each sends before the next begins."""
    results: list[Result | CodedError] = []
    for result in await asyncio.gather(*calls, return_exceptions=True):
        match result:
            case CodedError():
                results.append(result)
            case EngineError():
                results.append(refusal_of(result))
            case psycopg.OperationalError() | PoolTimeout():
                results.append(CodedError(codes.OUTCOME_UNKNOWN))
            case BaseException():
                raise result
            case _:
                results.append(result)
    return results
