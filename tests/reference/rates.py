"""The rates that orders get: fee tiers, accounts' tiers, promotions (section 3)."""

from cse.domain import codes
from cse.domain.limits import EXPIRES_AT_LIMIT_US, FEE_PPM_MAX, FEE_TIER_MAX, PPM
from cse.engine.wire import (
    AccountKind,
    AccountTierChanged,
    MarketFeesChanged,
    MarketPromotionChanged,
    SetAccountTier,
    SetMarketFees,
    SetMarketPromotion,
)
from tests.reference.state import FREE, Account, Market, Promotion, Rates, State
from tests.reference.turn import Refused, Turn

CREATORS = (AccountKind.MAIN, AccountKind.SUB, AccountKind.VAULT, AccountKind.SYSTEM)


def rates_of_order(market: Market, account: Account, now_us: int) -> Rates:
    """What an order that is taken in now will pay as a maker and as a taker."""
    rates = market.tiers.get(account.tier, market.tiers[0])
    promotion = market.promotion
    if now_us >= promotion.ends_at_us:
        return rates
    return Rates(
        maker_ppm=min(rates.maker_ppm, promotion.rates.maker_ppm),
        taker_ppm=min(rates.taker_ppm, promotion.rates.taker_ppm),
    )


def rates_are_valid(rates: Rates) -> bool:
    return 0 <= rates.taker_ppm <= FEE_PPM_MAX and -rates.taker_ppm <= rates.maker_ppm <= FEE_PPM_MAX


def set_market_fees(turn: Turn, command: bytes) -> None:
    asked = SetMarketFees.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    if asked.tier > FEE_TIER_MAX:
        raise Refused(codes.INVALID_FEE_TIER, reference=asked.market)
    rates = Rates(asked.maker_fee_ppm, asked.taker_fee_ppm)
    if not rates_are_valid(rates) or asked.creator_share_ppm > PPM:
        raise Refused(codes.INVALID_MARKET, reference=asked.market)
    if asked.tier == 0:
        check_creator(turn.state, asked.creator_account, asked.creator_share_ppm, reference=asked.market)
        market.creator_share_ppm = asked.creator_share_ppm
        market.creator_account = asked.creator_account
    elif asked.creator_account != 0 or asked.creator_share_ppm != 0:
        raise Refused(codes.INVALID_MARKET, reference=asked.market)
    market.tiers[asked.tier] = rates
    turn.events.append(MarketFeesChanged(**asked._asdict()).encode())


def check_creator(state: State, creator_account: int, creator_share_ppm: int, reference: int = 0) -> None:
    if creator_account != 0:
        creator = state.accounts.get(creator_account)
        if creator is None or creator.kind not in CREATORS:
            raise Refused(codes.ACCOUNT_UNKNOWN, reference=reference)
    elif creator_share_ppm != 0:
        raise Refused(codes.INVALID_MARKET, reference=reference)


def set_account_tier(turn: Turn, command: bytes) -> None:
    asked = SetAccountTier.decode(command)
    account = turn.state.accounts.get(asked.account)
    if account is None:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=asked.account)
    if asked.tier > FEE_TIER_MAX:
        raise Refused(codes.INVALID_FEE_TIER, account=asked.account)
    account.tier = asked.tier
    turn.events.append(AccountTierChanged(asked.account, asked.tier).encode())


def set_market_promotion(turn: Turn, command: bytes) -> None:
    asked = SetMarketPromotion.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    rates = Rates(asked.maker_fee_ppm, asked.taker_fee_ppm)
    is_end = asked.ends_at_us == 0 and rates == FREE
    ends_later = max(turn.time_us, 0) < asked.ends_at_us < EXPIRES_AT_LIMIT_US
    if not rates_are_valid(rates) or not (is_end or ends_later):
        raise Refused(codes.INVALID_MARKET, reference=asked.market)
    market.promotion = Promotion(rates, asked.ends_at_us)
    turn.events.append(MarketPromotionChanged(**asked._asdict()).encode())
