"""Placing an order so that its outcome becomes known, whatever is lost on the way."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from cse_client import codes
from cse_client.errors import ClientError, NotPlaced, OrderRefused, OutcomeUnknown
from cse_client.http.patience import Patience
from cse_client.models import NewOrder, Order, PlacedOrder

# So long after a sending ended without an answer nothing of it is on its way to the exchange any more. A
# look-up that finds nothing has waited for what had arrived there.
SETTLED_AFTER_S = 6.0


class Places(Protocol):
    """What resolving needs of a client."""

    async def place_order(self, order: NewOrder) -> PlacedOrder: ...

    async def order_by_client_id(self, client_order_id: str) -> Order: ...


def named(order: NewOrder) -> NewOrder:
    """The order with a client order id, its own or a new one."""
    return order if order.client_order_id else replace(order, client_order_id=uuid.uuid4().hex)


async def place_and_resolve(
    client: Places, order: NewOrder, patience: Patience, *, repeat: bool = True
) -> PlacedOrder:
    """Places an order, and stays with it until it is known what came of it.

    Args:
        client: places and looks up.
        order: named here if it has no client order id; one id has one effect at most.
        patience: how long the outcome is looked for, and how often.
        repeat: an order that got no answer is sent again. Otherwise it is only looked up, so that it is
            never placed later than the first try.

    Raises:
        ApiError: refused; nothing happened.
        NotPlaced: without `repeat`, the order got no answer and is not there.
        OutcomeUnknown: nothing could be found out in the time there was.
    """
    order = named(order)
    client_order_id = str(order.client_order_id)
    began = patience.now()
    tries = 0
    lost = _Lost(client_order_id)
    is_sent_again = True
    while True:
        try:
            if is_sent_again:
                return await client.place_order(order)
            await client.order_by_client_id(client_order_id)
            # It is there: sent again, it gets the answer that was lost.
            is_sent_again = True
            continue
        except ClientError as error:
            failure = error
        lost.note(failure, patience.now(), of_sending=is_sent_again)
        is_sent_again = repeat and lost.refused is None
        wait_s = patience.wait_s(failure, tries)
        if patience.now() + wait_s > began + patience.patience_s:
            raise OutcomeUnknown(client_order_id, str(failure)) from failure
        tries += 1
        await patience.sleep(wait_s)


@dataclass(slots=True)
class _Lost:
    """An order of which a sending ended without an answer, the last one at `unanswered_at`.

    A refusal of a later sending speaks for that one alone: the order that was sent before may yet arrive.
    """

    client_order_id: str
    unanswered_at: float | None = None
    refused: ClientError | None = None

    def note(self, failure: ClientError, now: float, *, of_sending: bool) -> None:
        """Takes what came of a sending or of a look-up; raises where that is the end of it."""
        if of_sending and failure.money != "none":
            self.unanswered_at = now
        elif self.unanswered_at is None:
            raise failure
        elif of_sending and not failure.retryable:
            self.refused = failure
        elif isinstance(failure, OrderRefused) and failure.code == codes.ORDER_UNKNOWN:
            if now - self.unanswered_at > SETTLED_AFTER_S:
                raise self.refused or NotPlaced(self.client_order_id)
        elif not failure.retryable:
            raise OutcomeUnknown(self.client_order_id, str(failure)) from failure
