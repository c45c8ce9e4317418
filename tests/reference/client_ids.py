"""Client order ids: what they may be, and how long they are remembered (5.6)."""

import re

from cse.domain.limits import CLIENT_ORDER_ID_MEMORY_COUNT, CLIENT_ORDER_ID_MEMORY_US
from tests.reference.state import Account, Order, Remembered

ALLOWED = re.compile(rb"[A-Za-z0-9._:/-]{1,36}")
FNV_OFFSET = 0xCBF29CE484222325
FNV_PRIME = 0x100000001B3
WIDTH = 40


def without_padding(field: bytes) -> bytes | None:
    """The id in a field of 40 bytes, empty for none; `None` if it is not valid."""
    text = field.rstrip(b"\0")
    return text if not text or ALLOWED.fullmatch(text) else None


def remembered_of(command: bytes) -> bytes:
    """The fields from `account` up to `client_order_id`."""
    return command[8:-WIDTH]


def fnv_1a_64(content: bytes) -> int:
    digest = FNV_OFFSET
    for byte in content:
        digest = (digest ^ byte) * FNV_PRIME & 0xFFFFFFFFFFFFFFFF
    return digest


def is_remembered(account: Account, entry: Remembered, now_us: int) -> bool:
    if entry.closed_number == 0:
        return True
    closed_later = account.closed_client_orders - entry.closed_number
    age_us = now_us - entry.closed_at_us
    return age_us < CLIENT_ORDER_ID_MEMORY_US and closed_later < CLIENT_ORDER_ID_MEMORY_COUNT


def recall(account: Account, client_order_id: bytes, now_us: int) -> Remembered | None:
    entry = account.remembered.get(client_order_id)
    if entry is not None and is_remembered(account, entry, now_us):
        return entry
    return None


def remember_closing(account: Account, order: Order, now_us: int) -> None:
    """Counts the closing of an order that has a client order id."""
    account.closed_client_orders += 1
    entry = account.remembered[order.client_order_id]
    entry.closed_at_us = now_us
    entry.closed_number = account.closed_client_orders
