"""A mail's text as a page: the same words in the same order, written in the direction of its language."""

from __future__ import annotations

import html
import re
from typing import Final

from cse.accounts.mail.models import Text

_LINK: Final = re.compile(r"https?://\S+")
_BODY: Final = "font:16px/1.5 sans-serif;max-width:36em;margin:0 auto;padding:24px"


def page_of(text: Text) -> str:
    """The page. It fetches nothing, and has no link whose address is not what is seen."""
    direction = "rtl" if text.language == "ar" else "ltr"
    paragraphs = "".join(f"<p>{_paragraph(part)}</p>" for part in text.body.strip().split("\n\n"))
    return (
        f'<!doctype html><html lang="{text.language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>{html.escape(text.subject)}</title></head>"
        f'<body style="{_BODY}">{paragraphs}</body></html>\n'
    )


def _paragraph(part: str) -> str:
    """Lines that were broken for plain text flow, but for those with a link and the farewell."""
    lines = part.split("\n")
    kept = [line for line in lines if line != "-- "]
    breaks = any(_LINK.search(line) for line in lines) or len(kept) < len(lines)
    return ("<br>" if breaks else " ").join(_line(line) for line in kept)


def _line(line: str) -> str:
    parts, end = [], 0
    for link in _LINK.finditer(line):
        parts += [html.escape(line[end : link.start()]), _anchor(link[0])]
        end = link.end()
    return "".join([*parts, html.escape(line[end:])])


def _anchor(link: str) -> str:
    shown = html.escape(link)
    return f'<bdi dir="ltr"><a href="{shown}">{shown}</a></bdi>'
