"""A market's rules, and its prices and quantities as whole numbers of ticks and lots."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from cse_client.decimals import DecimalError, digits_of, divide_to_nearest, format_units, parse_units
from cse_client.models import AssetView, MarketFees, MarketView


@dataclass(frozen=True, slots=True)
class Market:
    """A market.

    A price counts in ticks, each `tick_size` of `10**-tick_decimals` quote for one base; a quantity in
    lots, each `lot_size` of `10**-base_decimals` base: these never change. Prices of new orders are
    multiples of `price_increment` ticks, their quantities of `quantity_increment` lots. Notionals count
    in quote units (`max_notional` None is no bound), quantities in lots, fees in parts per million of the
    notional, the creator's share in those of a fee. `tick_lot_units` is what one lot costs at a price of
    one tick, in quote units.
    """

    name: str
    base: str
    quote: str
    base_decimals: int
    quote_decimals: int
    tick_size: int
    tick_decimals: int
    lot_size: int
    lot_decimals: int
    tick_lot_units: int
    min_notional: int
    max_quantity: int
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    max_open_orders: int
    is_open: bool
    in_auction: bool = False
    price_increment: int = 1
    quantity_increment: int = 1
    min_quantity: int = 0
    max_notional: int | None = None

    @classmethod
    def of(cls, view: MarketView, assets: Iterable[AssetView]) -> Market:
        """The market that the exchange describes.

        Raises:
            KeyError: an asset of it is not among `assets`.
        """
        decimals = {asset.asset: asset.decimals for asset in assets}
        base_decimals, quote_decimals = decimals[view.base], decimals[view.quote]
        tick, tick_decimals = digits_of(view.price_unit)
        lot, lot_decimals = digits_of(view.quantity_unit)
        lot_size = lot * 10 ** (base_decimals - lot_decimals)
        notional = tick * lot_size * 10**quote_decimals
        most = None if view.max_notional is None else parse_units(view.max_notional, quote_decimals)
        return cls(
            name=view.market,
            base=view.base,
            quote=view.quote,
            base_decimals=base_decimals,
            quote_decimals=quote_decimals,
            tick_size=tick,
            tick_decimals=tick_decimals,
            lot_size=lot_size,
            lot_decimals=lot_decimals,
            tick_lot_units=notional // 10 ** (tick_decimals + base_decimals),
            min_notional=parse_units(view.min_notional, quote_decimals),
            max_quantity=parse_units(view.max_quantity, base_decimals) // lot_size,
            maker_fee_ppm=view.maker_fee_ppm,
            taker_fee_ppm=view.taker_fee_ppm,
            creator_share_ppm=view.creator_share_ppm,
            max_open_orders=view.max_open_orders,
            is_open=view.status == "open",
            in_auction=view.status == "auction",
            price_increment=_steps(view.tick_size, tick, tick_decimals),
            quantity_increment=_steps(view.lot_size, lot_size, base_decimals),
            min_quantity=_steps(view.min_quantity, lot_size, base_decimals),
            max_notional=most,
        )

    def with_fees(self, fees: MarketFees) -> Market:
        """The market with the rates of an account's next order in it, as `CseClient.fees` gives them.

        Quotes made with it are of that account: by its fee tier, and by a promotion as long as that lasts.

        Raises:
            ValueError: they are another market's.
        """
        if fees.market != self.name:
            raise ValueError(f"the fees are those of {fees.market}, not of {self.name}")
        return replace(self, maker_fee_ppm=fees.maker_fee_ppm, taker_fee_ppm=fees.taker_fee_ppm)

    def parse_price(self, text: object) -> int:
        """A price as ticks. Raises `DecimalError`, also for a price between two ticks."""
        return _steps(text, self.tick_size, self.tick_decimals)

    def format_price(self, ticks: int) -> str:
        """The decimal text of a price, with the tick's decimals."""
        return format_units(ticks * self.tick_size, self.tick_decimals)

    def parse_quantity(self, text: object) -> int:
        """A quantity as lots. Raises `DecimalError`, also for a quantity between two lots."""
        return _steps(text, self.lot_size, self.base_decimals)

    def format_quantity(self, lots: int) -> str:
        """The decimal text of a quantity, with the lot's decimals."""
        finer_decimals = self.base_decimals - self.lot_decimals
        return format_units(lots * self.lot_size // 10**finer_decimals, self.lot_decimals)

    def parse_quote(self, text: object) -> int:
        """An amount of quote as units. Raises `DecimalError`."""
        return parse_units(text, self.quote_decimals)

    def format_quote(self, units: int) -> str:
        """The decimal text of an amount of quote."""
        return format_units(units, self.quote_decimals)

    def parse_base(self, text: object) -> int:
        """An amount of base as units. Raises `DecimalError`."""
        return parse_units(text, self.base_decimals)

    def format_base(self, units: int) -> str:
        """The decimal text of an amount of base."""
        return format_units(units, self.base_decimals)

    def notional(self, ticks: int, lots: int) -> int:
        """What so many lots cost at a price, in quote units; exact."""
        return ticks * lots * self.tick_lot_units

    def average_price(self, notional: int, lots: int) -> str:
        """Quote for one base over several trades, for show: to the nearest of the finer of tick and quote
        unit; `lots` is above zero.
        """
        decimals = max(self.tick_decimals, self.quote_decimals)
        dividend = notional * 10 ** (self.base_decimals + decimals)
        divisor = lots * self.lot_size * 10**self.quote_decimals
        return format_units(divide_to_nearest(dividend, divisor), decimals)


def _steps(text: object, step: int, step_decimals: int) -> int:
    digits, found = digits_of(text)
    decimals = max(found, step_decimals)
    count, rest = divmod(digits * 10 ** (decimals - found), step * 10 ** (decimals - step_decimals))
    if rest:
        step_text = format_units(step, step_decimals)
        raise DecimalError(text, "off_step", f"{text} is no multiple of {step_text}")
    return int(count)
