"""What an order would do to the book as it is given. All amounts are exact by the exchange's rules.

What is not known, such as whose orders rest in the book, is not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cse_client.decimals import divide_to_nearest
from cse_client.market import Market
from cse_client.quote.draft import DraftOrder
from cse_client.quote.fees import PPM, creator_part, fee_so_far, limit_buy_hold, resting_buy_hold
from cse_client.quote.problems import Estimate, Problem, problems_of
from cse_client.quote.walk import BookSides, Level, Walk, opposite, walk_lots, walk_proceeds, walk_spend

_EFFECT_ASK_PPM: Final = 20_000
_DISTANCE_ASK_PPM: Final = 50_000
_WORSE_TYPE_PPM: Final = 150_000


@dataclass(frozen=True, slots=True)
class Available:
    """Units of base and quote that are free."""

    base: int
    quote: int


@dataclass(frozen=True, slots=True)
class Fee:
    """`maker` is that of what rests, if all of it fills; a rebate is below zero."""

    taker: int
    maker: int

    @property
    def total(self) -> int:
        """Both."""
        return self.taker + self.maker


@dataclass(frozen=True, slots=True)
class Hold:
    """What is taken from the free balance at first, in units of `asset`."""

    asset: str
    amount: int


@dataclass(frozen=True, slots=True)
class Guards:
    """Reasons to ask again before the order is sent, and by what.

    Attributes:
        price_effect: the average is more than 2 % worse than the middle.
        far_price: the price is more than 5 % from the one that it is measured by.
        large_share: it takes more than half of the visible side.
        distance_ppm: how far a limit is above (below zero: below) the price that it is measured by; None of
            market orders, and where there is no such price.
        type_ppm: by how much the order may be worse than that price where it is more than 15 %: the number
            should be typed; None where it is not.
    """

    price_effect: bool
    far_price: bool
    large_share: bool
    distance_ppm: int | None
    type_ppm: int | None


@dataclass(frozen=True, slots=True)
class Quote:
    """An estimate. Quantities are lots, prices ticks, amounts quote units unless said otherwise.

    Attributes:
        fills: what trades at once, best price first.
        filled, rests, expires: what trades at once, comes to rest, or is let go.
        notional, resting_notional: of what trades at once, and of what rests.
        average_price: of what trades at once, as decimal text; None where nothing does.
        worst_price: the last price at which it trades.
        price_effect_ppm: how much worse than the middle the average is; None without middle or trade.
        fee: of both roles; `creator_fee` is the creator's part of it.
        total: what a buy costs or a sell brings in, if all but what is let go fills; fees included.
        hold: what is held at first.
        balance_after: what is free right after; None where it is not known.
        problems: errors in the order in which the exchange checks, or else warnings.
    """

    fills: tuple[Level, ...]
    filled: int
    rests: int
    expires: int
    notional: int
    resting_notional: int
    average_price: str | None
    worst_price: int | None
    price_effect_ppm: int | None
    fee: Fee
    creator_fee: int
    total: int
    hold: Hold
    balance_after: Available | None
    guards: Guards
    problems: tuple[Problem, ...]


def quote(
    order: DraftOrder,
    book: BookSides | None,
    market: Market,
    available: Available | None = None,
    indicative: int | None = None,
) -> Quote:
    """What `order` would do to `book` now. Without a book only what rests is estimated.

    In an auction, whose book may be crossed, a limit is measured by `indicative`, the price in ticks at which
    it would trade now, or else the last one; in an open market by the middle of the book.
    """
    # In an auction nothing trades at once.
    levels = [] if market.in_auction else opposite(book, order.side)
    crossing = _crossing(order, levels, market)
    wanted = crossing.lots if order.quantity is None else order.quantity
    walk = _taken(order, crossing, wanted)
    left = wanted - walk.lots
    rests = left if order.can_rest and not (order.post_only and crossing.lots) else 0
    resting_notional = market.notional(order.price or 0, rests)
    fee = Fee(
        fee_so_far(market.taker_fee_ppm, walk.notional), fee_so_far(market.maker_fee_ppm, resting_notional)
    )
    both = walk.notional + resting_notional
    hold = _hold(order, walk, wanted, market)
    measure = _twice_measure(book, market, indicative)
    effect = _effect_ppm(order, walk, measure, market)
    return Quote(
        fills=walk.fills,
        filled=walk.lots,
        rests=rests,
        expires=left - rests,
        notional=walk.notional,
        resting_notional=resting_notional,
        average_price=market.average_price(walk.notional, walk.lots) if walk.lots else None,
        worst_price=walk.fills[-1][0] if walk.fills else None,
        price_effect_ppm=effect,
        fee=fee,
        creator_fee=creator_part(fee.taker, market) + creator_part(fee.maker, market),
        total=both + fee.total if order.side == "buy" else both - fee.total,
        hold=hold,
        balance_after=_after(order, available, walk, rests, fee.taker, hold.amount, market),
        guards=_guards(order, walk, effect, measure, levels),
        problems=problems_of(
            order,
            Estimate(book is not None, crossing, wanted, hold.amount),
            market,
            _free(available, hold, market),
        ),
    )


def twice_middle(book: BookSides | None) -> int | None:
    """Twice the middle of the best prices, in ticks; None where a side is empty."""
    if book is None or not book.bids or not book.asks:
        return None
    return book.bids[0][0] + book.asks[0][0]


def _twice_measure(book: BookSides | None, market: Market, indicative: int | None) -> int | None:
    """Twice the price by which orders are measured, in ticks; None where there is none."""
    if market.in_auction:
        return None if indicative is None else 2 * indicative
    return twice_middle(book)


def _crossing(order: DraftOrder, levels: Sequence[Level], market: Market) -> Walk:
    """What the order crosses, whatever its conditions."""
    nothing = Walk((), 0, 0, exhausted=not levels)
    if order.type == "limit":
        if order.price is None or order.quantity is None:
            return nothing
        return walk_lots(levels, order.quantity, order.side, market, order.price)
    if order.quantity is not None:
        return walk_lots(levels, order.quantity, order.side, market)
    if order.quote_amount is None:
        return nothing
    walk = walk_spend if order.side == "buy" else walk_proceeds
    return walk(levels, order.quote_amount, market)


def _taken(order: DraftOrder, crossing: Walk, wanted: int) -> Walk:
    """What it trades of that: nothing where its conditions forbid it."""
    killed = order.type == "limit" and order.time_in_force == "fok" and crossing.lots < wanted
    return crossing._replace(fills=(), lots=0, notional=0) if killed or order.post_only else crossing


def _hold(order: DraftOrder, walk: Walk, wanted: int, market: Market) -> Hold:
    if order.side == "sell":
        return Hold(market.base, wanted * market.lot_size)
    if order.type == "limit":
        whole = market.notional(order.price or 0, wanted)
        return Hold(market.quote, limit_buy_hold(whole, market) if whole else 0)
    if order.quantity is None:
        return Hold(market.quote, order.quote_amount or 0)
    return Hold(market.quote, walk.notional + fee_so_far(market.taker_fee_ppm, walk.notional))


def _free(available: Available | None, hold: Hold, market: Market) -> int | None:
    if available is None:
        return None
    return available.quote if hold.asset == market.quote else available.base


def _after(
    order: DraftOrder,
    available: Available | None,
    walk: Walk,
    rests: int,
    taker_fee: int,
    hold: int,
    market: Market,
) -> Available | None:
    if available is None:
        return None
    traded = walk.lots * market.lot_size
    if order.side == "sell":
        base = available.base - traded - rests * market.lot_size
        return Available(base, available.quote + walk.notional - taker_fee)
    paid = walk.notional + taker_fee
    kept = 0
    if rests:
        resting = resting_buy_hold(market.notional(order.price or 0, rests), market)
        kept = min(resting, hold - paid)
    return Available(available.base + traded, available.quote - paid - kept)


def _effect_ppm(order: DraftOrder, walk: Walk, measure: int | None, market: Market) -> int | None:
    if not measure or not walk.lots:
        return None
    at_middle = market.notional(measure, walk.lots)
    worse = 2 * walk.notional - at_middle if order.side == "buy" else at_middle - 2 * walk.notional
    return divide_to_nearest(worse * PPM, at_middle)


def _guards(
    order: DraftOrder, walk: Walk, effect: int | None, measure: int | None, levels: Sequence[Level]
) -> Guards:
    distance = _distance_ppm(order, measure)
    # A bid far below it costs nobody anything.
    crossing = (distance or 0) if order.side == "buy" else -(distance or 0)
    worse = max(effect or 0, crossing)
    return Guards(
        price_effect=effect is not None and effect > _EFFECT_ASK_PPM,
        far_price=distance is not None and abs(distance) > _DISTANCE_ASK_PPM,
        large_share=walk.lots > 0 and walk.lots * 2 > sum(lots for _, lots in levels),
        distance_ppm=distance,
        type_ppm=worse if worse > _WORSE_TYPE_PPM else None,
    )


def _distance_ppm(order: DraftOrder, measure: int | None) -> int | None:
    """Rounded towards zero."""
    if order.type != "limit" or order.price is None or not measure:
        return None
    apart = 2 * order.price - measure
    distance = abs(apart) * PPM // measure
    return distance if apart >= 0 else -distance
