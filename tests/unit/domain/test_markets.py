"""Prices are whole ticks and quantities whole lots, in both directions and to the last digit."""

# Digits and letters of other scripts stand here on purpose.

from dataclasses import replace

import pytest

from cse.domain.assets import Asset
from cse.domain.errors import CodedError
from cse.domain.limits import PRICE_LIMIT
from cse.domain.markets import Market, PriceBand

USDC = Asset(1, "USDC", 6)
NOVA = Asset(2, "NOVA", 6)
WEI = Asset(3, "WEI", 18)
PIECE = Asset(4, "PIECE", 0)


def market(
    base: Asset = NOVA, tick: tuple[int, int] = (1, 2), lot_size: int = 1_000, max_quantity: int = 1 << 40
) -> Market:
    return Market(
        id=1,
        base=base,
        quote=USDC,
        tick_size=tick[0],
        tick_decimals=tick[1],
        lot_size=lot_size,
        min_notional=1_000_000,
        max_quantity=max_quantity,
        maker_fee_ppm=1_000,
        taker_fee_ppm=2_000,
    )


PRICES = [
    # tick, text, ticks, canonical
    ((1, 2), "10.00", 1_000, "10"),
    ((1, 2), "10.010", 1_001, "10.01"),
    ((1, 6), "0.000017", 17, "0.000017"),
    ((25, 2), "0.75", 3, "0.75"),
    ((25, 2), "10", 40, "10"),
    ((5, 0), "15", 3, "15"),
    ((10, 1), "3.0", 3, "3"),
]


@pytest.mark.parametrize(("tick", "text", "ticks", "canonical"), PRICES)
def test_a_price_is_a_whole_number_of_ticks(
    tick: tuple[int, int], text: str, ticks: int, canonical: str
) -> None:
    assert market(tick=tick).parse_price(text) == ticks
    assert market(tick=tick).format_price(ticks) == canonical


REFUSED_PRICES = [
    ((1, 2), "10.005", "price_off_tick", "0.01"),
    ((25, 2), "0.80", "price_off_tick", "0.25"),
    ((5, 0), "7", "price_off_tick", "5"),
    ((1, 2), "0.000", "price_out_of_range", None),
    ((1, 2), str(PRICE_LIMIT), "price_out_of_range", None),
    ((1, 2), "1e1", "invalid_decimal", None),
]


@pytest.mark.parametrize(("tick", "text", "code", "limit"), REFUSED_PRICES)
def test_a_price_off_the_tick_is_refused_and_the_tick_named(
    tick: tuple[int, int], text: str, code: str, limit: str | None
) -> None:
    with pytest.raises(CodedError) as refused:
        market(tick=tick).parse_price(text)
    assert refused.value.code.name == code
    assert refused.value.details["field"] == "price"
    if limit is not None:
        assert limit in refused.value.sentence


QUANTITIES = [
    # base, lot in base units, text, lots, canonical
    (NOVA, 1_000, "1.0010", 1_001, "1.001"),
    (NOVA, 100, "2.2504", 22_504, "2.2504"),
    (NOVA, 1, "0.777768", 777_768, "0.777768"),
    (WEI, 10**15, "0.001", 1, "0.001"),
    (PIECE, 1, "12", 12, "12"),
]


@pytest.mark.parametrize(("base", "lot_size", "text", "lots", "canonical"), QUANTITIES)
def test_a_quantity_is_a_whole_number_of_lots(
    base: Asset, lot_size: int, text: str, lots: int, canonical: str
) -> None:
    assert market(base, lot_size=lot_size).parse_quantity(text) == lots
    assert market(base, lot_size=lot_size).format_quantity(lots) == canonical


REFUSED_QUANTITIES = [
    (NOVA, "0.0015", "quantity_off_lot"),
    (NOVA, "0.30000000000000004", "quantity_off_lot"),
    (NOVA, "0.000", "quantity_out_of_range"),
    (NOVA, "9" * 30, "quantity_out_of_range"),
    (NOVA, "-1", "invalid_decimal"),
]


@pytest.mark.parametrize(("base", "text", "code"), REFUSED_QUANTITIES)
def test_a_quantity_off_the_lot_or_too_large_is_refused(base: Asset, text: str, code: str) -> None:
    with pytest.raises(CodedError) as refused:
        market(base, lot_size=1_000, max_quantity=5_000).parse_quantity(text)
    assert refused.value.code.name == code
    if code == "quantity_off_lot":
        assert "0.001" in refused.value.sentence


def test_what_a_market_takes_is_for_the_core_to_say() -> None:
    assert market(NOVA, lot_size=1_000, max_quantity=5_000).parse_quantity("5.001") == 5_001


def test_a_lot_at_one_tick_is_worth_whole_units() -> None:
    listed = market()
    ticks, lots = listed.parse_price("10.01"), listed.parse_quantity("4.981")
    assert listed.tick_lot_units == 10
    assert USDC.format(ticks * lots * listed.tick_lot_units) == "49.85981"


@pytest.mark.parametrize(
    ("notional", "lots", "text"),
    [(10_000_000, 3_000, "3.333333"), (20_000_000, 3_000, "6.666667"), (5, 1, "0.005")],
)
def test_an_average_price_is_shown_to_the_nearest_quote_unit(notional: int, lots: int, text: str) -> None:
    assert market().format_average_price(notional, lots) == text


def test_a_market_is_named_after_its_assets() -> None:
    assert market().name == "NOVA-USDC"


@pytest.mark.parametrize(
    ("tick", "ticks", "shown"),
    [
        ((1, 2), 1_000, "10.00"),
        ((1, 2), 1_001, "10.01"),
        ((25, 2), 4, "1.00"),
        ((5, 0), 3, "15"),
        ((10, 1), 3, "3"),
        ((10, 2), 3, "0.3"),
        ((1, 2), -5, "-0.05"),
        ((1, 2), 0, "0.00"),
    ],
)
def test_a_price_that_everyone_sees_has_the_decimals_of_a_tick(
    tick: tuple[int, int], ticks: int, shown: str
) -> None:
    assert market(tick=tick).fixed_price(ticks) == shown


@pytest.mark.parametrize(
    ("base", "lot_size", "lots", "shown"),
    [
        (NOVA, 1_000, 1_000, "1.000"),
        (NOVA, 100, 22_504, "2.2504"),
        (NOVA, 1, 10**18, "1000000000000.000000"),
        (WEI, 10**15, 1, "0.001"),
        (PIECE, 1, 12, "12"),
    ],
)
def test_a_quantity_that_everyone_sees_has_the_decimals_of_a_lot(
    base: Asset, lot_size: int, lots: int, shown: str
) -> None:
    assert market(base, lot_size=lot_size).fixed_quantity(lots) == shown


def test_a_band_goes_around_the_last_price_or_the_reference_before_it() -> None:
    # The example of the trading rules, 5.13.
    banded = replace(market(), price_band_ppm=50_000, reference_price=10_001)
    assert banded.price_band == PriceBand(9_501, 10_501)
    assert replace(banded, last_price=1_000).price_band == PriceBand(950, 1_050)
    assert replace(banded, price_band_ppm=0).price_band is None
    assert replace(banded, reference_price=0).price_band is None
