"""What operators ask of an exchange, for a stream: listings, freezes, the terms of markets and accounts."""

from cse.domain.accounts import NO_OWNER, external_owner
from cse.domain.limits import CANCEL_TIMEOUT_MAX_US, CANCEL_TIMEOUT_MIN_US, EXPIRES_AT_LIMIT_US
from cse.engine.wire import (
    AccountKind,
    CreateAsset,
    FreezeAccount,
    OpenAccount,
    SetAccountTier,
    SetCancelTimer,
    SetMarketFees,
    SetMarketPromotion,
    SetMarketSelfTrade,
    UnfreezeAccount,
)
from tests.property import settings
from tests.property.chance import Chance
from tests.property.orders import SMALL_EDGES
from tests.property.settings import TRADERS

RATES_PPM = [-1_001, -1_000, 0, 1, 500, 1_000, 2_000, 100_000, 100_001]
TIERS = [0, 0, 1, 1, 2, 2, 3, 9, 10]


class OperatorMaker:
    """Draws commands about assets, accounts and markets."""

    def __init__(self, source: Chance) -> None:
        self.source = source

    def freeze_or_not(self) -> bytes:
        if self.source.random() < 0.15:
            return FreezeAccount(self.account()).encode()
        return UnfreezeAccount(self.account()).encode()

    def account(self) -> int:
        return self.source.choice(TRADERS) if self.source.random() < 0.9 else self.source.randrange(14)

    def fees(self) -> bytes:
        source = self.source
        tier = source.choice(TIERS)
        share, creator = source.choice([0, 0, 1, 500_000, 1_000_000, 1_000_001]), [0, *TRADERS, 1, 2, 8, 99]
        if tier != 0 and source.random() < 0.9:
            share, creator = 0, [0]
        return SetMarketFees(
            market=source.randrange(4),
            maker_fee_ppm=source.choice(RATES_PPM),
            taker_fee_ppm=source.choice([-1, *RATES_PPM[2:]]),
            creator_share_ppm=share,
            creator_account=source.choice(creator),
            tier=tier,
        ).encode()

    def tier(self) -> bytes:
        return SetAccountTier(self.account(), self.source.choice(TIERS)).encode()

    def promotion(self, now_us: int) -> bytes:
        source = self.source
        ends_at_us = now_us + source.randrange(1, 50_000)
        rates = source.choice(RATES_PPM), source.choice([-1, *RATES_PPM[2:]])
        if source.random() < 0.2:
            ends_at_us = source.choice([0, -1, now_us, EXPIRES_AT_LIMIT_US - 1, EXPIRES_AT_LIMIT_US])
            rates = source.choice([rates, (0, 0)])
        return SetMarketPromotion(source.randrange(4), *rates, ends_at_us).encode()

    def timer(self, now_us: int) -> bytes:
        source = self.source
        timeout_us = CANCEL_TIMEOUT_MIN_US + source.randrange(3_000)
        if source.random() < 0.3:
            lowest, highest = CANCEL_TIMEOUT_MIN_US, CANCEL_TIMEOUT_MAX_US
            timeout_us = source.choice([0, 0, lowest - 1, lowest, highest, highest + 1, -lowest, 1 << 62])
        return SetCancelTimer(self.account(), timeout_us).encode()

    def self_trade(self) -> bytes:
        return SetMarketSelfTrade(self.source.randrange(4), self.source.choice([0, 1, 1, 1, 2])).encode()

    def listing(self) -> bytes:
        source = self.source
        kind = source.choice(["asset", "account", "market", "market"])
        if kind == "asset":
            symbol = source.choice(["USDC", "A", "ABCDEFGHIJK", "AB", "ab", "NO", "VALAB", "É", "Z9"])
            return CreateAsset(symbol, source.choice([0, 6, 18, 19])).encode()
        if kind == "account":
            return self.new_account()
        market = settings.market_of_small_numbers(source, source.randrange(5))
        market = market._replace(quote=source.randrange(5))
        if source.random() < 0.5:
            field = source.choice(market._fields)
            market = market._replace(**{field: source.choice(SMALL_EDGES)})
        return market.encode()

    def new_account(self) -> bytes:
        source = self.source
        kind = source.choice([*range(8), AccountKind.EXTERNAL, AccountKind.EXTERNAL])
        outside = external_owner(source.randrange(8), source.randrange(3))
        owners = [*settings.OWNERS, NO_OWNER, source.randbytes(16)]
        if source.random() < 0.3 or kind == AccountKind.EXTERNAL:
            owners = [outside]
        return OpenAccount(source.choice(owners), kind).encode()
