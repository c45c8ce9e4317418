"""Which file stands for which path, in which language, and what it may do."""

from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest

from cse.cli.gateway.caddy import HSTS
from cse.cli.gateway.handlers import FOREVER
from tests.integration.gateway.standing import HASH, PAGES


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/en", 200, "home"),
        ("/ar", 200, "home in Arabic"),
        ("/en/markets", 200, "markets"),
        ("/en/markets?sort=volume", 200, "markets"),
        ("/en/markets.txt", 200, "payload of markets"),
        ("/en/markets.txt?_rsc=1x2y", 200, "payload of markets"),
        ("/robots.txt", 200, "for robots"),
        # A shell stands for whatever is its last part, for the page and for its payloads.
        ("/en/trade/LUNA-USDC", 200, "shell"),
        ("/ar/trade/LUNA-USDC", 200, "shell in Arabic"),
        ("/en/trade/_", 200, "shell"),
        ("/en/trade/%E2%80%AE", 200, "shell"),
        ("/en/trade/LUNA-USDC.txt?_rsc=1", 200, "payload of the shell"),
        ("/en/trade/X/__next.%24d%24locale.trade.%24d%24pair.__PAGE__.txt", 200, "part of the shell"),
        ("/en/trade/X/__next.$d$locale.trade.$d$pair.__PAGE__.txt", 200, "part of the shell"),
        ("/en/trade/X/more", 404, "lost"),
        ("/en/trade", 404, "lost"),
        # What is not there.
        ("/en/nothing", 404, "lost"),
        ("/ar/nothing", 404, "lost in Arabic"),
        ("/nothing.png", 404, "lost"),
        ("/en/nothing.txt", 404, ""),
        ("/_next/static/chunks/main-gone.js", 404, ""),
        ("/csp.json", 404, "lost"),
        # Nothing beyond the site.
        ("/en/..%2f..%2frun/gateway.json", 404, "lost"),
        ("/..%2frun%2fgateway.json", 404, "lost"),
        ("/en/%2e%2e/%2e%2e/run/gateway.json", 404, "lost"),
    ],
)
def test_a_path_is_a_file(client: httpx.Client, path: str, status: int, text: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (status, text)


ARABIC_COOKIE = {"Cookie": "a=b; cse_locale=ar; c=d"}


@pytest.mark.parametrize(
    ("path", "headers", "location"),
    [
        ("/", {}, "/en"),
        ("/?from=mail", {}, "/en?from=mail"),
        ("/markets?sort=volume", {}, "/en/markets?sort=volume"),
        ("/trade/LUNA-USDC", {}, "/en/trade/LUNA-USDC"),
        ("/", ARABIC_COOKIE, "/ar"),
        ("/markets", ARABIC_COOKIE, "/ar/markets"),
        ("/", {"Cookie": "__Host-cse_locale=ar"}, "/ar"),
        ("/", {"Cookie": "cse_locale=xx"}, "/en"),
        ("/", {"Cookie": "not_cse_locale=ar"}, "/en"),
        ("/", {"Accept-Language": "ar"}, "/ar"),
        ("/", {"Accept-Language": "ar-EG,ar;q=0.9,en;q=0.8"}, "/ar"),
        ("/", {"Accept-Language": "de-DE, AR-EG;q=0.8, en;q=0.7"}, "/ar"),
        ("/", {"Accept-Language": "en-GB,ar;q=0.5"}, "/en"),
        ("/", {"Accept-Language": "de,fr"}, "/en"),
        ("/", {"Accept-Language": "arn"}, "/en"),
        ("/", {"Accept-Language": "en"} | ARABIC_COOKIE, "/ar"),
        # Whatever a path says, it leads to a page of this origin.
        ("//elsewhere.example/", {}, "/en//elsewhere.example/"),
        ("/\\elsewhere", {}, "/en/\\elsewhere"),
    ],
)
def test_a_path_without_a_language_leads_to_the_readers(
    client: httpx.Client, path: str, headers: dict[str, str], location: str
) -> None:
    answer = client.get(httpx.URL(client.base_url, raw_path=path.encode()), headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (307, location)
    assert answer.headers["vary"] == "Cookie, Accept-Language"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("path", "location"),
    [("/en/", "/en"), ("/ar/markets/", "/ar/markets"), ("/en/trade/X//", "/en/trade/X")],
)
def test_a_slash_at_the_end_is_left_out(client: httpx.Client, path: str, location: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["location"]) == (308, location)


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/en/markets", "en/markets.html"),
        ("/en/trade/LUNA-USDC", "en/trade/_.html"),
        ("/ar/nothing", "ar/lost.html"),
    ],
)
def test_a_page_comes_with_its_own_policy(client: httpx.Client, path: str, file: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"] == f"script-src 'self' {HASH} 'of {file}'"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("path", "rest"), [("/en", ""), ("/ar/markets", "/markets"), ("/en/trade/LUNA-USDC", "/trade/LUNA-USDC")]
)
def test_a_page_says_where_it_is_in_other_languages(client: httpx.Client, path: str, rest: str) -> None:
    places = {"ar": f"/ar{rest}", "en": f"/en{rest}", "x-default": f"/en{rest}"}
    links = [f'<{place}>; rel="alternate"; hreflang="{name}"' for name, place in places.items()]
    assert client.get(path).headers["link"] == ", ".join(links)


@pytest.mark.parametrize(
    "path", ["/en/markets.txt", "/art/luna-park.webp", "/en/trade/%E2%80%AE", "/en/nothing"]
)
def test_what_is_no_page_of_the_app_has_no_other_languages(client: httpx.Client, path: str) -> None:
    assert "link" not in client.get(path).headers


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/_next/static/chunks/main-1a2b.js", FOREVER),
        ("/en/markets.txt", "no-cache"),
        ("/art/luna-park.webp", "public, max-age=3600"),
        ("/offline/page.js", "public, max-age=3600"),
        # The name stays, and what it stands for is that of the newest build.
        ("/sw.js", "no-cache"),
        ("/en/app.webmanifest", "no-cache"),
    ],
)
def test_how_long_a_file_is_good(client: httpx.Client, path: str, kept: str) -> None:
    assert client.get(path).headers["cache-control"] == kept


def test_a_manifest_says_what_it_is(client: httpx.Client) -> None:
    assert client.get("/en/app.webmanifest").headers["content-type"] == "application/manifest+json"


@pytest.mark.parametrize("path", ["/en", "/en/nothing", "/", "/_next/static/chunks/main-1a2b.js"])
def test_every_answer_is_guarded(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["strict-transport-security"] == HSTS
    assert "server" not in headers


def test_a_page_that_has_not_changed_is_not_sent_again(client: httpx.Client) -> None:
    first = client.get("/en/markets")
    again = client.get("/en/markets", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_long_file_is_compressed_and_a_packed_one_is_sent_as_it_lies(
    client: httpx.Client, data: Path
) -> None:
    path = "_next/static/chunks/main-1a2b.js"
    answer = client.get(f"/{path}", headers={"Accept-Encoding": "zstd"})
    assert answer.headers["content-encoding"] == "zstd"
    packed = data / "site" / f"{path}.gz"
    packed.write_bytes(gzip.compress(PAGES[path].encode(), mtime=0))
    with client.stream("GET", f"/{path}", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["content-encoding"] == "gzip"
        assert b"".join(answer.iter_raw()) == packed.read_bytes()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_a_page_can_only_be_read(client: httpx.Client, method: str) -> None:
    answer = client.request(method, "/en")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
