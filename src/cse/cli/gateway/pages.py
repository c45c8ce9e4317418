"""The routes of the web app: which file stands for a path, with which headers.

The app is a static export with one tree of pages for each language, `/{locale}/...`. A page at
`/en/markets` is the file `en/markets.html`; what its router fetches for it lies in `en/markets.txt`
and below `en/markets/`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from cse.cli.gateway.handlers import (
    AN_HOUR,
    ASK_AGAIN,
    FOREVER,
    Handler,
    Route,
    answer,
    compress,
    file_server,
    headers,
    map_to,
    redirect,
    rewrite,
    subroute,
    terminal,
)
from cse.cli.gateway.policy import FILE, Policies, policies_of

DEFAULT_LOCALE: Final = "en"
LOCALE_COOKIE: Final = "cse_locale"
# Pages that are one file for all that can stand in their last part: `/en/trade/LUNA-USDC` is served
# from `en/trade/_.html`, and so are the payloads that the router fetches.
SHELLS: Final = ("trade",)

# The service worker: who has an old one asks for another by this name.
WORKER: Final = "/sw.js"
MANIFESTS: Final = "*.webmanifest"

_SMALL_BYTES: Final = 512
_SECURITY: Final = {
    # A page has a longer one. A worker's script has the policy that comes with it, so this says no more.
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_LOCALE: Final = re.compile(r"[a-z]{2}(-[A-Z]{2})?")


def page_routes(web: Path, filled: list[Route]) -> list[Route]:
    """The routes that serve the built app in `web`, for every path that is nobody else's.

    `filled` are those of pages that are more than files.
    """
    locales = locales_of(web)
    policies = policies_of(web)
    return [
        {"handle": [headers(_SECURITY), compress(_SMALL_BYTES)]},
        terminal([{"not": [{"method": ["GET", "HEAD"]}]}], answer(405, {"Allow": "GET, HEAD"})),
        _assets(web),
        _one_slash_less(locales),
        *_to_locale(locales),
        *filled,
        _shells(locales),
        _files(web, locales, policies),
        *not_found(web, locales, policies),
    ]


def not_found(web: Path, locales: list[str], policies: Policies) -> list[Route]:
    """Answers what is not there: a person with the app's page in his language, a program without."""
    bare = answer(404, {"Cache-Control": "no-store"})
    served = [*page_headers(policies), {**serve_file(web), "status_code": "404"}]

    def page(match: dict[str, Any], *candidates: str) -> Route:
        found = {**match, "file": _found(web, *candidates)}
        return terminal([found], rewrite("{http.matchers.file.relative}"), *served)

    return [
        terminal([{"path": ["/_next/*", "*.txt"]}], bare),
        *(page({"path": [f"/{locale}", f"/{locale}/*"]}, f"/{locale}/lost.html") for locale in locales),
        page({}, f"/{DEFAULT_LOCALE}/lost.html", "/404.html"),
        {"handle": [bare], "terminal": True},
    ]


def locales_of(web: Path) -> list[str]:
    """The languages the app was built for: each is a page, and a folder with the others."""
    return sorted(
        entry.stem
        for entry in web.glob("*.html")
        if _LOCALE.fullmatch(entry.stem) and (web / entry.stem).is_dir()
    )


def _assets(web: Path) -> Route:
    """Files whose names change with their content."""
    found = {"path": ["/_next/static/*"], "file": _found(web, "{http.request.uri.path}")}
    return terminal([found], headers({"Cache-Control": FOREVER}), serve_file(web))


def _one_slash_less(locales: list[str]) -> Route:
    pattern = f"^/({either(locales)})((?:/.*[^/])?)/+$"
    target = "/{http.regexp.slash.1}{http.regexp.slash.2}"
    return terminal([{"path_regexp": {"name": "slash", "pattern": pattern}}], redirect(target, 308))


def _shells(locales: list[str]) -> Route:
    pattern = f"^/({either(locales)})/({either(SHELLS)})/[^/]+?(\\.txt|/.+)?$"
    rewritten = "/{http.regexp.shell.1}/{http.regexp.shell.2}/_{http.regexp.shell.3}"
    return {
        "match": [{"path_regexp": {"name": "shell", "pattern": pattern}}],
        "handle": [rewrite(rewritten)],
    }


def _files(web: Path, locales: list[str], policies: Policies) -> Route:
    candidates = _found(web, "{http.request.uri.path}", "{http.request.uri.path}.html")
    return terminal(
        [{"file": candidates, "not": [{"path": [f"/{FILE}"]}]}],
        other_languages(locales),
        rewrite("{http.matchers.file.relative}"),
        *page_headers(policies),
        serve_file(web),
    )


def other_languages(locales: list[str]) -> Handler:
    """Says with a page where it is in each language, and which is for who reads none of them.

    It is said in a header, since one file stands for many addresses. An address with other signs than
    those of the app's own pages goes without.
    """
    address = f"^/({either(locales)})((?:/[A-Za-z0-9_-]+)*)$"
    rest = "{http.regexp.page.2}"
    links = [f'</{locale}{rest}>; rel="alternate"; hreflang="{locale}"' for locale in locales]
    links.append(f'</{DEFAULT_LOCALE}{rest}>; rel="alternate"; hreflang="x-default"')
    asked = {"{http.request.orig_uri.path}": {"name": "page", "pattern": address}}
    return subroute({"match": [{"vars_regexp": asked}], "handle": [headers({"Link": ", ".join(links)})]})


def page_headers(policies: Policies, path: str = "{http.request.uri.path}") -> list[Handler]:
    """The policy of the page that the file at `path` is, and for how long it is good without asking again."""
    keep = map_to(
        path,
        "{cse_keep}",
        [{"input_regexp": rf"\.(html|txt|json|webmanifest)$|^{WORKER}$", "outputs": [ASK_AGAIN]}],
        AN_HOUR,
    )
    pages = [{"input": path, "outputs": [text]} for path, text in policies.pages.items()]
    allow = map_to(path, "{cse_policy}", pages, policies.default)
    said = headers({"Content-Security-Policy": "{cse_policy}", "Cache-Control": "{cse_keep}"})
    typed = {
        "match": [{"path": [MANIFESTS]}],
        "handle": [headers({"Content-Type": "application/manifest+json"})],
    }
    return [allow, keep, said, subroute(typed)]


def _to_locale(locales: list[str]) -> list[Route]:
    """Sends a path without a language to the language of the reader.

    That is the one he chose, else the first of those that his browser asks for and the app has.
    """
    if not locales:
        return []
    default = DEFAULT_LOCALE if DEFAULT_LOCALE in locales else locales[0]
    # Neither a path in a language, nor one that names a file.
    unprefixed = {
        "not": [
            {"path_regexp": {"pattern": f"^/({either(locales)})(/|$)"}},
            {"path_regexp": {"pattern": r"\.[A-Za-z0-9]{1,11}$"}},
            {"path": ["/_next/*", "/.well-known/*"]},
        ]
    }
    # By TLS its name is bound to the host, as all cookies' names are.
    chosen = f"(?:^|;\\s*)(?:__Host-)?{LOCALE_COOKIE}=({either(locales)})(?:;|$)"
    bases = {locale.partition("-")[0]: locale for locale in reversed(locales)}
    asked = f"(?i)(?:^|,)\\s*({either(bases)})(?:-[a-z0-9]+)*\\s*(?:;|,|$)"
    full_names = [{"input_regexp": f"(?i)^{base}$", "outputs": [locale]} for base, locale in bases.items()]
    to_full_name = map_to("{http.regexp.asked.1}", "{cse_locale}", full_names, default)

    def route(found: dict[str, Any], target: str, *before: Handler) -> Route:
        said = headers({"Vary": "Cookie, Accept-Language", "Cache-Control": "no-store"})
        return terminal([{**unprefixed, **found}], *before, said, redirect(f"/{target}{{cse_rest}}", 307))

    return [
        _rest(),
        route(_header_like("Cookie", "chosen", chosen), "{http.regexp.chosen.1}"),
        route(_header_like("Accept-Language", "asked", asked), "{cse_locale}", to_full_name),
        route({}, default),
    ]


def _rest() -> Route:
    """What comes behind the language: nothing for the first page, else the path and its query."""
    first = {"input_regexp": r"^/(\?.*)?$", "outputs": ["${1}"]}
    others = {"input_regexp": r"^(.*)$", "outputs": ["${1}"]}
    return {"handle": [map_to("{http.request.orig_uri}", "{cse_rest}", [first, others], "")]}


def _header_like(header: str, name: str, pattern: str) -> dict[str, Any]:
    return {"header_regexp": {header: {"name": name, "pattern": pattern}}}


def either(words: Any) -> str:
    """A pattern for any of these words."""
    # Without any word: what matches nothing.
    return "|".join(map(re.escape, words)) or r"[^\s\S]"


def _found(web: Path, *candidates: str) -> dict[str, Any]:
    return {"root": str(web), "try_files": list(candidates)}


def serve_file(web: Path) -> Handler:
    """Answers with the file of the path, compressed where the build has done that."""
    return file_server(web, precompressed={"gzip": {}}, precompressed_order=["gzip"])
