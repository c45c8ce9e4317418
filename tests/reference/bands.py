"""Price bands and volatility interruptions (sections 3 and 5.13)."""

from cse.domain import codes
from cse.domain.limits import AUCTION_ENDS_AT_LIMIT_US, INTERRUPTION_S_MAX, PPM, PRICE_LIMIT
from cse.engine.wire import MarketBandChanged, MarketStatus, SetMarketBand, Side
from tests.reference.state import Band, InterruptionReference, Market
from tests.reference.statuses import change_status
from tests.reference.turn import Refused, Turn

SECOND_US = 1_000_000


def set_market_band(turn: Turn, command: bytes) -> None:
    asked = SetMarketBand.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    interrupts = (
        1 <= asked.interruption_window_s <= INTERRUPTION_S_MAX
        and 1 <= asked.interruption_auction_s <= INTERRUPTION_S_MAX
    )
    if not (
        asked.price_band_ppm < PPM
        and asked.interruption_ppm < PPM
        and asked.reference_price < PRICE_LIMIT
        and (asked.interruption_ppm == 0 or interrupts)
    ):
        raise Refused(codes.INVALID_MARKET, reference=market.id)
    market.band = Band(
        asked.price_band_ppm,
        asked.interruption_ppm,
        asked.interruption_window_s,
        asked.interruption_auction_s,
        asked.reference_price,
    )
    market.interruption_reference = InterruptionReference()
    turn.events.append(MarketBandChanged(**asked._asdict()).encode())


def outermost_price(market: Market, side: int) -> int | None:
    """The highest price at which orders of a side buy, or the lowest at which they sell, by the band."""
    reference = market.last_price or market.band.reference_price
    band_ppm = market.band.price_band_ppm
    if reference == 0 or band_ppm == 0:
        return None
    if side == Side.BUY:
        return reference * (PPM + band_ppm) // PPM
    return -(-reference * (PPM - band_ppm) // PPM)


def is_outside(side: int, price: int, outermost: int | None) -> bool:
    if outermost is None:
        return False
    return price > outermost if side == Side.BUY else price < outermost


def check_band(market: Market, side: int, price: int) -> None:
    """Of a limit order that comes into an open market."""
    if market.status == MarketStatus.OPEN and is_outside(side, price, outermost_price(market, side)):
        raise Refused(codes.PRICE_OUTSIDE_BAND)


def reference_after(
    market: Market, before: InterruptionReference, price: int, now_us: int
) -> InterruptionReference | None:
    """The interruption reference after a trade, from the one before it; `None` if it interrupts the market."""
    band = market.band
    if band.interruption_ppm == 0:
        return before
    window_us = band.interruption_window_s * SECOND_US
    if before.price == 0 or now_us - before.at_us >= window_us:
        return InterruptionReference(price, now_us)
    too_far = abs(price - before.price) * PPM > before.price * band.interruption_ppm
    return None if too_far else before


def interrupt(turn: Turn, market: Market) -> None:
    """A market whose price moves too fast goes into an auction."""
    ends_at_us = turn.time_us + market.band.interruption_auction_s * SECOND_US
    ends_at_us = min(max(ends_at_us, 1), AUCTION_ENDS_AT_LIMIT_US - 1)
    change_status(turn, market, MarketStatus.AUCTION, ends_at_us)
