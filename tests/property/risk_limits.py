"""Risk limits for a stream, and the times at which what was counted is forgotten.

They are drawn from chances of their own: a stream that sets none is what it would be without them.
"""

from cse.domain.limits import FAR_PPM_LIMIT, FEE_TIER_MAX, NOTIONAL_LIMIT, RISK_STRETCH_US, RISK_STRETCHES
from cse.engine.wire import SetRiskLimits
from tests.property.chance import Chance
from tests.property.settings import Setting
from tests.reference.state import State

COUNTS = [0, 0, 1, 3, 10]


class RiskMaker:
    """Draws limits; `often` is how often one comes, 0 in streams without."""

    def __init__(self, seed: int, setting: Setting) -> None:
        self.source = Chance(seed + (1 << 57))
        self.setting = setting
        self.often = self.source.choice([0.0, 0.0, 0.01, 0.03])

    def is_next(self) -> bool:
        return self.often > 0 and self.source.random() < self.often

    def limits(self, state: State) -> bytes:
        """Mostly such that most orders go on; now and then none, or none that are valid."""
        source = self.source
        market = source.randint(1, self.setting.markets) if source.random() < 0.95 else source.randrange(5)
        limits = SetRiskLimits(market, source.choice([0, 0, 0, 1, 2, 3]), *[0] * 10)
        if source.random() < 0.7:
            limits = limits._replace(**self.flags(state, market))
        if source.random() < 0.4:
            limits = limits._replace(**self.bounds(state, market))
        if source.random() < 0.05:
            limits = limits._replace(**self.edge())
        return limits.encode()

    def bounds(self, state: State, market: int) -> dict[str, int]:
        source = self.source
        _, high = self.setting.quantities
        return {
            "max_quantity": source.choice([0, 0, high, max(1, high // 2)]),
            "max_notional": source.choice([0, 0, self.notional(state, market, source.choice([1, 2]))]),
            "max_notional_per_minute": self.notional(state, market, source.choice([0, 5, 100, 100])),
            "max_open_orders": source.choice([0, 0, 2, 5]),
        }

    def flags(self, state: State, market: int) -> dict[str, int]:
        source = self.source
        cancels, far_orders = source.choice(COUNTS), source.choice(COUNTS)
        return {
            "flag_notional_per_minute": self.notional(state, market, source.choice([0, 1, 5, 30])),
            "flag_cancels": cancels,
            "flag_cancels_per_fill": source.choice([0, 1, 2, 1_000]) if cancels else 0,
            "flag_far_orders": far_orders,
            "flag_far_ppm": source.choice([1, 100_000, 300_000]) if far_orders else 0,
            "flag_self_trades": source.choice(COUNTS),
        }

    def notional(self, state: State, market_id: int, orders: int) -> int:
        """What so many large orders come to."""
        market, (low, high) = state.markets.get(market_id), self.setting.prices
        price, (_, most) = min(high, 2 * low), self.setting.quantities
        return min((market.notional(price, most) if market else 1) * orders, NOTIONAL_LIMIT - 1)

    def edge(self) -> dict[str, int]:
        source = self.source
        edges = [
            ("tier", source.choice([FEE_TIER_MAX, FEE_TIER_MAX + 1, 255])),
            ("max_quantity", source.choice([(1 << 50) - 1, 1 << 50])),
            ("max_notional", source.choice([NOTIONAL_LIMIT - 1, NOTIONAL_LIMIT])),
            ("max_notional_per_minute", source.choice([NOTIONAL_LIMIT - 1, NOTIONAL_LIMIT])),
            ("flag_notional_per_minute", source.choice([NOTIONAL_LIMIT - 1, NOTIONAL_LIMIT])),
            ("flag_cancels_per_fill", 1),
            ("flag_far_ppm", source.choice([0, 1, FAR_PPM_LIMIT - 1, FAR_PPM_LIMIT])),
            ("flag_far_orders", source.choice([0, (1 << 32) - 1])),
        ]
        return dict([source.choice(edges)])

    def next_time(self, time_us: int) -> int:
        """Mostly the same time; else one at which a stretch begins, or the microsecond before."""
        source = self.source
        if self.often == 0 or source.random() >= 0.01:
            return time_us
        stretch = time_us // RISK_STRETCH_US + source.choice([1, 1, RISK_STRETCHES - 1, RISK_STRETCHES])
        return max(time_us, stretch * RISK_STRETCH_US - source.randrange(2))
