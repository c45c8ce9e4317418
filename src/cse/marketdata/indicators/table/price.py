"""Prices made of a candle's own."""

from __future__ import annotations

from typing import Final

from cse.marketdata.indicators.definitions import BAR, CANDLE, RANGE, Indicator

PRICE: Final = (
    Indicator("average_price", "Average price", "price", "AVGPRICE", CANDLE, drawn="price"),
    Indicator("median_price", "Median price", "price", "MEDPRICE", RANGE, drawn="price"),
    Indicator("typical_price", "Typical price", "price", "TYPPRICE", BAR, drawn="price"),
    Indicator("weighted_close", "Weighted close", "price", "WCLPRICE", BAR, drawn="price"),
    # Each open is half the one before, which is a millionth after 20.
    Indicator(
        "heikin_ashi", "Heikin-Ashi", "price", "HA", CANDLE, (), ("open", "high", "low", "close"), "price",
        bars=40,
    ),
)  # fmt: skip
