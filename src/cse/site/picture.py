"""The picture of a market that a link to it is shown with."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from cse.domain.product import PRODUCT
from cse.site.typeface import Style, Typeface

WIDTH: Final = 1200
HEIGHT: Final = 630

# The app's tokens of the dark theme.
_BG: Final = "#0a0b10"
_SURFACE: Final = "#181b24"
_LINE: Final = "#2a2f3d"
_TEXT: Final = "#f2f4f8"
_TEXT_2: Final = "#b4bac8"
_TEXT_3: Final = "#8a91a3"
_UP: Final = "#2ebd85"
_DOWN: Final = "#ff5c72"
_ACCENT: Final = "#6a55f5"
_WARN: Final = "#f5b83d"

_MARGIN: Final = 64
# Of each pixel of what is not text so many times so many points are drawn.
_POINTS: Final = 4
_CHART: Final = (0, 424, WIDTH, HEIGHT)
_CHART_INSET: Final = 28
_AREA_ALPHA: Final = 72
_LINE_PX: Final = 4
_DOT_PX: Final = 16
_ARROW_PX: Final = 26
_COVER_PX: Final = 132
_COVER_RADIUS: Final = 24
# The house's mark: left, top, right, bottom and radius on a grid of 24.
_MARK_GRID: Final = 24
_MARK_SQUARE: Final = (0.0, 0.0, 24.0, 24.0, 6.0)
_MARK_BARS: Final = ((6.0, 12.5, 9.0, 18.0, 1.0), (10.5, 9.5, 13.5, 18.0, 1.0), (15.0, 6.0, 18.0, 18.0, 1.0))

_BRAND: Final = Style(30, 600)
_CHIP: Final = Style(22, 600)
_PAIR: Final = Style(68, 700)
_NAME: Final = Style(32, 400)
# The largest in which a price fits: a number is never cut.
_PRICES: Final = tuple(Style(size, 700) for size in (104, 88, 72, 56, 44, 32, 20))
_QUOTE: Final = Style(36, 500)
_CHANGE: Final = Style(48, 600)
_SMALL: Final = Style(28, 400)


class Facts(NamedTuple):
    """What is drawn.

    Texts are any text, also of scripts that the face does not have. `change` is that of 24 hours in
    hundredths of a percent, None without a trade in them; `closes` are a day's, oldest first, in ticks.
    """

    pair: str
    name: str | None
    creator: str | None
    demo: bool
    cover: Path | None
    price: str | None
    quote: str
    change: int | None
    status: str | None
    closes: tuple[int, ...]


def draw(facts: Facts, typeface: Typeface) -> bytes:
    """The picture as a PNG file of `WIDTH` by `HEIGHT` pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _BG)
    colour = _direction(facts)
    _draw_chart(image, facts.closes, colour)
    _draw_brand(image, typeface, facts)
    _draw_market(image, typeface, facts)
    _draw_price(image, typeface, facts)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _direction(facts: Facts) -> str:
    """The colour of how the day went."""
    if not facts.change:
        return _TEXT_2
    return _UP if facts.change > 0 else _DOWN


def _draw_brand(image: Image.Image, typeface: Typeface, facts: Facts) -> None:
    edge, top = 48, 48
    for shape, colour in ((_MARK_SQUARE, _ACCENT), *((bar, "#ffffff") for bar in _MARK_BARS)):
        left, up, right, down, radius = (part * edge / _MARK_GRID for part in shape)
        box = (_MARGIN + left, top + up, _MARGIN + right, top + down)
        _round(image, box, radius, colour)
    typeface.draw(image, (_MARGIN + edge + 18, top + 35), PRODUCT, _BRAND, _TEXT)
    x: float = WIDTH - _MARGIN
    for text, colour in ((facts.status, _WARN), ("Demo" if facts.demo else None, _TEXT_2)):
        if text is not None:
            x = _draw_chip(image, typeface, x, top, text, colour)


def _draw_chip(
    image: Image.Image, typeface: Typeface, right: float, top: int, text: str, colour: str
) -> float:
    """A word in a box that ends at `right`; returns where the next one would end."""
    left = right - typeface.width(text, _CHIP) - 36
    _round(image, (left, top, right, top + 48), 24, _LINE)
    _round(image, (left + 2, top + 2, right - 2, top + 46), 22, _SURFACE)
    typeface.draw(image, (left + 18, top + 32), text, _CHIP, colour)
    return left - 16


def _draw_market(image: Image.Image, typeface: Typeface, facts: Facts) -> None:
    left, top = _MARGIN, 132
    if facts.cover is not None and _draw_cover(image, facts.cover, (left, top)):
        left += _COVER_PX + 32
    room = WIDTH - _MARGIN - left
    typeface.draw(image, (left, top + 68), typeface.fitted(facts.pair, _PAIR, room), _PAIR, _TEXT)
    name = typeface.shown(facts.name) if facts.name else None
    base, creator = top + 118, facts.creator or ""
    behind = f" · {creator}" if name and creator else creator
    x: float = left
    if name:
        shown = typeface.fitted(name, _NAME, room - typeface.width(behind, _NAME))
        x = typeface.draw(image, (left, base), shown, _NAME, _TEXT_2)
    typeface.draw(image, (x, base), typeface.fitted(behind, _NAME, WIDTH - _MARGIN - x), _NAME, _TEXT_2)


def _draw_cover(image: Image.Image, file: Path, at: tuple[int, int]) -> bool:
    """The middle of the creator's cover, with round corners; False where the file is none."""
    try:
        with Image.open(file) as opened:
            cover = opened.convert("RGB")
    except (OSError, Image.DecompressionBombError):
        return False
    edge = min(cover.size)
    left, top = (cover.width - edge) // 2, (cover.height - edge) // 2
    square = cover.crop((left, top, left + edge, top + edge)).resize((_COVER_PX, _COVER_PX))
    image.paste(square, at, _rounded((_COVER_PX, _COVER_PX), _COVER_RADIUS))
    return True


def _draw_price(image: Image.Image, typeface: Typeface, facts: Facts) -> None:
    base = 388
    if facts.price is None:
        typeface.draw(image, (_MARGIN, base), "No trades yet", _QUOTE, _TEXT_2)
        return
    change = _change_text(facts.change)
    beside = typeface.width(change, _CHANGE) + typeface.width(" 24h", _SMALL) + _ARROW_PX + 12
    quote = typeface.fitted(facts.quote, _QUOTE, 200)
    room = WIDTH - 2 * _MARGIN - beside - typeface.width(quote, _QUOTE) - 80
    style = next((one for one in _PRICES if typeface.width(facts.price, one) <= room), _PRICES[-1])
    end = typeface.draw(image, (_MARGIN, base), facts.price, style, _TEXT)
    typeface.draw(image, (end + 20, base), quote, _QUOTE, _TEXT_3)
    x = WIDTH - _MARGIN - beside
    if facts.change:
        _draw_arrow(image, (x, base - 32), _direction(facts), up=facts.change > 0)
    x = typeface.draw(image, (x + _ARROW_PX + 12, base), change, _CHANGE, _direction(facts))
    typeface.draw(image, (x, base), " 24h", _SMALL, _TEXT_3)


def _change_text(change: int | None) -> str:
    """A change in hundredths of a percent, with its sign."""
    if change is None:
        return "—"
    whole, part = divmod(abs(change), 100)
    sign = "+" if change > 0 else "\N{MINUS SIGN}" if change < 0 else ""
    return f"{sign}{whole}.{part:02}%"


def _draw_arrow(image: Image.Image, at: tuple[float, float], colour: str, *, up: bool) -> None:
    x, y = at
    size = _ARROW_PX * _POINTS
    mask = Image.new("L", (size, size))
    tip, foot = (size * 0.12, size * 0.88) if up else (size * 0.88, size * 0.12)
    ImageDraw.Draw(mask).polygon([(size / 2, tip), (size, foot), (0, foot)], 255)
    image.paste(colour, (round(x), round(y)), mask.reduce(_POINTS))


def _draw_chart(image: Image.Image, closes: tuple[int, ...], colour: str) -> None:
    """The line of the day across the whole width, and a haze below it."""
    left, top, right, bottom = _CHART
    size = (right - left, bottom - top)
    if len(closes) < 2:
        return
    places = _places(closes, size)
    points = [(x * _POINTS, y * _POINTS) for x, y in places]
    line = Image.new("L", (size[0] * _POINTS, size[1] * _POINTS))
    area = line.copy()
    pen = ImageDraw.Draw(line)
    pen.line(points, 255, _LINE_PX * _POINTS, joint="curve")
    (x, y), radius = points[-1], _DOT_PX * _POINTS // 2
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    ImageDraw.Draw(area).polygon([(points[0][0], area.height), *points, (points[-1][0], area.height)], 255)
    fading = [tone * _AREA_ALPHA // 255 for tone in range(256)]
    haze = Image.linear_gradient("L").rotate(180).resize(size).point(fading)
    image.paste(colour, (left, top), ImageChops.multiply(area.reduce(_POINTS), haze))
    image.paste(colour, (left, top), line.reduce(_POINTS))


def _places(closes: tuple[int, ...], size: tuple[int, int]) -> list[tuple[float, float]]:
    """Where the closes are: from the left edge to the margin on the right; a flat day is in the middle."""
    lowest, span = min(closes), max(closes) - min(closes)
    step = (size[0] - _MARGIN) / (len(closes) - 1)
    room = size[1] - 2 * _CHART_INSET
    return [
        (index * step, _CHART_INSET + room * (1 - ((close - lowest) / span if span else 0.5)))
        for index, close in enumerate(closes)
    ]


def _round(image: Image.Image, box: tuple[float, float, float, float], radius: float, colour: str) -> None:
    left, top, right, bottom = box
    at = (round(left), round(top))
    size = (max(round(right) - at[0], 1), max(round(bottom) - at[1], 1))
    image.paste(colour, at, _rounded(size, radius))


def _rounded(size: tuple[int, int], radius: float) -> Image.Image:
    mask = Image.new("L", (size[0] * _POINTS, size[1] * _POINTS))
    box = (0, 0, mask.width - 1, mask.height - 1)
    ImageDraw.Draw(mask).rounded_rectangle(box, radius * _POINTS, 255)
    return mask.reduce(_POINTS)
