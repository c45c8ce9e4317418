"""People who trade beside the browser: through the Python client, as anybody may."""

from __future__ import annotations

import asyncio
import threading
import uuid
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from cse_client import CseClient, NewOrder, Order
from cse_client.models import Balance, Fill, OrderBook

PASSWORD: Final = "correct horse battery staple 7"
ANSWER_TIMEOUT_S: Final = 60.0
_Result = TypeVar("_Result")


class Errands:
    """An event loop on a thread of its own, since the browser's is in the way of one here."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Does the work and returns what came of it."""
        return self.begin(work).result(ANSWER_TIMEOUT_S)

    def begin(self, work: Coroutine[Any, Any, _Result]) -> Future[_Result]:
        """Begins the work; the future is for a thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def close(self) -> None:
        """Ends the loop."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


class Other:
    """One person and what they do, one thing after another. Amounts are decimal strings.

    With an e-mail of somebody who has signed up already it is that person, seen through the API.
    """

    def __init__(
        self, url: str, errands: Errands, email: str | None = None, display_name: str = "Ada"
    ) -> None:
        self._errands = errands
        self.email = email or f"{uuid.uuid4().hex}@example.com"
        self.client = CseClient(url)
        if email is None:
            self._run(self.client.sign_up(self.email, PASSWORD, display_name))
        else:
            self._run(self.client.sign_in(email, PASSWORD))

    def sign_in(self) -> None:
        """Signs in anew."""
        self._run(self.client.sign_in(self.email, PASSWORD))

    def verify_email(self, token: str) -> None:
        """Follows the link that was sent to this person."""
        self._run(self.client.verify_email(token))

    def take(self, **amounts: str) -> None:
        """Takes play money, by asset."""
        for asset, amount in amounts.items():
            self._run(self.client.take_from_faucet(asset, amount))

    def limit(self, market: str, side: str, price: str, quantity: str) -> Order:
        """Places a limit order that stays until it is cancelled."""
        order = {"market": market, "side": side, "type": "limit", "price": price, "quantity": quantity}
        return self.place(**order, time_in_force="gtc")

    def place(self, **order: Any) -> Order:
        """Places an order."""
        return self._run(self.client.place_order(NewOrder(**order))).order

    def cancel(self, order: Order) -> None:
        """Cancels one order."""
        self._run(self.client.cancel_order(order.id))

    def cancel_all(self) -> None:
        """Cancels all of this person's orders."""
        self._run(self.client.cancel_all())

    def book(self, market: str, depth: int = 500) -> OrderBook:
        """The order book as the API has it."""
        return self._run(self.client.order_book(market, depth))

    def names(self) -> dict[str, str]:
        """What creators are called, by their asset."""
        return {creator.asset: creator.name for creator in self._run(self.client.creators())}

    def orders(self, market: str, status: str = "all") -> list[Order]:
        """This person's orders, newest first."""
        return list(self._run(self.client.orders(market, status)).items)  # type: ignore[arg-type]

    def orders_of_account(self, name: str) -> list[Order]:
        """The open orders of this person's sub-account of that name."""
        (account,) = [one.account.id for one in self._run(self.client.accounts()) if one.account.name == name]
        return list(self._run(self.client.for_account(account).orders()).items)

    def fills(self, market: str) -> list[Fill]:
        """This person's fills, newest first."""
        return list(self._run(self.client.fills(market)).items)

    def balances(self) -> dict[str, Balance]:
        """What this person has, by asset."""
        return self._run(self.client.balances())

    def close(self) -> None:
        """Closes the connections."""
        self._run(self.client.close())

    def _run(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        return self._errands.run(work)
