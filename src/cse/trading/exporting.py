"""A person's orders and fills, as the API shows them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import msgspec

from cse.ledger import exporting
from cse.runtime.exporting import Row, Subject, Whose
from cse.runtime.postgres import Connected
from cse.trading.models import Fill, Order
from cse.trading.views.fills import fill_view
from cse.trading.views.orders import of_closed, order_view
from cse.trading.views.texts import ListedTexts


def subjects(texts: ListedTexts) -> tuple[Subject, ...]:
    """What trading gives out; all of it is the ledger's."""

    async def orders(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
        async for found in exporting.orders(connection, whose):
            yield [
                msgspec.structs.asdict(order_view(of_closed(order), await texts.of_id(order.accepted.market)))
                for order in found
            ]

    async def fills(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
        async for account, found in exporting.trades(connection, whose):
            yield [
                {"account": str(account)}
                | msgspec.structs.asdict(fill_view(trade, account, await texts.of_id(trade.traded.market)))
                for trade in found
            ]

    order_tables = ("ledger.open_orders", "ledger.closed_orders")
    return (
        Subject("orders", order_tables, orders, Order.__struct_fields__),
        Subject("fills", ("ledger.trades",), fills, ("account", *Fill.__struct_fields__)),
    )
