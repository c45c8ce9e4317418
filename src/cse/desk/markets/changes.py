"""Changes of markets: from what an operator asks for to the core's command, with what it was before.

Nothing here asks anybody: a change is made of the market as it is, and says what of it will be another.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from cse.audit.acts import Act
from cse.desk.markets.models import (
    BandValues,
    LimitValues,
    MarketFeeRates,
    MarketPromotion,
    NewMarket,
)
from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.limits import QUANTITY_LIMIT
from cse.domain.markets import Market
from cse.domain.money import parse_decimal
from cse.engine import wire
from cse.ledger.genesis import FEE_ACCOUNT
from cse.marketdata.views import STATUSES
from cse.runtime.http.times import format_time, parse_time

STATUS_OF: Final = {name: status for status, name in STATUSES.items()}


class Change(NamedTuple):
    """A command about a market; `before` and `after` name what changes, such as `status=open`."""

    act: Act
    market: str
    command: bytes
    before: str
    after: str


class Rates(NamedTuple):
    """What a tier pays in a market, in parts per million; None where the tier has no rates there."""

    maker_fee_ppm: int | None
    taker_fee_ppm: int | None


def listed(
    name: str, base: Asset, quote: Asset, asked: NewMarket, status: MarketStatus = MarketStatus.CREATED
) -> Change:
    """Lists a market. Raises `CodedError` for what is no decimal or no multiple."""
    tick = parse_decimal(asked.tick_size, field="tick_size")
    lot_size = base.parse(asked.lot_size, field="lot_size")
    most = QUANTITY_LIMIT - 1
    if asked.max_quantity is not None:
        most = base.parse(asked.max_quantity, field="max_quantity") // lot_size
    command = wire.CreateMarket(
        base=base.id,
        quote=quote.id,
        tick_size=tick.digits,
        tick_decimals=tick.decimals,
        lot_size=lot_size,
        min_notional=0 if _is_zero(asked.min_notional, "min_notional")
        else quote.parse(asked.min_notional, field="min_notional"),
        max_quantity=most,
        maker_fee_ppm=asked.maker_fee_ppm,
        taker_fee_ppm=asked.taker_fee_ppm,
        creator_share_ppm=0,
        creator_account=0,
        fee_account=FEE_ACCOUNT,
        price_band_ppm=asked.price_band_ppm,
        max_open_orders=asked.max_open_orders,
        status=status,
    )  # fmt: skip
    after = {
        "status": STATUSES[status],
        "tick_size": asked.tick_size,
        "lot_size": asked.lot_size,
        "min_notional": asked.min_notional,
        "maker_fee_ppm": asked.maker_fee_ppm,
        "taker_fee_ppm": asked.taker_fee_ppm,
        "price_band_ppm": asked.price_band_ppm,
        "max_open_orders": asked.max_open_orders,
    }
    return Change(Act.MARKET_CREATED, name, command.encode(), "", _said(after))


def status_set(market: Market, status: MarketStatus, ends_at_us: int) -> Change:
    """Gives a market another status; from an auction to open, its orders trade first."""
    command = wire.SetMarketStatus(market.id, status, ends_at_us)
    return change(
        Act.MARKET_STATUS_SET,
        market,
        command.encode(),
        {"status": STATUSES[market.status], "auction_ends_at": _time(market.auction_ends_at_us)},
        {"status": STATUSES[status], "auction_ends_at": _time(ends_at_us)},
    )


def band_set(market: Market, asked: BandValues, seen: BandValues | None = None) -> Change:
    """Changes band and interruption.

    Raises `CodedError` for what the core would refuse without a word, and where what is asked for was `seen`
    as another than it is.
    """
    now, command = _band(market, BandValues()), _band(market, asked)
    if seen is not None:
        refuse_unseen(asked, seen, _band_said(market, now), _band_said(market, _band(market, seen)))
    for field, seconds in (
        ("interruption_window_s", command.interruption_window_s),
        ("interruption_auction_s", command.interruption_auction_s),
    ):
        if command.interruption_ppm and not seconds:
            raise unfit(
                field,
                "an interruption takes interruption_ppm, interruption_window_s and interruption_auction_s,"
                " each above zero",
            )
    before, after = _band_said(market, now), _band_said(market, command)
    return change(Act.MARKET_BAND_SET, market, command.encode(), before, after)


def _band(market: Market, asked: BandValues) -> wire.SetMarketBand:
    """What is asked for, and of all else what is now."""
    return wire.SetMarketBand(
        market=market.id,
        price_band_ppm=number_or(asked.price_band_ppm, market.price_band_ppm),
        interruption_ppm=number_or(asked.interruption_ppm, market.interruption_ppm),
        interruption_window_s=number_or(asked.interruption_window_s, market.interruption_window_s),
        interruption_auction_s=number_or(asked.interruption_auction_s, market.interruption_auction_s),
        reference_price=_ticks(market, asked.reference_price, market.reference_price, "reference_price"),
    )


def _band_said(market: Market, command: wire.SetMarketBand) -> dict[str, object]:
    return {
        **{name: getattr(command, name) for name in BandValues.__struct_fields__},
        "reference_price": market.format_price(command.reference_price),
    }


def limits_set(market: Market, asked: LimitValues, seen: LimitValues | None = None) -> Change:
    """Changes what orders may be. Raises `CodedError` as `band_set` does."""
    now, command = _limits(market, LimitValues()), _limits(market, asked)
    before, after = _limits_said(market, now), _limits_said(market, command)
    if seen is not None:
        refuse_unseen(asked, seen, before, _limits_said(market, _limits(market, seen)))
    if command.max_notional and command.max_notional < command.min_notional:
        raise unfit("max_notional", "it is below min_notional")
    if command.max_quantity < max(command.min_quantity, command.quantity_increment, 1):
        raise unfit("max_quantity", "it is below min_quantity or lot_size, or zero")
    if not command.price_increment or not command.quantity_increment:
        raise unfit("lot_size" if command.price_increment else "tick_size", "a step is above zero")
    return change(Act.MARKET_LIMITS_SET, market, command.encode(), before, after)


def _limits(market: Market, asked: LimitValues) -> wire.SetMarketLimits:
    """What is asked for, and of all else what is now."""
    return wire.SetMarketLimits(
        market=market.id,
        max_open_orders=number_or(asked.max_open_orders, market.max_open_orders),
        min_notional=notional_or(market, asked.min_notional, market.min_notional, "min_notional"),
        max_notional=notional_or(market, asked.max_notional, market.max_notional, "max_notional"),
        min_quantity=lots_or(market, asked.min_quantity, market.min_quantity, "min_quantity"),
        max_quantity=lots_or(market, asked.max_quantity, market.max_quantity, "max_quantity"),
        price_increment=_ticks(market, asked.tick_size, market.price_increment, "tick_size"),
        quantity_increment=lots_or(market, asked.lot_size, market.quantity_increment, "lot_size"),
    )


def fees_set(market: Market, before: Rates, asked: MarketFeeRates) -> Change:
    """Sets rates for orders placed from now on, of all accounts or of those in a tier."""
    is_of_all = asked.tier == 0
    command = wire.SetMarketFees(
        market=market.id,
        maker_fee_ppm=asked.maker_fee_ppm,
        taker_fee_ppm=asked.taker_fee_ppm,
        creator_share_ppm=market.creator_share_ppm if is_of_all else 0,
        creator_account=market.creator_account if is_of_all else 0,
        tier=asked.tier,
    )
    after = Rates(asked.maker_fee_ppm, asked.taker_fee_ppm)
    whose = {} if is_of_all else {"tier": asked.tier}
    return Change(
        Act.MARKET_FEES_SET,
        market.name,
        command.encode(),
        _said({**whose, **before._asdict()}),
        _said({**whose, **after._asdict()}),
    )


def promoted(market: Market, before: str, asked: MarketPromotion, now_us: int) -> Change:
    """Lowers rates until a time that is ahead."""
    ends_at_us = parse_time(asked.ends_at, field="ends_at")
    if ends_at_us <= now_us:
        raise unfit("ends_at", "it is not ahead")
    command = wire.SetMarketPromotion(market.id, asked.maker_fee_ppm, asked.taker_fee_ppm, ends_at_us)
    after = promotion_said(asked.maker_fee_ppm, asked.taker_fee_ppm, ends_at_us)
    return Change(Act.MARKET_PROMOTION_SET, market.name, command.encode(), before, after)


def promotion_ended(market: Market, before: str) -> Change:
    """Ends lower rates at once."""
    command = wire.SetMarketPromotion(market.id, 0, 0, 0)
    return Change(Act.MARKET_PROMOTION_SET, market.name, command.encode(), before, "ends_at=none")


def self_trades_set(market: Market, *, allowed: bool) -> Change:
    """Says whether orders of a market may ask for no prevention of self-trades."""
    command = wire.SetMarketSelfTrade(market.id, allowed).encode()
    before = {"self_trades_allowed": str(market.self_trades_allowed).lower()}
    after = {"self_trades_allowed": str(allowed).lower()}
    return change(Act.MARKET_LIMITS_SET, market, command, before, after)


def orders_cancelled(name: str, market: int) -> Change:
    """Cancels open orders of a market, as many as one command does."""
    return Change(Act.MARKET_ORDERS_CANCELLED, name, wire.CancelMarketOrders(market).encode(), "", "")


def promotion_said(maker_fee_ppm: int, taker_fee_ppm: int, ends_at_us: int) -> str:
    """A promotion as a change names it."""
    if not ends_at_us:
        return "ends_at=none"
    rates = {"maker_fee_ppm": maker_fee_ppm, "taker_fee_ppm": taker_fee_ppm}
    return _said({**rates, "ends_at": format_time(ends_at_us)})


def change(
    act: Act, market: Market, command: bytes, before: Mapping[str, object], after: Mapping[str, object]
) -> Change:
    """A command about a market, and what of it will be another than before."""
    changed = [name for name, value in before.items() if after[name] != value]
    return Change(
        act,
        market.name,
        command,
        _said({name: before[name] for name in changed}),
        _said({name: after[name] for name in changed}),
    )


def _said(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={'none' if value is None else value}" for name, value in values.items())


def refuse_unseen(
    asked: msgspec.Struct, seen: msgspec.Struct, now: Mapping[str, object], was: Mapping[str, object]
) -> None:
    """Returns where each value that is asked to be another is still what the operator has `seen` of it.

    `now` and `was` are what is and what was seen, by the fields of `seen`. Other values may be others by now:
    they stay as they are.

    Raises:
        CodedError: `version_outdated` with what is now; `missing_field` for what was not seen.
    """
    named = [name for name in seen.__struct_fields__ if getattr(asked, name) is not None]
    for name in named:
        if getattr(seen, name) is None:
            raise CodedError(codes.MISSING_FIELD, field=f"seen.{name}")
    others = [name for name in named if now[name] != was[name]]
    if others:
        is_now = _said({name: now[name] for name in others})
        raise CodedError(codes.VERSION_OUTDATED, field=others[0], now=is_now)


def _limits_said(market: Market, command: wire.SetMarketLimits) -> dict[str, object]:
    return {
        "tick_size": market.format_price(command.price_increment),
        "lot_size": market.format_quantity(command.quantity_increment),
        "min_quantity": market.format_quantity(command.min_quantity),
        "max_quantity": market.format_quantity(command.max_quantity),
        "min_notional": market.quote.format(command.min_notional),
        "max_notional": market.quote.format(command.max_notional),
        "max_open_orders": command.max_open_orders,
    }


def _time(time_us: int) -> str | None:
    return format_time(time_us) if time_us else None


def number_or(asked: int | None, before: int) -> int:
    """What is asked for, or what was before."""
    return before if asked is None else asked


def _is_zero(asked: str, field: str) -> bool:
    return parse_decimal(asked, field=field).digits == 0


def notional_or(market: Market, asked: str | None, before: int, field: str) -> int:
    """Quote units of what is asked for, 0 for none; or what was before."""
    if asked is None:
        return before
    return 0 if _is_zero(asked, field) else market.quote.parse(asked, field=field)


def lots_or(market: Market, asked: str | None, before: int, field: str) -> int:
    """Lots of what is asked for, 0 for none; or what was before."""
    if asked is None:
        return before
    return 0 if _is_zero(asked, field) else market.parse_quantity(asked, field=field)


def _ticks(market: Market, asked: str | None, before: int, field: str) -> int:
    if asked is None:
        return before
    return 0 if _is_zero(asked, field) else market.parse_price(asked, field=field)


def unfit(field: str, reason: str) -> CodedError:
    """What is raised of a field that does not fit others."""
    return CodedError(codes.INVALID_FIELD, field=field, reason=reason)
