"""What the site takes from the built app: the page of a market, in each language, and where the face lies."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Final, NamedTuple

from cse.site.head import described

# Where the build puts the files of the app's face for pictures.
FONTS: Final = "fonts"


class Shell(NamedTuple):
    """A built page, and the words in it that are said of it."""

    text: str
    description: str


def market_shells(web: Path | None) -> dict[str, Shell]:
    """The pages of a market by language; none where no app is served.

    Raises:
        Unfillable: a page is not as the build makes them.
    """
    files = sorted(web.glob("*/trade/_.html")) if web is not None else []
    texts = {file.parent.parent.name: file.read_text("utf-8") for file in files}
    return {locale: Shell(text, unescape(described(text))) for locale, text in texts.items()}
