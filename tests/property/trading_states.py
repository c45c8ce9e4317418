"""Commands that change how markets trade, for a stream: status, limits, bands, and clearing a book."""

from cse.domain.limits import AUCTION_ENDS_AT_LIMIT_US, NOTIONAL_LIMIT, PPM, PRICE_LIMIT, SUPPLY_LIMIT
from cse.engine.wire import CancelMarketOrders, MarketStatus, SetMarketBand, SetMarketLimits, SetMarketStatus
from tests.property.chance import Chance
from tests.property.orders import LARGE_EDGES, near
from tests.property.settings import Setting
from tests.reference.state import State

NOT_OPEN = [status for status in MarketStatus if status != MarketStatus.OPEN]


class TradingStateMaker:
    """Draws commands about markets; `auctions` is how often an open one that stops goes into auction."""

    def __init__(self, source: Chance, setting: Setting) -> None:
        self.source = source
        self.setting = setting
        self.auctions = source.choice([0.4, 0.7, 0.9])

    def market(self) -> int:
        source = self.source
        chance = source.random()
        if chance < 0.85:
            return source.randint(1, self.setting.markets)
        return self.setting.markets + 1 if chance < 0.95 else source.randrange(5)

    def status(self, state: State, now_us: int) -> bytes:
        source, market = self.source, self.market()
        status = self.next_status(state, market)
        ends_at_us = 0
        if status == MarketStatus.AUCTION or source.random() < 0.02:
            ends_at_us = source.choice([0, now_us + source.randrange(1, 30_000)])
        if source.random() < 0.04:
            limit_us = AUCTION_ENDS_AT_LIMIT_US
            ends_at_us = source.choice([now_us, now_us + 1, -1, limit_us - 1, limit_us])
        return SetMarketStatus(market, status, ends_at_us).encode()

    def next_status(self, state: State, market_id: int) -> int:
        """Mostly one that lets the market go on; markets that a stream was not begun with may end."""
        source = self.source
        market = state.markets.get(market_id)
        if market is not None and market.status == MarketStatus.CREATED and source.random() < 0.9:
            stays, cancel_only, ends = MarketStatus.CREATED, MarketStatus.CANCEL_ONLY, MarketStatus.DELISTED
            return source.choice([stays, stays, stays, cancel_only, ends])
        if market is None or market_id > self.setting.markets or source.random() < 0.05:
            anything: list[int] = [*MarketStatus, 0, 7]
            return source.choice(anything)
        if market.status == MarketStatus.OPEN:
            return MarketStatus.AUCTION if source.random() < self.auctions else source.choice(NOT_OPEN)
        if market.status == MarketStatus.CANCEL_ONLY and source.random() < 0.6:
            has_orders = any(order.market == market_id for order in state.open_orders.values())
            return MarketStatus.DELISTED if has_orders else MarketStatus.OPEN
        usual = [
            *[MarketStatus.OPEN] * 7,
            MarketStatus.AUCTION,
            MarketStatus.AUCTION,
            MarketStatus.CANCEL_ONLY,
        ]
        return source.choice(usual)

    def limits(self) -> bytes:
        """Mostly what any order keeps to, so that other rules are reached too."""
        source = self.source
        low, high = self.setting.quantities
        price, _ = self.setting.prices
        narrow = source.random() < 0.4
        limits = SetMarketLimits(
            market=self.market(),
            max_open_orders=source.choice([0, 0, 3, 8]),
            min_notional=source.choice([0, 5, low * price]) if narrow else 0,
            max_notional=source.choice([0, high * price * 100, NOTIONAL_LIMIT - 1]) if narrow else 0,
            min_quantity=source.choice([0, 2, low]) if narrow else 0,
            max_quantity=max(40, high),
            price_increment=source.choice([1, 1, 1, 2, 3]) if narrow else 1,
            quantity_increment=source.choice([1, 1, 1, 2, 3]) if narrow else 1,
        )
        if source.random() < 0.1:
            field = source.choice(limits._fields[1:])
            edges = [SUPPLY_LIMIT - 1, SUPPLY_LIMIT, NOTIONAL_LIMIT] if "notional" in field else LARGE_EDGES
            edge = source.choice([0, 1, *edges])
            limits = limits._replace(**{field: edge & 0xFFFF_FFFF if field == "max_open_orders" else edge})
        return limits.encode()

    def band(self) -> bytes:
        source = self.source
        low, high = self.setting.prices
        price = near(source, low, high)
        tight_ppm = min(PPM // max(price, 1) + 1, PPM - 1)
        return (
            SetMarketBand(
                market=self.market(),
                price_band_ppm=source.choice([0, 0, tight_ppm, 50_000, 300_000, PPM - 1]),
                interruption_ppm=source.choice([0, tight_ppm, 50_000, 200_000, PPM - 1]),
                interruption_window_s=source.choice([1, 1, 60, 86_400]),
                interruption_auction_s=source.choice([1, 1, 60, 86_400]),
                reference_price=source.choice([0, price]),
            )
            ._replace(**self.edge_of_band())
            .encode()
        )

    def edge_of_band(self) -> dict[str, int]:
        source = self.source
        if source.random() >= 0.1:
            return {}
        edges = [
            ("price_band_ppm", PPM),
            ("interruption_ppm", PPM),
            ("interruption_window_s", source.choice([0, 86_401])),
            ("interruption_auction_s", source.choice([0, 86_401])),
            ("reference_price", PRICE_LIMIT),
        ]
        return dict([source.choice(edges)])

    def clear(self) -> bytes:
        return CancelMarketOrders(self.market()).encode()
