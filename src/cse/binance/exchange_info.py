"""Markets and limits as `exchangeInfo` has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from cse.binance.market_models import ExchangeInfo, SymbolInfo
from cse.binance.parameters import ms, symbol_of
from cse.binance.words import ORDER_TYPES, PREVENTIONS
from cse.domain.enumerations import MarketStatus
from cse.domain.limits import PPM, PRICE_LIMIT
from cse.domain.markets import Market
from cse.domain.money import format_units
from cse.domain.rates import Rate

STATUSES: Final = {
    MarketStatus.CREATED: "PRE_TRADING",
    MarketStatus.OPEN: "TRADING",
    MarketStatus.HALTED: "HALT",
    MarketStatus.AUCTION: "AUCTION_MATCH",
    MarketStatus.CANCEL_ONLY: "BREAK",
    MarketStatus.DELISTED: "POST_TRADING",
}
_PPM_DECIMALS: Final = 6
_ORDERS_WINDOW_S: Final = 10
_MINUTE_S: Final = 60


def exchange_info(markets: Sequence[Market], requests: Rate, orders: Rate, now_us: int) -> ExchangeInfo:
    """The answer, of these markets, where these rates hold."""
    return ExchangeInfo(
        timezone="UTC",
        server_time=ms(now_us),
        rate_limits=[
            _limit("REQUEST_WEIGHT", "MINUTE", 1, requests, _MINUTE_S),
            order_rate(orders),
        ],
        exchange_filters=[],
        symbols=[symbol_info(market) for market in markets],
    )


def order_rate(rate: Rate) -> dict[str, Any]:
    """How many orders may be sent."""
    return _limit("ORDERS", "SECOND", _ORDERS_WINDOW_S, rate, _ORDERS_WINDOW_S)


def symbol_info(market: Market) -> SymbolInfo:
    """One market."""
    base, quote = market.base, market.quote
    modes = list(PREVENTIONS)
    return SymbolInfo(
        symbol=symbol_of(market),
        status=STATUSES[market.status],
        base_asset=base.symbol,
        base_asset_precision=base.decimals,
        quote_asset=quote.symbol,
        quote_precision=quote.decimals,
        quote_asset_precision=quote.decimals,
        base_commission_precision=base.decimals,
        quote_commission_precision=quote.decimals,
        order_types=list(ORDER_TYPES),
        iceberg_allowed=True,
        oco_allowed=True,
        oto_allowed=False,
        quote_order_qty_market_allowed=True,
        allow_trailing_stop=True,
        cancel_replace_allowed=True,
        amend_allowed=False,
        is_spot_trading_allowed=market.status is MarketStatus.OPEN,
        is_margin_trading_allowed=False,
        filters=filters_of(market),
        permissions=["SPOT"],
        permission_sets=[["SPOT"]],
        default_self_trade_prevention_mode=modes[0],
        allowed_self_trade_prevention_modes=modes,
    )


def filters_of(market: Market) -> list[dict[str, Any]]:
    """What an order must keep to; who does is refused for none of it."""
    tick = market.price_increment
    highest = (PRICE_LIMIT - 1) // tick * tick
    lot = market.quantity_increment
    least = -(-max(market.min_quantity, 1) // lot) * lot
    filters: list[dict[str, Any]] = [
        {
            "filterType": "PRICE_FILTER",
            "minPrice": market.fixed_price(tick),
            "maxPrice": market.fixed_price(highest),
            "tickSize": market.fixed_price(tick),
        },
        {
            "filterType": "LOT_SIZE",
            "minQty": market.fixed_quantity(least),
            "maxQty": market.fixed_quantity(market.max_quantity // lot * lot),
            "stepSize": market.fixed_quantity(lot),
        },
        _notional(market),
        {"filterType": "MAX_NUM_ORDERS", "maxNumOrders": market.max_open_orders},
    ]
    if market.price_band_ppm:
        filters.append(
            {
                "filterType": "PERCENT_PRICE",
                "multiplierUp": format_units(PPM + market.price_band_ppm, _PPM_DECIMALS),
                "multiplierDown": format_units(max(PPM - market.price_band_ppm, 0), _PPM_DECIMALS),
                # By the last price, and no average.
                "avgPriceMins": 0,
            }
        )
    return filters


def _notional(market: Market) -> dict[str, Any]:
    least = market.quote.format(market.min_notional)
    if not market.max_notional:
        return {
            "filterType": "MIN_NOTIONAL",
            "minNotional": least,
            "applyToMarket": True,
            "avgPriceMins": 0,
        }
    return {
        "filterType": "NOTIONAL",
        "minNotional": least,
        "applyMinToMarket": True,
        "maxNotional": market.quote.format(market.max_notional),
        "applyMaxToMarket": True,
        "avgPriceMins": 0,
    }


def _limit(kind: str, interval: str, number: int, rate: Rate, window_s: int) -> dict[str, Any]:
    """What may be sent within a stretch of time by who does so on and on."""
    most = min(rate.at_once, rate.per_second * window_s)
    return {"rateLimitType": kind, "interval": interval, "intervalNum": number, "limit": most}
