"""The connections of a process that carry orders."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from cse.domain.errors import CodedError
from cse.marketdata.listing import Listing
from cse.runtime.http.application import Application
from cse.runtime.http.message import Message
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import ChooseAccount
from cse.streams.connections import Connections, Verify, VerifyKey
from cse.streams.orders.limits import OrderLimits
from cse.streams.orders.messages import OrderMessage
from cse.streams.orders.operations import Operation, operations_of
from cse.streams.orders.session import Answered, OrderSession
from cse.streams.peer import Connection
from cse.trading.guards import Guards


class OrderConnections(Connections[OrderSession]):
    """The sessions there are. It is what they share."""

    limits: OrderLimits

    def __init__(
        self,
        application: Application,
        guards: Guards,
        rates: Rates,
        listing: Listing,
        limits: OrderLimits,
        verify: Verify,
        verify_key: VerifyKey,
        choose_account: ChooseAccount,
        *,
        now_s: Callable[[], float],
        wall_us: Callable[[], int],
    ) -> None:
        super().__init__(limits, verify, verify_key, choose_account, now_s=now_s, wall_us=wall_us)
        self.guards = guards
        self.rates = rates
        self.operations = operations_of(application.routes)
        self._application = application
        self._listing = listing

    def make(self, connection: Connection, address: str) -> OrderSession:
        """A new session."""
        return OrderSession(self, connection, address)

    @property
    def sequence(self) -> int:
        """The highest that an answer of this process has shown."""
        return self._application.sequence

    def serve(
        self, operation: Operation, message: OrderMessage, session: OrderSession, answered: Answered
    ) -> asyncio.Task[None] | None:
        """Carries a request out, as the application does one that came over HTTP."""
        try:
            route, parameter = operation.request(message)
        except CodedError as error:
            self._application.refuse(operation.route, error, answered)
            return None
        request = Message(
            session.signed_in(),
            parameter,
            message.query or {},
            bytes(message.body),
            int(message.min_sequence or 0),
            session.address,
        )
        return self._application.serve_message(route, request, answered)

    async def market_ids(self, names: list[str]) -> list[int]:
        """The ids that the core gave to markets; `market_unknown`."""
        return [(await self._listing.market(name)).id for name in names]
