"""What parameters of paths and queries mean, for the API's description.

A name means the same on every route that has it; where it does not, the route's row stands first.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_CHARTS: Final = "/api/udf/"
_BY_ROUTE: Final[Mapping[tuple[str, str], str]] = {
    ("/api/admin/flags", "account"): "Of this account alone, by its number.",
    ("/api/admin/flags", "market"): "Of this market alone.",
    ("/api/admin/operators/{id}/roles/{role}", "id"): "The operator, by the id of their person.",
    ("/api/admin/risk", "market"): "Of this market alone.",
    ("/api/admin/verifications", "state"): "`pending` is to be reviewed, `approved` can be taken back.",
    ("/api/csv/ledger", "kind"): "Entries of this kind alone, such as `trade` or `faucet`.",
    ("/api/indicators/{market}", "name"): "The indicator, by its `name` of `GET /api/indicators`.",
    ("/api/ledger", "kind"): "Entries of this kind alone, such as `trade` or `faucet`.",
    ("/api/portfolio/value", "period"): "How far it goes back: a day, a week, a month, a year, or all.",
    ("/api/verification/documents", "kind"): "What the document shows.",
    ("/api/workspace/{name}", "name"): "Under what it is kept.",
}
_BY_NAME: Final[Mapping[str, str]] = {
    "account": "The account, by its number.",
    "act": "Events of this act alone, such as `session.begun`; `GET /api/admin/audit/acts` lists all.",
    "actor": "Events that this person, service or operator brought about.",
    "after": "Trades with an id above this one, ascending; not together with `cursor`.",
    "asset": "Of this asset alone, such as `USDC`.",
    "client_order_id": "The order, by the id that its client gave it.",
    "cost": "How the cost of what leaves is counted.",
    "cursor": "Where to go on: `next_cursor` of the page before.",
    "depth": "How many levels of each side.",
    "document": "The document, by its `id`.",
    "format": "JSON Lines, from which digests can be computed, or CSV.",
    "from": "At this time or later, in RFC 3339.",
    "group": "Levels are steps of this price, a multiple of the tick.",
    "id": "Which one, by its `id`.",
    "interval": "The length of a candle, such as `1m`, `1h` or `1d`.",
    "invitation": "The invitation, by its `id`.",
    "key": "The key, by its `id`.",
    "limit": "How many at most.",
    "market": "The market, such as `LAB-USDC`.",
    "member": "The member, by the id of their person.",
    "organisation": "The organisation, by its `id`.",
    "parameters": "Those that shall not have their defaults, such as `length:14,multiplier:2.5`.",
    "period": "A month, a quarter or a year, such as `2026-01`, `2026-Q1` or `2026`.",
    "recipient": "Mails to this address alone.",
    "request": "The request, by its `id`.",
    "role": "The role that is taken away.",
    "side": "Of this side alone.",
    "since": "At this time or later, in RFC 3339.",
    "sought": "The beginning of an e-mail, an account's number, or an id.",
    "status": "Open orders, closed ones, or open ones before closed ones.",
    "subject": "Of this alone that something was done to, such as a market or a person.",
    "to": "Before this time, in RFC 3339.",
    "until": "Before this time, in RFC 3339.",
}
# The names of charting libraries, whose meanings are theirs.
_OF_CHARTS: Final[Mapping[str, str]] = {
    "countback": "How many bars before `to` there shall be; goes before `from`.",
    "currencyCode": "Taken and not looked at: a market has one currency.",
    "exchange": "Taken and not looked at: there is one exchange.",
    "from": "The first bar's time, in seconds since 1970.",
    "limit": "How many at most.",
    "query": "What the name of a market or an asset has in it.",
    "resolution": "The length of a bar: minutes such as `60`, or `1S`, `1D`, `1W`, `1M` and the like.",
    "symbol": "The market, such as `LAB-USDC`.",
    "symbols": "Markets, with commas between them.",
    "to": "Before this time, in seconds since 1970.",
    "type": "Taken and not looked at: all are of one type.",
    "unitId": "Taken and not looked at: amounts have one unit.",
}


def words_of(path: str, name: str) -> str | None:
    """What a parameter of a route means; None for a name that is described nowhere."""
    if path.startswith(_CHARTS):
        return _OF_CHARTS.get(name)
    return _BY_ROUTE.get((path, name)) or _BY_NAME.get(name)
