"""What a link to a market unfurls into, with names of any kind."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any, cast

import pytest

from cse.creators.models import Profile
from cse.creators.service import Creators
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.service import MarketData
from cse.site.head import Head, Image, Unfillable, described, filled
from cse.site.pictures import Pictures
from cse.site.service import Site
from cse.site.shells import Shell

SHELL = (
    '<!DOCTYPE html><html lang="en"><head><meta charSet="utf-8"/><script>boot("<title>x</title>")</script>'
    '<title>Trade · CS Exchange</title><meta name="description" content="Live prices &amp; orders."/>'
    "<script>hydrate()</script></head><body><p>page</p></body></html>"
)
PLAIN = SHELL.replace("<title>x</title>", "")
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</title></head><body onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "\\1 \\g<0> {title}",
    "Luna\u202ekraP",
    "line\u2028separator",
    "&amp;&lt;",
    "نجوم الليل",
)


class Reader(HTMLParser):
    """Elements and what is said of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.scripts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        name = given.get("name") or given.get("property")
        if tag == "meta" and name:
            self.said[name] = given["content"] or ""

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] == ["script"]:
            self.scripts.append(data)
        self.texts.setdefault(self.tags[-1] if self.tags else "", data)


def head(text: str) -> Head:
    image = Image(text, 1200, 630, text)
    return Head(text, text, "CS Exchange", "https://exchange.example/en/trade/X-Y", "pt-BR", image)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_are_texts_wherever_they_stand(text: str) -> None:
    page = Reader(filled(PLAIN, head(text)))
    assert page.texts["title"] == text
    for name in ("description", "og:title", "og:description", "og:image", "og:image:alt"):
        assert page.said[name] == text
    (linked,) = [script for script in page.scripts if "schema.org" in script]
    assert json.loads(linked)["name"] == text
    assert not re.search("[<>&\u2028]", linked)
    # Nothing but what is meant came into the page.
    extra = list(page.tags)
    for tag in Reader(PLAIN).tags:
        extra.remove(tag)
    assert set(extra) == {"meta", "script"}


def test_scripts_stay_as_the_policy_knows_them() -> None:
    scripts = re.compile(r"<script>.*?</script>")
    assert scripts.findall(filled(PLAIN, head("a"))) == scripts.findall(PLAIN)


def test_the_locale_is_written_as_those_who_unfurl_write_it() -> None:
    page = Reader(filled(PLAIN, head("a")))
    assert page.said["og:locale"] == "pt_BR"


@pytest.mark.parametrize("page", ["", "<title>a</title>", '<meta name="description" content="a"/>'])
def test_a_page_of_another_form_is_an_error_at_the_start(page: str) -> None:
    with pytest.raises(Unfillable):
        described(page)


class Markets:
    """One market, LUNA-USDC."""

    async def market(self, name: str) -> Any:
        if name != "LUNA-USDC":
            raise CodedError(codes.MARKET_UNKNOWN)
        symbol = type("Asset", (), {})
        base, quote = symbol(), symbol()
        base.symbol, quote.symbol = "LUNA", "USDC"
        market = symbol()
        market.name, market.base, market.quote = name, base, quote
        return market


class Known:
    """Creators that are known, or PostgreSQL's absence."""

    def __init__(self, *profiles: Profile) -> None:
        self.found = list(profiles)

    async def profiles(self) -> list[Profile]:
        return self.found


def site(*profiles: Profile) -> Site:
    shells = {"en": Shell(PLAIN, "Live prices & orders.")}
    return Site(
        shells,
        cast(MarketData, Markets()),
        cast(Creators, Known(*profiles)),
        cast(Pictures, None),
        None,
        "https://exchange.example",
        lambda: 0,
    )


async def test_a_market_is_called_by_its_symbols_and_its_creator() -> None:
    luna = Profile("LUNA", "luna", "Luna <Park>", "Music", "Songs & more", "/art/luna.webp", demo=True)
    page = Reader(await site(luna).market_page("en", "LUNA-USDC"))
    assert page.texts["title"] == "LUNA/USDC · \u2068Luna <Park>\u2069 · CS Exchange"
    assert page.said["description"] == "\u2068Songs & more\u2069 · Live prices & orders."
    assert page.said["og:url"] == "https://exchange.example/en/trade/LUNA-USDC"


async def test_a_link_is_shown_with_a_large_picture_of_the_market() -> None:
    luna = Profile("LUNA", "luna", "Luna", "Music", "Songs", "/art/luna.webp", demo=True)
    said = Reader(await site(luna).market_page("en", "LUNA-USDC")).said
    assert said["twitter:card"] == "summary_large_image"
    assert said["og:image"] == "https://exchange.example/api/markets/LUNA-USDC/picture"
    assert (said["og:image:width"], said["og:image:height"]) == ("1200", "630")
    assert said["og:image:alt"] == "LUNA/USDC · \u2068Luna\u2069"


async def test_a_market_without_a_creator_has_its_symbols() -> None:
    page = Reader(await site().market_page("en", "LUNA-USDC"))
    assert page.texts["title"] == "LUNA/USDC · CS Exchange"
    assert page.said["og:image:alt"] == "LUNA/USDC"


@pytest.mark.parametrize(
    ("locale", "market", "code"),
    [("xx", "LUNA-USDC", codes.NOT_FOUND), ("en", "NOPE-USDC", codes.MARKET_UNKNOWN)],
)
async def test_what_is_not_there_is_refused(locale: str, market: str, code: codes.Code) -> None:
    with pytest.raises(CodedError) as refused:
        await site().market_page(locale, market)
    assert refused.value.code is code
