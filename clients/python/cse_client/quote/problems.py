"""What stands in the way of an order, in the codes with which the exchange would refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from cse_client import codes
from cse_client.market import Market
from cse_client.quote.draft import DraftOrder
from cse_client.quote.walk import Walk

PRICE_LIMIT: Final = 1 << 40
SUPPLY_LIMIT: Final = 1 << 100

Field = Literal["price", "quantity", "quote_amount"]

# What only an estimate can tell.
PRICE_MISSING: Final = "price_missing"
QUANTITY_MISSING: Final = "quantity_missing"
BOOK_UNKNOWN: Final = "book_unknown"
NOTHING_TO_TAKE: Final = "nothing_to_take"
FILLS_PARTLY: Final = "fills_partly"
WOULD_BE_KILLED: Final = "would_be_killed"


@dataclass(frozen=True, slots=True)
class Problem:
    """A reason against an order. An `error` would be refused, a `warning` would be taken.

    `needed` and `available` are units of the asset that is short; `limit` is the bound, in the units of
    the field: ticks, lots, or quote units.
    """

    code: str
    severity: Literal["error", "warning"]
    field: Field | None = None
    needed: int | None = None
    available: int | None = None
    limit: int | None = None


class Estimate(NamedTuple):
    """What the quote has found."""

    has_book: bool
    crossing: Walk
    wanted: int
    hold: int


def problems_of(
    order: DraftOrder, estimate: Estimate, market: Market, available: int | None
) -> tuple[Problem, ...]:
    """Errors in the order in which the exchange checks, or else warnings.

    `available` is what is free of the asset that the order holds, None where it is not known.
    """
    errors = [*_of_status(order, market), *_of_fields(order, market)]
    if order.post_only and estimate.crossing.lots:
        errors.append(Problem(codes.POST_ONLY_WOULD_TAKE, "error", "price"))
    if available is not None and estimate.hold > available:
        by_amount = order.type == "market" and order.quantity is None
        field: Field = "quote_amount" if by_amount else "quantity"
        errors.append(Problem(codes.INSUFFICIENT_FUNDS, "error", field, estimate.hold, available))
    return tuple(errors or _warnings(order, estimate))


def _of_fields(order: DraftOrder, market: Market) -> list[Problem]:
    found = [*_of_presence(order), *_of_ranges(order, market)]
    if not found:
        found.extend(_of_steps(order, market))
    value, field = _value(order, market)
    if found or value is None:
        return found
    most = market.max_notional
    if value < market.min_notional:
        found.append(Problem(codes.BELOW_MIN_NOTIONAL, "error", field, limit=market.min_notional))
    elif most is not None and value > most:
        found.append(Problem(codes.ABOVE_MAX_NOTIONAL, "error", field, limit=most))
    return found


def _of_status(order: DraftOrder, market: Market) -> Iterator[Problem]:
    if market.is_open:
        return
    if not market.in_auction:
        yield Problem(codes.MARKET_HALTED, "error")
    elif not order.can_rest or order.post_only:
        yield Problem(codes.NOT_IN_AUCTION, "error")


def _of_steps(order: DraftOrder, market: Market) -> Iterator[Problem]:
    """What lies between the steps in force, or below the least quantity."""
    price, quantity = order.price, order.quantity
    if order.type == "limit" and (price or 0) % market.price_increment:
        yield Problem(codes.PRICE_OFF_TICK, "error", "price", limit=market.price_increment)
    if quantity is not None and quantity < market.min_quantity:
        yield Problem(codes.BELOW_MIN_QUANTITY, "error", "quantity", limit=market.min_quantity)
    elif quantity is not None and quantity % market.quantity_increment:
        yield Problem(codes.QUANTITY_OFF_LOT, "error", "quantity", limit=market.quantity_increment)


def _of_presence(order: DraftOrder) -> Iterator[Problem]:
    is_limit = order.type == "limit"
    if order.post_only and not order.can_rest:
        yield Problem(codes.POST_ONLY_NOT_ALLOWED, "error")
    if is_limit and order.price is None:
        yield Problem(PRICE_MISSING, "error", "price")
    if order.quantity is None and (is_limit or order.quote_amount is None):
        yield Problem(QUANTITY_MISSING, "error", "quantity")
    if order.quote_amount is not None and (is_limit or order.quantity is not None):
        yield Problem(codes.QUANTITY_OR_QUOTE_AMOUNT, "error", "quote_amount")


def _of_ranges(order: DraftOrder, market: Market) -> Iterator[Problem]:
    if order.type == "limit" and order.price is not None and not 0 < order.price < PRICE_LIMIT:
        yield Problem(codes.PRICE_OUT_OF_RANGE, "error", "price", limit=PRICE_LIMIT)
    if order.quantity is not None and not 0 < order.quantity <= market.max_quantity:
        yield Problem(codes.QUANTITY_OUT_OF_RANGE, "error", "quantity", limit=market.max_quantity)
    if order.quote_amount is not None and not 0 < order.quote_amount < SUPPLY_LIMIT:
        yield Problem(codes.QUANTITY_OUT_OF_RANGE, "error", "quote_amount", limit=SUPPLY_LIMIT)


def _value(order: DraftOrder, market: Market) -> tuple[int | None, Field]:
    if order.type == "limit":
        return market.notional(order.price or 0, order.quantity or 0), "quantity"
    return order.quote_amount, "quote_amount"


def _warnings(order: DraftOrder, estimate: Estimate) -> list[Problem]:
    if not estimate.has_book:
        return [Problem(BOOK_UNKNOWN, "warning")]
    if order.can_rest:
        return []
    crossing = estimate.crossing
    if crossing.lots == 0:
        return [Problem(NOTHING_TO_TAKE, "warning")]
    is_short = crossing.lots < estimate.wanted
    if order.type == "limit" and order.time_in_force == "fok" and is_short:
        return [Problem(WOULD_BE_KILLED, "warning")]
    by_amount = order.type == "market" and order.quantity is None
    return [Problem(FILLS_PARTLY, "warning")] if (crossing.exhausted if by_amount else is_short) else []
