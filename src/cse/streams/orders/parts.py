"""Which parts of a message an `op` takes."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Final

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.streams.orders.messages import OrderMessage

_OF_ALL: Final = frozenset({"op", "id"})


class Parts:
    """The parts that an `op` takes, beside `op` and `id`.

    What is known to another one is as strange to it as what nobody knows: a cancel of all orders with the
    `markets` of a guard must not cancel in all markets.
    """

    def __init__(self, *taken: str) -> None:
        self._strange = [name for name in OrderMessage.__struct_fields__ if name not in _OF_ALL.union(taken)]
        # One call for all of them: every order comes through here.
        self._given = attrgetter(*self._strange)
        self._none: tuple[Any, ...] = self._given(OrderMessage(""))

    def check(self, message: OrderMessage) -> None:
        """Raises `CodedError` unknown_field for a part that the `op` does not take."""
        given = self._given(message)
        if given == self._none:
            return
        for name, value, absent in zip(self._strange, given, self._none, strict=True):
            if value != absent:
                raise CodedError(codes.UNKNOWN_FIELD, field=name)


# Of messages that are no requests.
CONTROLS: Final = {
    "authenticate": Parts("account", "access_token", "key", "timestamp", "window", "signature"),
    "cancel_on_disconnect": Parts("enabled", "markets", "grace_ms", "resume"),
    "ping": Parts(),
}
