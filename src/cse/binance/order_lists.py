"""Lists of linked orders, which the exchange knows by the id of their first order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cse.binance.account_reads import AccountLists
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_order_id
from cse.engine.models import Reading
from cse.trading.models import Order
from cse.trading.reads.account import AccountReads

# A list has at most so many orders. They come in one command, and have ids that follow one another.
_ORDERS_MAX: Final = 3


class OrderLists:
    """Finds lists of accounts."""

    def __init__(self, reads: AccountReads) -> None:
        self._reads = reads
        self._lists = AccountLists(reads)

    async def named(self, account: int, list_id: str | None, min_sequence: int) -> Reading[list[Order]]:
        """The orders of a list, open or not, the first of them first.

        Raises:
            CodedError: `missing_field`, `order_unknown`.
        """
        if list_id is None:
            raise CodedError(codes.MISSING_FIELD, field="orderListId")
        first = parse_order_id(list_id)
        found: list[Order] = []
        sequence = min_sequence
        for order_id in range(first, first + _ORDERS_MAX):
            reading = await self._order(account, order_id, sequence)
            if reading is not None and reading.value.list_id == str(first):
                sequence = max(sequence, reading.sequence)
                found.append(reading.value)
        if not found:
            raise CodedError(codes.ORDER_UNKNOWN)
        return Reading(sequence, found)

    async def open_lists(self, account: int, min_sequence: int) -> Reading[list[list[Order]]]:
        """What is open of each list of which something is."""
        reading = await self._lists.open_orders(account, None, min_sequence)
        found: dict[str, list[Order]] = {}
        for order in reading.value:
            if order.list_id is not None:
                found.setdefault(order.list_id, []).append(order)
        return Reading(reading.sequence, list(found.values()))

    async def _order(self, account: int, order_id: int, min_sequence: int) -> Reading[Order] | None:
        try:
            return await self._reads.order(account, order_id, min_sequence)
        except CodedError as error:
            if error.code is not codes.ORDER_UNKNOWN:
                raise
            return None


def is_done(orders: Sequence[Order]) -> bool:
    """Whether all of a list are closed."""
    return all(order.status != "open" for order in orders)
