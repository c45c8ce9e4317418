"""What operators see of markets, and do about them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from cse.audit import log
from cse.audit.models import Actor, Details
from cse.desk.markets import changes as market_changes
from cse.desk.markets.changes import STATUS_OF, Change, Rates, promotion_said
from cse.desk.markets.models import (
    BandValues,
    DeskMarket,
    LimitValues,
    MarketBand,
    MarketFeeRates,
    MarketLimits,
    MarketPromotion,
    MarketStatusChange,
    NewMarket,
    Promotion,
    TierRates,
)
from cse.desk.markets.turns import turn
from cse.desk.requests.models import Asked, DeskRequest, GuardedAct, RequestView
from cse.desk.requests.service import Requests
from cse.domain import codes
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX
from cse.domain.lines import parse_reason
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.models import own_events
from cse.marketdata.listing import Listing
from cse.marketdata.views import market_now_view
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time, parse_time
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Connected, Pool


class MarketReads:
    """Markets as they are, and changes of them. `now_us` is in microseconds since 1970."""

    def __init__(self, listing: Listing, replica: ReplicaClient, now_us: Callable[[], int]) -> None:
        self._listing = listing
        self._replica = replica
        self._now_us = now_us

    async def all(self, min_sequence: int = 0) -> list[DeskMarket]:
        """Every market, ascending by its id."""
        markets = await self._replica.markets(min_sequence=min_sequence)
        tiers = await self._replica.fee_tiers(min_sequence=markets.sequence)
        return [await self._view(state, tiers.value) for state in markets.value]

    async def one(self, name: str, min_sequence: int = 0) -> DeskMarket:
        """One of them. Raises `CodedError` market_unknown."""
        state = await self._state(name, min_sequence)
        return await self._view(state, (await self._replica.fee_tiers(min_sequence=min_sequence)).value)

    async def listed(self, asked: NewMarket) -> Change:
        """Lists a market of assets that are there."""
        name = asked.market.upper()
        base, dash, quote = name.partition("-")
        if not dash or base == quote:
            reason = "expected two symbols and a dash, such as BTC-USDC"
            raise CodedError(codes.INVALID_FIELD, field="market", reason=reason)
        assets = await self._listing.asset(base), await self._listing.asset(quote)
        return market_changes.listed(name, *assets, asked)

    async def status(self, name: str, status: MarketStatus, ends_at_us: int) -> Change:
        """Gives a market another status."""
        return market_changes.status_set(await self._market(name), status, ends_at_us)

    async def band(self, name: str, asked: BandValues, seen: BandValues | None = None) -> Change:
        """Changes band and interruption, of which the operator has `seen` what they were."""
        return market_changes.band_set(await self._market(name), asked, seen)

    async def limits(self, name: str, asked: LimitValues, seen: LimitValues | None = None) -> Change:
        """Changes what orders may be, of which the operator has `seen` what it was."""
        return market_changes.limits_set(await self._market(name), asked, seen)

    async def fees(self, name: str, asked: MarketFeeRates) -> Change:
        """Sets the rates of all, or of a tier."""
        market = await self._market(name)
        before = Rates(market.maker_fee_ppm, market.taker_fee_ppm)
        if asked.tier:
            tiers = (await self._replica.fee_tiers()).value
            of_tier = [one for one in tiers if (one.market, one.tier) == (market.id, asked.tier)]
            before = (
                Rates(of_tier[0].maker_fee_ppm, of_tier[0].taker_fee_ppm) if of_tier else Rates(None, None)
            )
        return market_changes.fees_set(market, before, asked)

    async def promotion(self, name: str, asked: MarketPromotion | None) -> Change:
        """Lowers rates until a time, or ends that."""
        market = await self._market(name)
        state = await self._state(name, 0)
        before = promotion_said(
            state.promotion_maker_fee_ppm, state.promotion_taker_fee_ppm, state.promotion_ends_at_us
        )
        if asked is None:
            return market_changes.promotion_ended(market, before)
        return market_changes.promoted(market, before, asked, self._now_us())

    async def market_id(self, name: str) -> int:
        """The core's number of a market. Raises `CodedError` market_unknown."""
        return (await self._listing.market(name)).id

    async def cancelled(self, sequence: int) -> int:
        """How many orders the command at a sequence has cancelled.

        Raises:
            CodedError: `outcome_unknown` where the replica does not keep its events any more.
        """
        group = (await self._replica.group(sequence)).value
        events = b"" if group is None else own_events(group.events)
        for kind, offset, _ in wire.messages(events):
            if kind == wire.MarketOrdersCancelled.KIND:
                return wire.MarketOrdersCancelled.decode(events, offset).count
        raise CodedError(codes.OUTCOME_UNKNOWN)

    async def _market(self, name: str) -> Market:
        return (await self._listing.market_now(name, 0)).value

    async def _state(self, name: str, min_sequence: int) -> wire.MarketState:
        market = await self._listing.market(name)
        state = (await self._replica.market(market.id, min_sequence=min_sequence)).value
        assert state is not None, "a listed market is known to the replica"
        return state

    async def _view(self, state: wire.MarketState, tiers: list[wire.FeeTierState]) -> DeskMarket:
        listed = await self._listing.market_by_id(state.market)
        market = (await self._listing.market_now(listed.name, 0)).value
        promotion = None
        if state.promotion_ends_at_us > self._now_us():
            promotion = Promotion(
                state.promotion_maker_fee_ppm,
                state.promotion_taker_fee_ppm,
                format_time(state.promotion_ends_at_us),
            )
        return DeskMarket(
            market=market_now_view(market),
            last_price=market.format_price(market.last_price) if market.last_price else None,
            uncrossing=market.uncross_price != 0,
            tiers=[
                TierRates(one.tier, one.maker_fee_ppm, one.taker_fee_ppm)
                for one in tiers
                if one.market == state.market
            ],
            promotion=promotion,
        )


class MarketDesk:
    """Does what one operator may, and asks for what takes two."""

    def __init__(self, pool: Pool, reads: MarketReads, outcomes: OutcomeWatch, requests: Requests) -> None:
        self._pool = pool
        self._reads = reads
        self._outcomes = outcomes
        self._requests = requests

    async def all(self) -> list[DeskMarket]:
        """Every market."""
        return await self._reads.all()

    async def create(self, caller: Caller, asked: NewMarket) -> DeskMarket:
        """Lists a market, which takes no orders yet."""
        return await self._carry_out(caller, await self._reads.listed(asked), asked.reason)

    async def set_status(self, caller: Caller, name: str, asked: MarketStatusChange) -> DeskMarket:
        """Gives a market another status. Raises `CodedError` invalid_market_status."""
        ends_at_us = 0
        if asked.auction_ends_at is not None:
            ends_at_us = parse_time(asked.auction_ends_at, field="auction_ends_at")
        change = await self._reads.status(name, STATUS_OF[asked.status], ends_at_us)
        return await self._carry_out(caller, change, asked.reason)

    async def set_band(self, caller: Caller, name: str, asked: MarketBand) -> DeskMarket:
        """Changes band and interruption. Raises `CodedError` version_outdated."""
        sequence = await self.carry_out_in_turn(
            caller, lambda: self._reads.band(name, asked, asked.seen), asked.reason
        )
        return await self._reads.one(name, sequence)

    async def set_limits(self, caller: Caller, name: str, asked: MarketLimits) -> DeskMarket:
        """Changes what orders may be from now on. Raises `CodedError` version_outdated."""
        sequence = await self.carry_out_in_turn(
            caller, lambda: self._reads.limits(name, asked, asked.seen), asked.reason
        )
        return await self._reads.one(name, sequence)

    async def end_promotion(self, caller: Caller, name: str) -> DeskMarket:
        """Ends lower rates at once, which one operator may."""
        return await self._carry_out(caller, await self._reads.promotion(name, None), "the promotion ends")

    async def cancel_orders(self, caller: Caller, name: str, reason: str) -> int:
        """Cancels all open orders of a market, as many commands as that takes; how many orders these were.

        Raises:
            CodedError: `market_unknown`; `outcome_unknown` when some are cancelled and others perhaps not.
        """
        market, total = await self._reads.market_id(name), 0
        while True:
            change = market_changes.orders_cancelled(name, market)
            sequence = await self.carry_out(caller, change, reason)
            cancelled = await self._reads.cancelled(sequence)
            total += cancelled
            if cancelled < CANCELS_MAX:
                return total

    async def ask_delist(self, caller: Caller, name: str, reason: str) -> RequestView:
        """Asks for the end of a market."""
        change = await self._reads.status(name, MarketStatus.DELISTED, 0)
        return await self._ask(caller, GuardedAct.DELIST_MARKET, change, {}, reason)

    async def ask_fees(self, caller: Caller, name: str, asked: MarketFeeRates) -> RequestView:
        """Asks for other rates."""
        change = await self._reads.fees(name, asked)
        body = {
            "maker_fee_ppm": asked.maker_fee_ppm, "taker_fee_ppm": asked.taker_fee_ppm, "tier": asked.tier,
        }  # fmt: skip
        return await self._ask(caller, GuardedAct.SET_MARKET_FEES, change, body, asked.reason)

    async def ask_promotion(self, caller: Caller, name: str, asked: MarketPromotion) -> RequestView:
        """Asks for lower rates until a time."""
        change = await self._reads.promotion(name, asked)
        body = {
            "maker_fee_ppm": asked.maker_fee_ppm, "taker_fee_ppm": asked.taker_fee_ppm,
            "ends_at": asked.ends_at,
        }  # fmt: skip
        return await self._ask(caller, GuardedAct.SET_MARKET_PROMOTION, change, body, asked.reason)

    async def _ask(
        self, caller: Caller, act: GuardedAct, change: Change, body: Mapping[str, object], reason: str
    ) -> RequestView:
        asked = Asked(act, change.market, body, change.before, change.after, reason)
        return await self._requests.ask(caller, asked)

    async def _carry_out(self, caller: Caller, change: Change, reason: str) -> DeskMarket:
        sequence = await self.carry_out(caller, change, reason)
        return await self._reads.one(change.market, sequence)

    async def carry_out(self, caller: Caller, change: Change, reason: str) -> int:
        """Has the core take a change, which is recorded; the sequence at which it took effect."""
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            number = await enqueue_change(connection, change, why, Actor.desk(caller))
        return await self._outcome(number)

    async def carry_out_in_turn(
        self, caller: Caller, make: Callable[[], Awaitable[Change]], reason: str
    ) -> int:
        """Has the core take a change that `make` makes of what is now; the sequence at which it took effect.

        One at a time on all edges, from the look at what is now to the outcome: a change that names a part
        of what it sets would otherwise take back what another operator sets at the same moment.
        """
        why = parse_reason(reason)
        async with self._pool.connection() as connection, turn(connection):
            number = await enqueue_change(connection, await make(), why, Actor.desk(caller))
            await connection.commit()
            return await self._outcome(number)

    async def _outcome(self, number: int) -> int:
        return await taken(self._outcomes, Source.DESK, number)


async def enqueue_change(
    connection: Connected, change: Change, reason: str, by: Actor, request: DeskRequest | None = None
) -> int:
    """Hands a change to the core and records it, in the caller's transaction; its number in the outbox."""
    number = await enqueue(connection, Source.DESK, change.command)
    details = Details(
        reason=reason, before=change.before, after=change.after, outbox=f"{Source.DESK.value}/{number}"
    )
    if request is not None:
        details["request"] = str(request.id)
        details["asked_by"] = str(request.asked_by)
    await log.record(connection, change.act, by, target=change.market, details=details)
    return number
