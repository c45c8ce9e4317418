"""Cancelling an order and placing another, as one: which half did what, also when it is sent again."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.client import LeaderClient, ReplicaClient
from cse.engine.models import EngineError
from cse.marketdata.listing import Listing
from cse.trading.answers.cancels import CancelHalf, halves
from cse.trading.answers.originals import original_replacement
from cse.trading.answers.placements import Repeated, placed
from cse.trading.answers.refusals import refusal, with_limit
from cse.trading.entry.orders import leaving_order, place_order, replace_order
from cse.trading.models import PlacedOrder, ReplacedOrder, Replacement
from cse.trading.reads.lookup import OrderLookup
from cse.trading.views.texts import MarketTexts


class Replaced(NamedTuple):
    """What came of a replacement; `repeated` when an earlier one got it."""

    answer: ReplacedOrder
    repeated: bool


class Replacements:
    """Replaces orders."""

    def __init__(
        self, leader: LeaderClient, replica: ReplicaClient, listing: Listing, lookup: OrderLookup
    ) -> None:
        self._leader = leader
        self._replica = replica
        self._listing = listing
        self._lookup = lookup

    async def replace(self, account: int, replacement: Replacement, texts: MarketTexts) -> Replaced:
        """Cancels an order and places another in the market of `texts`; one sent before gets that answer.

        Raises:
            CodedError: it is refused; of a replacement that allows failure, both halves are.
        """
        command = place_order(replacement.order, texts, account)
        answer = await self._leader.submit(replace_order(replacement, command, account))
        leaving, sequence = leaving_order(replacement, account), answer.sequence
        cancel, placement = halves(answer.events)
        if isinstance(cancel, int) and not placement:
            raise refusal(await self._lookup.code_of_miss(leaving, cancel, sequence), None)
        order: PlacedOrder | None = None
        place_refusal: str | None = None
        try:
            result = placed(placement, sequence, answer.time_us, texts, (command,))
        except CodedError as error:
            if not isinstance(cancel, wire.OrderClosed):
                refused = await with_limit(error, self._listing, texts.name, answer, [command])
                raise refused from None
            place_refusal = error.code.name
        else:
            if isinstance(result, Repeated):
                return Replaced(await self._original(leaving, result, texts, sequence), repeated=True)
            order = _read(result)
        cancel_refusal = await self._cancel_refusal(leaving, cancel, sequence)
        whole = ReplacedOrder(_cancelled_id(cancel), cancel_refusal, order, place_refusal, str(sequence))
        return Replaced(whole, repeated=False)

    async def _original(
        self, leaving: wire.CancelOrder, repeated: Repeated, texts: MarketTexts, sequence: int
    ) -> ReplacedOrder:
        """The first answer; `client_order_id_conflict` where it was to another request."""
        first = await original_replacement(self._replica, repeated, texts)
        if not _is_of(first.cancel, leaving):
            raise CodedError(codes.CLIENT_ORDER_ID_CONFLICT, field="client_order_id")
        cancel_refusal = await self._cancel_refusal(leaving, first.cancel, sequence)
        order = _read(first.placement)
        return ReplacedOrder(_cancelled_id(first.cancel), cancel_refusal, order, None, order.sequence)

    async def _cancel_refusal(
        self, leaving: wire.CancelOrder, cancel: CancelHalf, sequence: int
    ) -> str | None:
        if not isinstance(cancel, int):
            return None
        try:
            code = await self._lookup.code_of_miss(leaving, cancel, sequence)
        except EngineError:
            # The other half is done.
            raise CodedError(codes.OUTCOME_UNKNOWN) from None
        return codes.BY_NUMBER[code].name


def _is_of(cancel: CancelHalf, leaving: wire.CancelOrder) -> bool:
    """Whether it may have come of cancelling this order; None is of an order that was placed alone."""
    if isinstance(cancel, wire.OrderClosed):
        return leaving.order_id in (0, cancel.order_id)
    return cancel is not None


def _cancelled_id(cancel: CancelHalf) -> str | None:
    return str(cancel.order_id) if isinstance(cancel, wire.OrderClosed) else None


def _read(placement: bytes) -> PlacedOrder:
    return msgspec.json.decode(placement, type=PlacedOrder)
