"""Text in pictures: the app's own face in the scripts that it has, and what of a text it can show."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple

from PIL import Image, ImageDraw, ImageFont

# The files of one face, each with the letters of some scripts; those of most names come first.
FILES: Final = tuple(
    f"inter-{script}-wght-normal.woff2"
    for script in ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
)
_PROBE_PX: Final = 24
# No character, and none will ever be: what is drawn for it is drawn for all that a file does not have.
_NO_SIGN: Final = "\U0010ffff"
_ELLIPSIS: Final = "…"
_SIGNS_MAX: Final = 4_096
_STYLES_MAX: Final = 256


class Style(NamedTuple):
    """How a line is set: pixels, and weight from 100 to 900."""

    size: int
    weight: int


class Typeface:
    """The face whose files lie in a directory; without any, Pillow's own, which has one weight.

    Lines are set sign by sign, from left to right: of a script that needs more than that, such as Arabic,
    the files have no letters. Used by one thread at a time.
    """

    def __init__(self, directory: Path | None = None) -> None:
        found = [] if directory is None else [directory / name for name in FILES]
        self._files: list[Path | None] = [file for file in found if file.is_file()] or [None]
        self._font = lru_cache(_STYLES_MAX)(self._loaded)
        self._file_of = lru_cache(_SIGNS_MAX)(self._searched)

    def shown(self, text: str) -> str | None:
        """What of a text can be drawn; None where that is nothing, or where a letter would be missing.

        Signs that are no letters are left out where there are none of them: emoji, and what turns the
        direction of writing.
        """
        kept: list[str] = []
        for sign in unicodedata.normalize("NFC", text):
            kind = unicodedata.category(sign)
            if kind[0] == "Z":
                kept.append(" ")
            elif kind[0] != "C" and self._file_of(sign) is not None:
                kept.append(sign)
            elif kind[0] in "LN":
                return None
        return " ".join("".join(kept).split()) or None

    def width(self, text: str, style: Style) -> float:
        """The width of a line in pixels."""
        return sum(font.getlength(run) for run, font in self._runs(text, style))

    def fitted(self, text: str, style: Style, width: float) -> str:
        """The text, or as much of its beginning as stands in a width before an ellipsis."""
        if self.width(text, style) <= width:
            return text
        counts = range(1, len(text) + 1)
        kept = bisect_right(counts, width, key=lambda count: self.width(text[:count] + _ELLIPSIS, style))
        return text[:kept].rstrip() + _ELLIPSIS

    def draw(
        self, image: Image.Image, at: tuple[float, float], text: str, style: Style, colour: str
    ) -> float:
        """Draws a line from a point on its base line; returns where it ends."""
        x, y = at
        pen = ImageDraw.Draw(image)
        for run, font in self._runs(text, style):
            pen.text((x, y), run, colour, font, anchor="ls")
            x += font.getlength(run)
        return x

    def _runs(self, text: str, style: Style) -> Iterator[tuple[str, ImageFont.FreeTypeFont]]:
        for file, signs in groupby(text, lambda sign: self._file_of(sign) or 0):
            yield "".join(signs), self._font(file, style)

    def _searched(self, sign: str) -> int | None:
        """Which of the files has a sign."""
        for number in range(len(self._files)):
            font = self._font(number, Style(_PROBE_PX, 400))
            if _drawn(font, sign) != _drawn(font, _NO_SIGN):
                return number
        return None

    def _loaded(self, number: int, style: Style) -> ImageFont.FreeTypeFont:
        file = self._files[number]
        if file is None:
            # With a size this is a font of outlines wherever Pillow has FreeType, as all its wheels do.
            font = ImageFont.load_default(style.size)
            assert isinstance(font, ImageFont.FreeTypeFont)
            return font
        # The plain layout is the same on every machine; the other needs a library of the system.
        font = ImageFont.truetype(file, style.size, layout_engine=ImageFont.Layout.BASIC)
        font.set_variation_by_axes([style.weight])
        return font


def _drawn(font: ImageFont.FreeTypeFont, sign: str) -> bytes:
    image = Image.new("L", (2 * _PROBE_PX, 2 * _PROBE_PX))
    ImageDraw.Draw(image).text((_PROBE_PX // 2, _PROBE_PX // 2), sign, 255, font)
    return image.tobytes()
