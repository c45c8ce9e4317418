"""The API's page: the table of routes, its codes, and lines to try. It loads nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import msgspec
from msgspec import inspect

from cse.domain.codes import CODES
from cse.runtime.http.openapi import possible_codes
from cse.runtime.http.route import Route

_STYLE: Final = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #1b1f24; background: #fff }
code, pre { font: 14px/1.45 ui-monospace, monospace }
code { overflow-wrap: anywhere } a { color: #0b57d0 }
pre { background: #f4f5f7; padding: .75rem; border-radius: 6px;
  white-space: pre-wrap; overflow-wrap: anywhere }
table { border-collapse: collapse; width: 100% } td code { overflow-wrap: normal }
.wide { overflow-x: auto } ul.routes { list-style: none; padding: 0 }
details { margin-top: .75rem } summary { cursor: pointer; color: #57606a }
.routes .method { display: inline-block; width: 4.5rem }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem; border-bottom: 1px solid #dde1e6 }
h3 { margin-top: 2.5rem; font-size: 1rem } h3 code { font-weight: 600; font-size: 1rem }
.method { font-weight: 600 } .access { color: #57606a }
@media (prefers-color-scheme: dark) { body { color: #e6e8eb; background: #14171a }
  pre { background: #1f2328 } th, td { border-color: #343a41 }
  .access, summary { color: #9aa4af } a { color: #7ab7ff } }
"""
_STYLE_HASH: Final = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy of these pages: they run nothing, and have the style written in them."""
_FIRST_STEPS: Final = """\
# sign up, and keep the access token, which is good for 15 minutes; then sign in again
TOKEN=$(curl -s {base}/api/auth/sign-up -H 'Content-Type: application/json' \\
  -d '{{"email":"ada@example.com","password":"a long pass phrase","display_name":"Ada"}}' \\
  | python3 -c 'import json,sys; print(json.load(sys.stdin)["access_token"])')

# play money, and a first order in the quiet market
curl -s {base}/api/faucet -H "Authorization: Bearer $TOKEN" -H 'Idempotency-Key: first' \\
  -H 'Content-Type: application/json' -d '{{"asset":"USDC","amount":"1000"}}'
curl -s {base}/api/orders -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
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
        '<li><a href="/api/asyncapi.json">AsyncAPI document of the WebSockets</a></li>'
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
        '<a href="/api/openapi.json">OpenAPI document</a>, '
        '<a href="/api/asyncapi.json">AsyncAPI document of the WebSockets</a></p>',
        f"<h2>First steps</h2><pre>{escape(_FIRST_STEPS.format(base=base))}</pre>",
        '<h2>Routes</h2><ul class="routes">',
        *[
            f'<li><span class="method">{route.method}</span>'
            f'<a href="#{_anchor(route)}">{escape(route.path)}</a>'
            for route in routes
        ],
        "</ul>",
        *[_route(route, base) for route in routes],
        "<h2>Codes</h2><p><i>Retry</i>: the same request may succeed later without a change. "
        "<i>Money</i>: <code>none</code> means that nothing happened, <code>unknown</code> that you "
        "must look before you act again.</p>",
        '<div class="wide"><table><tr><th>code<th>status<th>retry<th>money<th>sentence',
        *[
            f'<tr id="{code.name}"><td><code>{code.name}</code><td>{code.status}'
            f"<td>{'yes' if code.retryable else 'no'}<td>{code.money}<td>{escape(code.sentence)}"
            for code in CODES
        ],
        "</table></div>",
    ]
    return _page("CS Exchange API", "\n".join(parts))


def _route(route: Route, base: str) -> str:
    found = ", ".join(
        f'<a href="#{code.name}"><code>{code.name}</code></a>' for code in possible_codes(route)
    )
    fields = "".join(
        f"<tr><td><code>{name}</code><td>{escape(place)}<td>{escape(value)}"
        for name, place, value in _fields(route)
    )
    table = f"<table><tr><th>field<th>where<th>value{fields}</table>" if fields else ""
    return (
        f'<h3 id="{_anchor(route)}"><span class="method">{route.method}</span> '
        f"<code>{escape(route.path)}</code></h3>"
        f'<p>{escape(route.summary)} <span class="access">For {route.access.value}.</span></p>'
        f"<pre>{escape(_lines(route, base))}</pre>{_explained(route)}{table}"
        f"<details><summary>Codes of refusals</summary><p>{found}</p></details>"
    )


def _anchor(route: Route) -> str:
    return "-".join([route.method.lower(), *re.findall(r"\w+", route.path)])


def _explained(route: Route) -> str:
    """What the request's type says of itself below its first line."""
    _, _, rest = ((route.request and route.request.__doc__) or "").partition("\n\n")
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(" ".join(rest.split())))
    return f"<p>{text}</p>" if text else ""


def _fields(route: Route) -> list[tuple[str, str, str]]:
    """Name, place and possible values of every field."""
    found = []
    for type_, where in ((route.request, "body"), (route.query, "query")):
        for field in _information(type_) if type_ is not None else ():
            needed = ", required" if _is_needed(field) else ""
            usual = f"; else {_text(field.default)}" if _has_default(field) else ""
            found.append((field.encode_name, f"{where}{needed}", f"{_values(field.type)}{usual}"))
    return found


def _is_needed(field: inspect.Field) -> bool:
    """An empty text stands for a field that the handler misses: no query can be made without defaults."""
    return field.required or field.default == ""


def _has_default(field: inspect.Field) -> bool:
    return not _is_needed(field) and field.default is not None


def _information(type_: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    information = inspect.type_info(type_)
    assert isinstance(information, inspect.StructType)
    return information.fields


def _values(type_: inspect.Type) -> str:
    if isinstance(type_, inspect.UnionType):
        return " or ".join(_values(one) for one in type_.types if not isinstance(one, inspect.NoneType))
    if isinstance(type_, inspect.Metadata):
        described = type_.extra_json_schema or {}
        return str(described.get("title") or described.get("description") or _values(type_.type))
    if isinstance(type_, inspect.LiteralType):
        return ", ".join(map(_text, type_.values))
    if isinstance(type_, inspect.IntType):
        return f"{type_.ge} to {type_.le}" if type_.le is not None else "whole number"
    if isinstance(type_, inspect.ListType):
        return _list_values(type_)
    if isinstance(type_, inspect.StructType):
        return f"{{{', '.join(field.encode_name for field in type_.fields)}}}"
    return "true or false" if isinstance(type_, inspect.BoolType) else "text"


def _list_values(type_: inspect.ListType) -> str:
    """How many there may be, and of what."""
    if type_.max_length is None:
        return f"list of {_values(type_.item_type)}"
    return f"list of {type_.min_length or 0} to {type_.max_length}: {_values(type_.item_type)}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _lines(route: Route, base: str) -> str:
    """A line to try for each example, or the one that the fields give."""
    if not route.examples:
        return _curl(route, base, None)
    return "\n\n".join(
        f"# {example.summary}\n{_curl(route, base, example.body)}" for example in route.examples
    )


def _curl(route: Route, base: str, example: Mapping[str, Any] | None) -> str:
    path = re.sub(r"\{(\w+)\}", lambda found: _IN_PATH.get(found[1], found[1]), route.path)
    asked = [
        f"{one.encode_name}={_EXAMPLES.get(one.name, '')}"
        for one in _information(route.query)
        if _is_needed(one)
    ]
    address = f"{base}{path}"
    parts = [f"curl -s '{address}?{'&'.join(asked)}'" if asked else f"curl -s {address}"]
    if route.method not in ("GET", "POST"):
        parts.append(f"-X {route.method}")
    if route.access.takes_persons:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    elif route.access.takes_keys:
        parts.append('-H "CSE-Key: $KEY" -H "CSE-Timestamp: $T" -H "CSE-Signature: $SIGNATURE"')
    if route.idempotency_key:
        parts.append("-H 'Idempotency-Key: a-key-of-your-own'")
    if example is not None:
        sent = msgspec.json.encode(example).decode()
        parts.append(f"-H 'Content-Type: application/json' -d '{sent}'")
    elif route.request is not None:
        body = {field.name: _EXAMPLES.get(field.name, "") for field in _information(route.request)}
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
    "interval": "1m",
    "side": "buy",
    "type": "limit",
    "price": "0.5",
    "quantity": "100",
    "asset": "USDC",
    "amount": "1000",
    "refresh_token": "...",
}
_IN_PATH: Final = {"id": "1", "client_order_id": "my-order-1", "market": "LAB-USDC"}


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style>{body}</html>"
    ).encode()
