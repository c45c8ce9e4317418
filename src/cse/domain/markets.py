"""Markets: how prices and quantities are written, and how they count inside.

A price counts in ticks per whole base asset, a quantity in lots. Both conversions are exact in both
directions; what lies between two ticks or two lots is refused.
"""

from dataclasses import dataclass

from cse.domain import codes
from cse.domain.assets import Asset
from cse.domain.enumerations import MarketStatus, Side
from cse.domain.errors import CodedError
from cse.domain.limits import PPM, PRICE_LIMIT, QUANTITY_LIMIT, SUPPLY_LIMIT
from cse.domain.money import Exact, divide_to_nearest, format_fixed, format_units, parse_decimal


@dataclass(frozen=True, slots=True)
class Indication:
    """What an auction would trade if it ended now: ticks and lots; all 0 where nothing would."""

    price: int = 0
    volume: int = 0
    surplus: int = 0
    surplus_side: Side | None = None
    """The side that has more at this price."""


@dataclass(frozen=True, slots=True)
class PriceBand:
    """The prices, in ticks, between which orders trade; both are among them."""

    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class Market:
    """A market and its rules.

    `tick_size` counts in 10^-`tick_decimals` of quote per whole base, `lot_size` in base units,
    notionals in quote units, quantities in lots, prices and `price_increment` in ticks, fees, band and
    the move that interrupts (`interruption_ppm`) in parts per million. Tick and lot, in which everything
    counts, never change; the increments do, of which prices and quantities are multiples.
    """

    id: int
    base: Asset
    quote: Asset
    tick_size: int
    tick_decimals: int
    lot_size: int
    min_notional: int
    max_quantity: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int = 0
    creator_account: int = 0
    fee_account: int = 0
    max_open_orders: int = 0
    status: MarketStatus = MarketStatus.OPEN
    auction_ends_at_us: int = 0
    uncross_price: int = 0
    indication: Indication = Indication()
    price_increment: int = 1
    quantity_increment: int = 1
    min_quantity: int = 0
    max_notional: int = 0
    price_band_ppm: int = 0
    interruption_ppm: int = 0
    interruption_window_s: int = 0
    interruption_auction_s: int = 0
    reference_price: int = 0
    self_trades_allowed: bool = False
    last_price: int = 0
    """As it was when the market was read; 0 before the first trade."""

    @property
    def name(self) -> str:
        """Such as `NOVA-USDC`."""
        return f"{self.base.symbol}-{self.quote.symbol}"

    @property
    def tick_lot_units(self) -> int:
        """Quote units of one lot at one tick; exact, for a market is refused otherwise."""
        numerator: int = self.tick_size * self.lot_size * 10**self.quote.decimals
        denominator: int = 10 ** (self.tick_decimals + self.base.decimals)
        return numerator // denominator

    @property
    def price_band(self) -> PriceBand | None:
        """By the last price that is known here; None where any price will do."""
        reference = self.last_price or self.reference_price
        if not reference or not self.price_band_ppm:
            return None
        lowest = -(-reference * (PPM - self.price_band_ppm) // PPM)
        return PriceBand(lowest, reference * (PPM + self.price_band_ppm) // PPM)

    def parse_price(self, text: object, *, field: str = "price") -> int:
        """Reads a price as ticks.

        Raises:
            CodedError: `invalid_decimal`, `price_off_tick` or `price_out_of_range`.
        """
        exact = parse_decimal(text, field=field)
        ticks = _whole_steps(exact, self.tick_size, self.tick_decimals)
        if ticks is None:
            raise CodedError(codes.PRICE_OFF_TICK, field=field, limit=self.format_price(1))
        if not 0 < ticks < PRICE_LIMIT:
            limit = self.format_price(PRICE_LIMIT)
            raise CodedError(codes.PRICE_OUT_OF_RANGE, field=field, limit=limit)
        return ticks

    def format_price(self, ticks: int) -> str:
        """Writes a price of ticks."""
        return format_units(ticks * self.tick_size, self.tick_decimals)

    def parse_quantity(self, text: object, *, field: str = "quantity") -> int:
        """Reads a quantity as lots.

        Raises:
            CodedError: `invalid_decimal`, `quantity_off_lot`, or `quantity_out_of_range` for what no market
                takes; what this one takes can change, and the core knows it.
        """
        exact = parse_decimal(text, field=field)
        lots = _whole_steps(exact, self.lot_size, self.base.decimals)
        if lots is None:
            raise CodedError(codes.QUANTITY_OFF_LOT, field=field, limit=self.format_quantity(1))
        if not 0 < lots < QUANTITY_LIMIT:
            limit = self.format_quantity(self.max_quantity)
            raise CodedError(codes.QUANTITY_OUT_OF_RANGE, field=field, limit=limit)
        return lots

    def format_quantity(self, lots: int) -> str:
        """Writes a quantity of lots."""
        return format_units(lots * self.lot_size, self.base.decimals)

    @property
    def price_decimals(self) -> int:
        """How many decimals a price is shown with: as many as one tick has."""
        return _decimals(self.tick_size, self.tick_decimals)

    @property
    def quantity_decimals(self) -> int:
        """How many decimals a quantity is shown with: as many as one lot has."""
        return _decimals(self.lot_size, self.base.decimals)

    def fixed_price(self, ticks: int) -> str:
        """Writes a price of ticks as everyone is shown it: always with the decimals of a tick."""
        return format_fixed(ticks * self.tick_size, self.tick_decimals, self.price_decimals)

    def fixed_quantity(self, lots: int) -> str:
        """Writes a quantity of lots as everyone is shown it: always with the decimals of a lot."""
        return format_fixed(lots * self.lot_size, self.base.decimals, self.quantity_decimals)

    def parse_quote_amount(self, text: object, *, field: str = "quote_amount") -> int:
        """Reads an amount of quote as units; raises like `Asset.parse`."""
        return self.quote.parse(text, field=field, limit=SUPPLY_LIMIT - 1)

    def format_average_price(self, notional: int, lots: int) -> str:
        """Quote per base over several trades, for show: to the nearest at the finer of tick and
        quote unit; `lots` is above zero.
        """
        decimals = max(self.tick_decimals, self.quote.decimals)
        dividend: int = notional * 10 ** (self.base.decimals + decimals)
        divisor: int = lots * self.lot_size * 10**self.quote.decimals
        return format_units(divide_to_nearest(dividend, divisor), decimals)


def _decimals(step: int, step_decimals: int) -> int:
    """How many decimals the multiples of `step / 10**step_decimals` need."""
    while step_decimals and step % 10 == 0:
        step, step_decimals = step // 10, step_decimals - 1
    return step_decimals


def _whole_steps(exact: Exact, step: int, step_decimals: int) -> int | None:
    """How many steps of `step / 10**step_decimals` the number is; `None` if it lies between."""
    decimals = max(exact.decimals, step_decimals)
    digits: int = exact.digits * 10 ** (decimals - exact.decimals)
    whole_step: int = step * 10 ** (decimals - step_decimals)
    count, rest = divmod(digits, whole_step)
    return None if rest else count
