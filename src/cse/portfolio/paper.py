"""Pages of words and figures, as PDF: A4, in the fonts that every reader of PDF has itself.

Such a font has the letters of western European languages and no others. What is written here is English
and figures; anything else is shown as a question mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, Final

import pydyf  # type: ignore[import-untyped]

# Points, 72 of them an inch; from the lower left corner.
_WIDTH, _HEIGHT, _MARGIN = 595, 842, 56
_TOP, _BOTTOM = _HEIGHT - 72, 72
_LINE, _COLUMN = 16, 118
_SIZE, _HEADING_SIZE, _TITLE_SIZE, _SMALL_SIZE = 9, 11, 16, 8
# A figure of Helvetica is so much of its size wide; signs that figures are written with, by themselves.
_DIGIT: Final = 0.556
_NARROW: Final = {".": 0.278, ",": 0.278, "-": 0.333, " ": 0.278}
_FONTS: Final = {"regular": "Helvetica", "bold": "Helvetica-Bold"}


class Paper:
    """Lines below each other; a new page begins where one is full."""

    def __init__(self, title: str, subtitle: str) -> None:
        self._title = title
        self._pages: list[pydyf.Stream] = []
        self._y = 0.0
        self._turn()
        self._text(_MARGIN, title, _TITLE_SIZE, "bold")
        self._y -= _LINE + 4
        self._text(_MARGIN, subtitle, _SIZE)
        self._y -= _LINE

    def note(self, words: str) -> None:
        """A sentence."""
        self._need(1)
        self._text(_MARGIN, words, _SIZE)
        self._y -= _LINE

    def heading(self, words: str, columns: Sequence[str] = (), room: int = 3) -> None:
        """What stands over lines, on one page with so many of them where a page has room for as many."""
        self._need(min(room, 30) + 2)
        self._y -= _LINE
        self._text(_MARGIN, words, _HEADING_SIZE, "bold")
        self._figures(columns, "regular", _SMALL_SIZE)
        self._rule()

    def line(self, words: str, figures: Sequence[str], *, strong: bool = False) -> None:
        """A line with figures at its end, the last at the margin."""
        self._need(1)
        font = "bold" if strong else "regular"
        self._text(_MARGIN, words, _SIZE, font)
        self._figures(figures, font, _SIZE)
        self._y -= _LINE

    def write(self, out: BinaryIO) -> None:
        """Writes all pages, each with its number."""
        document = pydyf.PDF()
        fonts = pydyf.Dictionary({name: _font(base) for name, base in _FONTS.items()})
        for number, stream in enumerate(self._pages, 1):
            _show(stream, _MARGIN, 40, f"{self._title} - page {number} of {len(self._pages)}", _SMALL_SIZE)
            document.add_object(stream)
            document.add_page(
                pydyf.Dictionary(
                    {
                        "Type": "/Page",
                        "Parent": document.pages.reference,
                        "MediaBox": pydyf.Array([0, 0, _WIDTH, _HEIGHT]),
                        "Resources": pydyf.Dictionary({"Font": fonts}),
                        "Contents": stream.reference,
                    }
                )
            )
        document.info["Title"] = pydyf.String(self._title)
        document.write(out)

    def _need(self, lines: int) -> None:
        if self._y - lines * _LINE < _BOTTOM:
            self._turn()

    def _turn(self) -> None:
        self._pages.append(pydyf.Stream(compress=True))
        self._y = _TOP

    def _text(self, x: float, words: str, size: int, font: str = "regular") -> None:
        _show(self._pages[-1], x, self._y, words, size, font)

    def _figures(self, figures: Sequence[str], font: str, size: int) -> None:
        for place, text in enumerate(reversed(figures)):
            width = size * sum(_NARROW.get(sign, _DIGIT) for sign in text)
            self._text(_WIDTH - _MARGIN - place * _COLUMN - width, text, size, font)

    def _rule(self) -> None:
        stream = self._pages[-1]
        stream.set_line_width(0.5)
        stream.move_to(_MARGIN, self._y - 5)
        stream.line_to(_WIDTH - _MARGIN, self._y - 5)
        stream.stroke()
        self._y -= _LINE + 4


def _font(base: str) -> pydyf.Dictionary:
    return pydyf.Dictionary({
        "Type": "/Font", "Subtype": "/Type1", "BaseFont": f"/{base}", "Encoding": "/WinAnsiEncoding",
    })  # fmt: skip


def _show(stream: pydyf.Stream, x: float, y: float, words: str, size: int, font: str = "regular") -> None:
    stream.begin_text()
    stream.set_font_size(font, size)
    stream.set_text_matrix(1, 0, 0, 1, round(x, 2), round(y, 2))
    stream.show_text_string(words.encode("cp1252", errors="replace"))
    stream.end_text()
