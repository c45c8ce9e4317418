"""The answers that orders got when they came first."""

from __future__ import annotations

from typing import NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.client import ReplicaClient
from cse.engine.models import EngineError, Group, own_events
from cse.trading.answers.cancels import CancelHalf, halves
from cse.trading.answers.placements import Repeated, placed, placed_list, placement_of
from cse.trading.models import PlacedOrderList
from cse.trading.views.texts import MarketTexts


async def original_placement(replica: ReplicaClient, repeated: Repeated, texts: MarketTexts) -> bytes:
    """The answer to a placement, a `PlacedOrder` as JSON; `outcome_unknown` if it cannot be shown."""
    group = await _original_group(replica, repeated)
    original = placed(placement_of(own_events(group.events)), group.sequence, group.time_us, texts)
    assert isinstance(original, bytes)
    return original


class OriginalReplacement(NamedTuple):
    """What came of each half; `placement` is a `PlacedOrder` as JSON."""

    cancel: CancelHalf
    placement: bytes


async def original_replacement(
    replica: ReplicaClient, repeated: Repeated, texts: MarketTexts
) -> OriginalReplacement:
    """The halves of what placed an order; `outcome_unknown` if it cannot be shown."""
    group = await _original_group(replica, repeated)
    cancel, placement = halves(own_events(group.events))
    original = placed(placement, group.sequence, group.time_us, texts)
    assert isinstance(original, bytes)
    return OriginalReplacement(cancel, original)


async def original_list(replica: ReplicaClient, repeated: Repeated, texts: MarketTexts) -> PlacedOrderList:
    """The answer to a list; `outcome_unknown` if it cannot be shown."""
    group = await _original_group(replica, repeated)
    original = placed_list(placement_of(own_events(group.events)), group.sequence, group.time_us, texts)
    assert isinstance(original, PlacedOrderList)
    return original


async def _original_group(replica: ReplicaClient, repeated: Repeated) -> Group:
    try:
        group = (await replica.group(repeated.original_sequence)).value
    except EngineError:
        group = None
    if group is None:
        # The order was placed, and its answer cannot be shown: that is no "nothing happened".
        raise CodedError(codes.OUTCOME_UNKNOWN)
    return group
