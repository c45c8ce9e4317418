"""Where a request names something that belongs to somebody, by its path or in a field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from msgspec import inspect

from cse.runtime.http.route import Access, Route


class Owned(Enum):
    """What one person has, and no other may see, change or take away."""

    SESSION = "session"
    PASSKEY = "passkey"
    API_KEY = "api key"
    ORDER = "order"
    CLIENT_ORDER_ID = "client order id"
    ACCOUNT = "account"
    NOTIFICATION = "notification"
    PRICE_ALERT = "price alert"
    EXPORT = "export"
    DOCUMENT = "document"
    ORGANISATION = "organisation"
    INVITATION = "invitation"
    MEMBER = "member"
    APPROVAL = "approval"
    PLACE_IN_LIST = "cursor"


class Naming(NamedTuple):
    """One place: a parameter of the path, or a field of body or query, with dots and brackets."""

    method: str
    path: str
    place: str


ID, BY_CLIENT, CLIENT_ID = "{id}", "/api/orders/by-client-id/{client_order_id}", "{client_order_id}"
_CURSOR: Final = "query.cursor"
_ACCOUNT: Final = "{account}"
_CHOSEN: Final = "query.account"
_THERE: Final = "{organisation}"
_ORGANISATION: Final = f"/api/organisations/{_THERE}"

# A new place has a row here, or among those that are everybody's.
OWNED: Final = {
    Naming("PATCH", "/api/sessions/{id}", ID): Owned.SESSION,
    Naming("DELETE", "/api/sessions/{id}", ID): Owned.SESSION,
    Naming("PATCH", "/api/security/passkeys/{id}", ID): Owned.PASSKEY,
    Naming("DELETE", "/api/security/passkeys/{id}", ID): Owned.PASSKEY,
    Naming("GET", "/api/keys/{id}", ID): Owned.API_KEY,
    Naming("PATCH", "/api/keys/{id}", ID): Owned.API_KEY,
    Naming("DELETE", "/api/keys/{id}", ID): Owned.API_KEY,
    Naming("GET", "/api/orders/{id}", ID): Owned.ORDER,
    Naming("PATCH", "/api/orders/{id}", ID): Owned.ORDER,
    Naming("DELETE", "/api/orders/{id}", ID): Owned.ORDER,
    Naming("GET", BY_CLIENT, CLIENT_ID): Owned.CLIENT_ORDER_ID,
    Naming("PATCH", BY_CLIENT, CLIENT_ID): Owned.CLIENT_ORDER_ID,
    Naming("DELETE", BY_CLIENT, CLIENT_ID): Owned.CLIENT_ORDER_ID,
    Naming("POST", "/api/orders/cancel-batch", "body.orders[].id"): Owned.ORDER,
    Naming("POST", "/api/orders/cancel-batch", "body.orders[].client_order_id"): Owned.CLIENT_ORDER_ID,
    Naming("POST", "/api/orders/replace", "body.cancel_order"): Owned.ORDER,
    Naming("POST", "/api/orders/replace", "body.cancel_client_order_id"): Owned.CLIENT_ORDER_ID,
    Naming("PATCH", "/api/accounts/{account}", _ACCOUNT): Owned.ACCOUNT,
    Naming("POST", "/api/accounts/{account}/archive", _ACCOUNT): Owned.ACCOUNT,
    Naming("POST", "/api/accounts/{account}/restore", _ACCOUNT): Owned.ACCOUNT,
    Naming("POST", "/api/transfers", "body.from_account"): Owned.ACCOUNT,
    Naming("POST", "/api/transfers", "body.to_account"): Owned.ACCOUNT,
    Naming("POST", "/api/keys", "body.accounts[]"): Owned.ACCOUNT,
    Naming("POST", "/api/orders", "body.account"): Owned.ACCOUNT,
    Naming("POST", "/api/orders/test", "body.account"): Owned.ACCOUNT,
    Naming("POST", "/api/orders/list", "body.orders[].account"): Owned.ACCOUNT,
    Naming("POST", "/api/orders/batch", "body.orders[].account"): Owned.ACCOUNT,
    Naming("POST", "/api/orders/replace", "body.order.account"): Owned.ACCOUNT,
    Naming("POST", "/api/notifications/read", "body.id"): Owned.NOTIFICATION,
    Naming("DELETE", "/api/price-alerts/{id}", ID): Owned.PRICE_ALERT,
    Naming("GET", "/api/account/exports/{id}/archive", ID): Owned.EXPORT,
    Naming("DELETE", "/api/verification/documents/{id}", ID): Owned.DOCUMENT,
    **{
        Naming(method, _ORGANISATION + rest, _THERE): Owned.ORGANISATION
        for method, rest in (
            ("GET", ""),
            ("PATCH", ""),
            ("POST", "/accounts"),
            ("PATCH", "/accounts/{account}"),
            ("POST", "/accounts/{account}/archive"),
            ("POST", "/accounts/{account}/restore"),
            ("POST", "/invitations"),
            ("DELETE", "/invitations/{invitation}"),
            ("PATCH", "/members/{member}"),
            ("DELETE", "/members/{member}"),
            ("POST", "/leave"),
            ("GET", "/log"),
            ("PATCH", "/policy"),
            ("POST", "/transfers"),
            ("GET", "/keys"),
            ("POST", "/keys"),
            ("DELETE", "/keys/{key}"),
            ("GET", "/requests"),
            ("POST", "/requests/{request}/approve"),
            ("POST", "/requests/{request}/refuse"),
            ("DELETE", "/requests/{request}"),
        )
    },
    Naming("DELETE", f"{_ORGANISATION}/invitations/{{invitation}}", "{invitation}"): Owned.INVITATION,
    Naming("PATCH", f"{_ORGANISATION}/members/{{member}}", "{member}"): Owned.MEMBER,
    Naming("DELETE", f"{_ORGANISATION}/members/{{member}}", "{member}"): Owned.MEMBER,
    Naming("DELETE", f"{_ORGANISATION}/keys/{{key}}", "{key}"): Owned.API_KEY,
    Naming("POST", f"{_ORGANISATION}/requests/{{request}}/approve", "{request}"): Owned.APPROVAL,
    Naming("POST", f"{_ORGANISATION}/requests/{{request}}/refuse", "{request}"): Owned.APPROVAL,
    Naming("DELETE", f"{_ORGANISATION}/requests/{{request}}", "{request}"): Owned.APPROVAL,
    Naming("PATCH", f"{_ORGANISATION}/accounts/{{account}}", _ACCOUNT): Owned.ACCOUNT,
    Naming("POST", f"{_ORGANISATION}/accounts/{{account}}/archive", _ACCOUNT): Owned.ACCOUNT,
    Naming("POST", f"{_ORGANISATION}/accounts/{{account}}/restore", _ACCOUNT): Owned.ACCOUNT,
    Naming("POST", f"{_ORGANISATION}/transfers", "body.from_account"): Owned.ACCOUNT,
    Naming("POST", f"{_ORGANISATION}/transfers", "body.to_account"): Owned.ACCOUNT,
    Naming("POST", f"{_ORGANISATION}/keys", "body.accounts[]"): Owned.ACCOUNT,
    Naming("GET", f"{_ORGANISATION}/log", _CURSOR): Owned.PLACE_IN_LIST,
    Naming("GET", "/api/notifications", _CURSOR): Owned.PLACE_IN_LIST,
    Naming("GET", "/api/orders", _CURSOR): Owned.PLACE_IN_LIST,
    Naming("GET", "/api/fills", _CURSOR): Owned.PLACE_IN_LIST,
    Naming("GET", "/api/ledger", _CURSOR): Owned.PLACE_IN_LIST,
    Naming("GET", "/api/transfers", _CURSOR): Owned.PLACE_IN_LIST,
    Naming("GET", "/api/security/events", _CURSOR): Owned.PLACE_IN_LIST,
    **{
        Naming(method, path, _CHOSEN): Owned.ACCOUNT
        for method, path in (
            ("POST", "/api/orders"),
            ("POST", "/api/orders/test"),
            ("POST", "/api/orders/list"),
            ("POST", "/api/orders/batch"),
            ("POST", "/api/orders/cancel-batch"),
            ("POST", "/api/orders/cancel-after"),
            ("GET", "/api/orders/cancel-after"),
            ("POST", "/api/orders/replace"),
            ("PATCH", "/api/orders/{id}"),
            ("DELETE", "/api/orders/{id}"),
            ("PATCH", BY_CLIENT),
            ("DELETE", BY_CLIENT),
            ("DELETE", "/api/orders"),
            ("GET", "/api/orders"),
            ("GET", "/api/orders/{id}"),
            ("GET", BY_CLIENT),
            ("GET", "/api/fills"),
            ("GET", "/api/balances"),
            ("GET", "/api/fees"),
            ("GET", "/api/ledger"),
            ("GET", "/api/csv/ledger"),
            ("GET", "/api/csv/orders"),
            ("GET", "/api/csv/fills"),
            ("GET", "/api/portfolio"),
            ("GET", "/api/statement"),
            ("GET", "/api/statement/csv"),
            ("GET", "/api/statement/pdf"),
            ("GET", "/api/portfolio/value"),
            ("GET", "/api/limits"),
            ("GET", "/api/transfers"),
            ("POST", "/api/faucet"),
        )
    },
}

_NEW: Final = "the sender's own name for an order that is being placed"
_PUBLIC: Final = "a list that is everybody's"
_SENDERS_OWN: Final = "a name for something of the sender's own, which others have for theirs"
OF_EVERYBODY: Final = {
    Naming("POST", "/api/orders", "body.client_order_id"): _NEW,
    Naming("POST", "/api/orders/test", "body.client_order_id"): _NEW,
    Naming("POST", "/api/orders/list", "body.orders[].client_order_id"): _NEW,
    Naming("POST", "/api/orders/batch", "body.orders[].client_order_id"): _NEW,
    Naming("POST", "/api/orders/replace", "body.order.client_order_id"): _NEW,
    Naming("POST", "/api/keys", "body.public_key"): "a key of the sender's own, which is given away",
    Naming("POST", f"{_ORGANISATION}/keys", "body.public_key"): "a key of the sender's own, given away",
    Naming("GET", "/api/trades", _CURSOR): _PUBLIC,
    Naming("GET", "/api/candles/{market}", _CURSOR): _PUBLIC,
    Naming("GET", "/api/indicators/{market}", _CURSOR): _PUBLIC,
    Naming("GET", "/api/workspace/{name}", "{name}"): _SENDERS_OWN,
    Naming("PUT", "/api/workspace/{name}", "{name}"): _SENDERS_OWN,
    Naming("GET", "/api/demo/mailbox", "query.recipient"): "opens on the demo's own machine alone",
}
PUBLIC_PARAMETERS: Final = frozenset({"{market}", "{locale}"})

_NAMES_SOMETHING: Final = re.compile(
    r"(^|_)(id|ids|account|accounts|person|persons|session|key|owner|member|recipient|cancel_order|cursor)(\[\])?$"
)


def namings(route: Route) -> Iterator[Naming]:
    """Every place of a route that may name something of somebody's.

    What is for operators names others' things on purpose, and each of its routes has its right.
    """
    if route.access is Access.OPERATOR:
        return
    for parameter in route.parameters:
        if f"{{{parameter}}}" not in PUBLIC_PARAMETERS:
            yield Naming(route.method, route.path, f"{{{parameter}}}")
    if route.takes_account:
        yield Naming(route.method, route.path, _CHOSEN)
    for root, type_ in (("body", route.request), ("query", route.query)):
        if type_ is not None:
            for place in sorted(set(_fields(inspect.type_info(type_), root))):
                if _NAMES_SOMETHING.search(place.rpartition(".")[2]):
                    yield Naming(route.method, route.path, place)


def structs(type_: inspect.Type) -> Iterator[inspect.StructType]:
    """Every struct that a type is made of."""
    match type_:
        case inspect.StructType():
            yield type_
            for field in type_.fields:
                yield from structs(field.type)
        case inspect.UnionType():
            for one in type_.types:
                yield from structs(one)
        case inspect.ListType():
            yield from structs(type_.item_type)
        case inspect.Metadata():
            yield from structs(type_.type)


def _fields(type_: inspect.Type, place: str) -> Iterator[str]:
    match type_:
        case inspect.StructType():
            for field in type_.fields:
                yield from _fields(field.type, f"{place}.{field.encode_name}")
        case inspect.UnionType():
            for one in type_.types:
                yield from _fields(one, place)
        case inspect.ListType():
            yield from _fields(type_.item_type, f"{place}[]")
        case inspect.Metadata():
            yield from _fields(type_.type, place)
        case inspect.NoneType():
            return
        case _:
            yield place
