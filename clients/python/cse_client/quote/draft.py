"""An order as it is being written, and the request that it becomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cse_client.market import Market
from cse_client.models import NewOrder, Side


@dataclass(frozen=True, slots=True)
class DraftOrder:
    """An order; fields that are not filled in yet are None.

    `price` is in ticks and of limit orders, `quantity` in lots, `quote_amount` in quote units, to spend
    or to sell for, of market orders in place of a quantity. `time_in_force` is of limit orders.
    """

    side: Side
    type: Literal["limit", "market"]
    price: int | None = None
    quantity: int | None = None
    quote_amount: int | None = None
    time_in_force: Literal["gtc", "ioc", "fok"] = "gtc"
    post_only: bool = False

    @property
    def can_rest(self) -> bool:
        """Whether what does not trade at once stays in the book."""
        return self.type == "limit" and self.time_in_force == "gtc"


def order_request(draft: DraftOrder, market: Market, client_order_id: str | None = None) -> NewOrder:
    """The request of a draft.

    Raises:
        ValueError: a number that the type needs is missing.
    """
    quantity = None if draft.quantity is None else market.format_quantity(draft.quantity)
    if draft.type == "limit":
        if draft.price is None or quantity is None:
            raise ValueError("a limit order has a price and a quantity")
        return NewOrder(
            market=market.name,
            side=draft.side,
            type="limit",
            price=market.format_price(draft.price),
            quantity=quantity,
            time_in_force=draft.time_in_force,
            post_only=draft.post_only,
            client_order_id=client_order_id,
        )
    if (quantity is None) == (draft.quote_amount is None):
        raise ValueError("a market order has either a quantity or an amount")
    amount = None if draft.quote_amount is None else market.format_quote(draft.quote_amount)
    return NewOrder(
        market=market.name,
        side=draft.side,
        type="market",
        quantity=quantity,
        quote_amount=amount,
        client_order_id=client_order_id,
    )
