"""Which request of the API a message stands for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import check_order_named
from cse.runtime.http.route import Access, Nothing, Route
from cse.streams.orders.limits import WEIGHT_OF_READING
from cse.streams.orders.messages import OrderMessage
from cse.streams.orders.parts import Parts
from cse.trading.models import CANCELLED_MAX, PLACED_MAX

_BY_ID: Final = "/api/orders/{id}"
_BY_CLIENT_ID: Final = "/api/orders/by-client-id/{client_order_id}"
# By `op`: method and path; where there are two paths, the order's id or the client's says which.
REQUESTS: Final[dict[str, tuple[str, str, str | None]]] = {
    "place": ("POST", "/api/orders", None),
    "place_list": ("POST", "/api/orders/list", None),
    "place_batch": ("POST", "/api/orders/batch", None),
    "amend": ("PATCH", _BY_ID, _BY_CLIENT_ID),
    "replace": ("POST", "/api/orders/replace", None),
    "cancel": ("DELETE", _BY_ID, _BY_CLIENT_ID),
    "cancel_batch": ("POST", "/api/orders/cancel-batch", None),
    "cancel_all": ("DELETE", "/api/orders", None),
    "cancel_after": ("POST", "/api/orders/cancel-after", None),
    "cancel_timer": ("GET", "/api/orders/cancel-after", None),
    "order": ("GET", _BY_ID, _BY_CLIENT_ID),
    "orders": ("GET", "/api/orders", None),
    "fills": ("GET", "/api/fills", None),
    "balances": ("GET", "/api/balances", None),
}

# What a batch weighs: it takes a turn of the process as long as so many requests do.
_WEIGHTS: Final = {"place_batch": PLACED_MAX, "cancel_batch": CANCELLED_MAX}


class Operation(NamedTuple):
    """The routes of an `op`, and what one of its requests weighs while it is under way."""

    route: Route
    by_client_id: Route | None
    weight: int
    parts: Parts

    def request(self, message: OrderMessage) -> tuple[Route, str]:
        """The route of a message, and what stands in the last part of its path.

        Raises:
            CodedError: `unknown_field`: it has a part of another `op`; `missing_field`: it has no body, or
                names no order; `invalid_field`: it names one twice.
        """
        self.parts.check(message)
        if self.route.request is not None and not message.body:
            raise CodedError(codes.MISSING_FIELD, field="body")
        if self.by_client_id is None:
            return self.route, ""
        order_id, client_order_id = message.order_id, message.client_order_id
        check_order_named(order_id=order_id, client_order_id=client_order_id)
        if order_id is not None:
            return self.route, order_id
        return self.by_client_id, client_order_id or ""


def operations_of(routes: Iterable[Route]) -> dict[str, Operation]:
    """The operations by `op`, out of the table of routes."""
    # A message does not step up.
    table = {(route.method, route.path): route for route in routes if not _is_guarded(route)}
    return {
        op: Operation(
            table[method, path],
            None if other is None else table[method, other],
            WEIGHT_OF_READING if method == "GET" else _WEIGHTS.get(op, 1),
            Parts(*_parts_of(table[method, path])),
        )
        for op, (method, path, other) in REQUESTS.items()
    }


def _is_guarded(route: Route) -> bool:
    """Whether more than who asks is looked at, which a message does not go through."""
    return route.step_up or route.access is Access.OPERATOR


def _parts_of(route: Route) -> Iterator[str]:
    yield "min_sequence"
    if route.request is not None:
        yield "body"
    if route.query is not Nothing:
        yield "query"
    if route.parameters:
        yield from ("order_id", "client_order_id")
