"""The API's page: the table of routes, its codes, and lines to try. It loads nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Final

import msgspec

from cse.domain.codes import CODES
from cse.runtime.http.openapi import possible_codes
from cse.runtime.http.route import Access, Route

_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1f24; background: #fff }
code, pre { font: 14px/1.45 ui-monospace, monospace }
pre { background: #f4f5f7; padding: .75rem; overflow-x: auto; border-radius: 6px }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #dde1e6 }
h3 { margin-top: 2rem } .method { font-weight: 600 } .access { color: #57606a }
@media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #14171a }
  pre { background: #1f2328 } th, td { border-color: #343a41 }
  .access { color: #9aa4af } a { color: #7ab7ff } }
"""
_FIRST_STEPS: Final = """\
# sign up; the answer has an access_token
curl -s {base}/api/auth/sign-up -H 'Content-Type: application/json' \\
  -d '{{"email":"ada@example.com","password":"a long pass phrase","display_name":"Ada"}}'
TOKEN=...

# play money, and a first order in the quiet market
curl -s {base}/api/faucet -H "Authorization: Bearer $TOKEN" -H 'Idempotency-Key: first' \\
  -H 'Content-Type: application/json' -d '{{"asset":"USDC","amount":"1000"}}'
curl -s {base}/api/orders -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
  -d '{{"market":"LAB-USDC","side":"buy","type":"limit","price":"0.5","quantity":"100"}}'
curl -s {base}/api/orders -H "Authorization: Bearer $TOKEN"
curl -s {base}/api/orderbook/LAB-USDC
"""


def home_page() -> bytes:
    """What stands at `/`."""
    return _page(
        "CS Exchange",
        "<h1>CS Exchange</h1><p>An exchange for creator tokens. This is its API.</p><ul>"
        '<li><a href="/api/docs">The API, with lines to try</a></li>'
        '<li><a href="/api/openapi.json">OpenAPI document</a></li>'
        '<li><a href="/api/markets">Markets</a></li>'
        '<li><a href="/api/health">Health</a></li></ul>',
    )


def docs_page(routes: Sequence[Route], base: str) -> bytes:
    """What stands at `/api/docs`: every route, and every code."""
    parts = [
        "<h1>CS Exchange API</h1>",
        "<p>JSON. Amounts are decimal strings, never numbers; ids are strings; times are RFC 3339 "
        "in UTC. Every answer carries <code>CSE-Sequence</code>; a read with "
        "<code>CSE-Min-Sequence</code> reflects at least that. Refusals are problem details "
        "(RFC 9457) with a stable <code>code</code>. "
        '<a href="/api/openapi.json">OpenAPI document</a></p>',
        f"<h2>First steps</h2><pre>{escape(_FIRST_STEPS.format(base=base))}</pre>",
        "<h2>Routes</h2>",
        *[_route(route, base) for route in routes],
        "<h2>Codes</h2><table><tr><th>code<th>status<th>retry<th>money<th>sentence",
        *[
            f'<tr id="{code.name}"><td><code>{code.name}</code><td>{code.status}'
            f"<td>{'yes' if code.retryable else 'no'}<td>{code.money}<td>{escape(code.sentence)}"
            for code in CODES
        ],
        "</table>",
    ]
    return _page("CS Exchange API", "\n".join(parts))


def _route(route: Route, base: str) -> str:
    found = ", ".join(
        f'<a href="#{code.name}"><code>{code.name}</code></a>' for code in possible_codes(route)
    )
    fields = "".join(f"<tr><td><code>{name}</code><td>{escape(kind)}" for name, kind in _fields(route))
    table = f"<table><tr><th>field<th>type{fields}</table>" if fields else ""
    return (
        f'<h3><span class="method">{route.method}</span> <code>{escape(route.path)}</code></h3>'
        f'<p>{escape(route.summary)} <span class="access">For {route.access.value}.</span></p>'
        f"<pre>{escape(_curl(route, base))}</pre>{table}<p>Codes: {found}</p>"
    )


def _fields(route: Route) -> list[tuple[str, str]]:
    found = []
    for type_, where in ((route.request, "body"), (route.query, "query")):
        for field in msgspec.structs.fields(type_) if type_ is not None else ():
            needed = "" if field.default is not msgspec.NODEFAULT else ", required"
            found.append((field.name, f"{where}{needed}"))
    return found


def _curl(route: Route, base: str) -> str:
    parts = [f"curl -s {base}{route.path}"]
    if route.method not in ("GET", "POST"):
        parts.append(f"-X {route.method}")
    if route.access is not Access.EVERYONE:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    if route.idempotency_key:
        parts.append("-H 'Idempotency-Key: a-key-of-your-own'")
    if route.request is not None:
        body = {field.name: _example(field) for field in msgspec.structs.fields(route.request)}
        needed = msgspec.json.encode({name: text for name, text in body.items() if text}).decode()
        parts.append(f"-H 'Content-Type: application/json' -d '{needed}'")
    elif route.method == "POST":
        parts.append("-X POST")
    return " \\\n  ".join(parts)


_EXAMPLES: Final = {
    "email": "ada@example.com",
    "password": "a long pass phrase",
    "display_name": "Ada",
    "market": "LAB-USDC",
    "side": "buy",
    "type": "limit",
    "price": "0.5",
    "quantity": "100",
    "asset": "USDC",
    "amount": "1000",
    "refresh_token": "...",
}


def _example(field: Any) -> str:
    return _EXAMPLES.get(field.name, "")


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style>{body}</html>"
    ).encode()
