"""What stands in the head of a page for those who show a link to it, and how it comes into a built page."""

from __future__ import annotations

import json
import re
from html import escape
from typing import Final, NamedTuple

_TITLE: Final = re.compile(r"<title>[^<]*</title>")
_DESCRIPTION: Final = re.compile(r'<meta name="description" content="([^"]*)"/>')
# Within a script's element nothing of these may be read as markup, nor as the end of a line.
_IN_SCRIPT: Final = str.maketrans(
    {sign: f"\\u{ord(sign):04x}" for sign in ("<", ">", "&", "\u2028", "\u2029")}
)


class Unfillable(ValueError):
    """A built page has no head of the form that is filled in."""


class Image(NamedTuple):
    """The picture of a page, a PNG: its address, pixels, and what it shows in words."""

    url: str
    width: int
    height: int
    alt: str


class Head(NamedTuple):
    """What is said of a page; addresses are whole, with the exchange's origin. Texts are any text."""

    title: str
    description: str
    product: str
    url: str
    locale: str
    image: Image


def described(shell: str) -> str:
    """The description that a built page has, as it stands in it.

    Raises:
        Unfillable: it has none.
    """
    if _TITLE.search(shell) is None or (found := _DESCRIPTION.search(shell)) is None:
        raise Unfillable("a page has no title or no description")
    return found[1]


def filled(shell: str, head: Head) -> str:
    """A built page with another title and description, and behind them what unfurls.

    No script is touched, so that the hashes in the page's policy hold; what is added runs nothing.
    """
    title = f"<title>{escape(head.title)}</title>"
    shell = _TITLE.sub(lambda _: title, shell, count=1)
    return _DESCRIPTION.sub(lambda _: _block(head), shell, count=1)


def _block(head: Head) -> str:
    named = {"description": head.description, "twitter:card": "summary_large_image"}
    properties = {
        "og:type": "website",
        "og:site_name": head.product,
        "og:title": head.title,
        "og:description": head.description,
        "og:url": head.url,
        "og:locale": head.locale.replace("-", "_"),
        "og:image": head.image.url,
        "og:image:type": "image/png",
        "og:image:width": str(head.image.width),
        "og:image:height": str(head.image.height),
        "og:image:alt": head.image.alt,
    }
    metas = [f'<meta name="{name}" content="{escape(text)}"/>' for name, text in named.items()]
    metas += [f'<meta property="{name}" content="{escape(text)}"/>' for name, text in properties.items()]
    return "".join([*metas, f'<script type="application/ld+json">{_linked_data(head)}</script>'])


def _linked_data(head: Head) -> str:
    said = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": head.title,
        "description": head.description,
        "url": head.url,
        "inLanguage": head.locale,
        "isPartOf": {"@type": "WebSite", "name": head.product},
        "primaryImageOfPage": head.image.url,
    }
    return json.dumps(said, ensure_ascii=False).translate(_IN_SCRIPT)
