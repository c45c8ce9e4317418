"""The picture of a market: its size, its colours, and that no name or number breaks it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from cse.site.picture import HEIGHT, WIDTH, Facts, draw
from cse.site.typeface import Typeface

FACTS = Facts(
    pair="LUNA/USDC",
    name="Luna Park",
    creator="@luna-park",
    demo=True,
    cover=None,
    price="1.2345",
    quote="USDC",
    change=234,
    status=None,
    closes=(100, 104, 103, 110, 108, 120),
)
UP = (0x2E, 0xBD, 0x85)
DOWN = (0xFF, 0x5C, 0x72)


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    return Typeface()


def drawn(facts: Facts, typeface: Typeface) -> Image.Image:
    return Image.open(io.BytesIO(draw(facts, typeface)))


def has(picture: Image.Image, colour: tuple[int, int, int]) -> bool:
    counted = picture.getcolors(WIDTH * HEIGHT) or []
    return colour in [found for _, found in counted]


def test_it_is_a_png_of_the_announced_size(typeface: Typeface) -> None:
    picture = drawn(FACTS, typeface)
    assert (picture.format, picture.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize(("change", "there", "not_there"), [(234, UP, DOWN), (-234, DOWN, UP)])
def test_the_direction_of_the_day_has_its_colour(
    typeface: Typeface, change: int, there: tuple[int, int, int], not_there: tuple[int, int, int]
) -> None:
    picture = drawn(FACTS._replace(change=change), typeface)
    assert has(picture, there)
    assert not has(picture, not_there)


def test_the_direction_is_told_without_colour_too(typeface: Typeface) -> None:
    """The same change up and down differs also where no colour is seen."""
    bright = [255 * (tone > 60) for tone in range(256)]
    up, down = (
        drawn(FACTS._replace(change=change), typeface).convert("L").point(bright).tobytes()
        for change in (234, -234)
    )
    assert up != down


@pytest.mark.parametrize(
    "name", ["نجوم الليل", "月の庭", "🎸🎸🎸", "\N{RIGHT-TO-LEFT OVERRIDE}kraP", "N" * 300, "<script>"]
)
def test_every_name_leaves_a_whole_picture(typeface: Typeface, name: str) -> None:
    picture = drawn(FACTS._replace(name=name), typeface)
    assert picture.size == (WIDTH, HEIGHT)
    # The edge on the right stays free.
    assert picture.crop((WIDTH - 60, 120, WIDTH, 400)).getcolors() == [(60 * 280, (10, 11, 16))]


def test_a_name_that_cannot_be_set_leaves_the_creator_s_handle(typeface: Typeface) -> None:
    assert draw(FACTS._replace(name="月の庭"), typeface) == draw(FACTS._replace(name=None), typeface)
    assert draw(FACTS._replace(name=None), typeface) != draw(FACTS, typeface)


@pytest.mark.parametrize(
    "facts",
    [
        FACTS._replace(price=None, change=None, closes=()),
        FACTS._replace(closes=(7,)),
        FACTS._replace(closes=(7, 7, 7)),
        FACTS._replace(price="123456789012.123456789012", change=99_999_999),
        FACTS._replace(pair="ABCDEFGHIJ/KLMNOPQRST", quote="KLMNOPQRST", status="Not open yet"),
    ],
)
def test_every_market_has_a_picture(typeface: Typeface, facts: Facts) -> None:
    picture = drawn(facts, typeface)
    assert picture.size == (WIDTH, HEIGHT)
    assert picture.crop((WIDTH - 60, 120, WIDTH, 400)).getcolors() == [(60 * 280, (10, 11, 16))]


def test_a_cover_is_shown_and_one_that_is_none_is_left_out(typeface: Typeface, tmp_path: Path) -> None:
    cover = tmp_path / "cover.webp"
    Image.new("RGB", (640, 360), (200, 30, 90)).save(cover, lossless=True)
    assert has(drawn(FACTS._replace(cover=cover), typeface), (200, 30, 90))
    broken = tmp_path / "broken.webp"
    broken.write_bytes(b"no picture")
    for missing in (broken, tmp_path / "absent.webp"):
        assert draw(FACTS._replace(cover=missing), typeface) == draw(FACTS, typeface)
