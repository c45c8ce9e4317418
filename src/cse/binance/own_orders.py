"""Finding the order that a request names: by id, by the client's, in the market that it says."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_order_id
from cse.engine.models import Reading
from cse.marketdata.service import MarketData
from cse.trading.models import Order
from cse.trading.reads.account import AccountReads

_RESTRICTIONS: Final = {"ONLY_NEW": False, "ONLY_PARTIALLY_FILLED": True}


class OwnOrders:
    """Finds orders of accounts."""

    def __init__(self, reads: AccountReads, marketdata: MarketData) -> None:
        self._reads = reads
        self._marketdata = marketdata

    async def named(
        self, account: int, symbol: str, order_id: str | None, client_order_id: str | None, min_sequence: int
    ) -> Reading[Order]:
        """The order, of which all that is said holds.

        Raises:
            CodedError: `order_unknown`, `market_unknown`, `missing_field`.
        """
        market = await self._marketdata.market_of_pair(symbol)
        if order_id is not None:
            reading = await self._reads.order(account, parse_order_id(order_id), min_sequence)
        elif client_order_id is not None:
            reading = await self._reads.order_by_client_id(account, client_order_id, min_sequence)
        else:
            raise CodedError(codes.MISSING_FIELD, field="orderId")
        order = reading.value
        if order.market != market.name or client_order_id not in (None, order.client_order_id):
            raise CodedError(codes.ORDER_UNKNOWN)
        return reading


def require_restrictions(order: Order, restrictions: str | None) -> None:
    """Lets an order be cancelled only as it is said to be.

    Raises:
        CodedError: `order_not_open` for one that is otherwise, `invalid_field`.
    """
    if restrictions is None:
        return
    if restrictions not in _RESTRICTIONS:
        reason = "ONLY_NEW or ONLY_PARTIALLY_FILLED"
        raise CodedError(codes.INVALID_FIELD, field="cancelRestrictions", reason=reason)
    if (order.filled_quantity != "0") != _RESTRICTIONS[restrictions]:
        raise CodedError(codes.ORDER_NOT_OPEN)
