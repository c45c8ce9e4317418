"""An event and its place are digested as the decision says: anybody can compute it of an export."""

from __future__ import annotations

import hashlib
import json
from typing import Any
from uuid import UUID

import pytest

from cse.audit.digests import BEGINNING, event_digest, link_digest, plain, text_of
from cse.audit.models import Event

EVENT = Event(
    id=UUID(int=7),
    time_us=1_700_000_000_123_456,
    act="api_key.made",
    actor="person",
    actor_name="00000000-0000-0000-0000-000000000ada",
    person=UUID(int=0xADA),
    session=None,
    address="203.0.113.1",
    user_agent='Mozilla "5.0" \\ مرحبا <b>',
    target="x",
    refused="",
    details={"label": "my progråm", "scopes": "read trade"},
    written_by="cse_accounts",
)


def test_an_event_is_digested_as_its_line_of_json() -> None:
    by_hand = json.dumps(plain(EVENT), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert text_of(EVENT) == by_hand
    assert event_digest(EVENT) == hashlib.sha256(by_hand).digest()


def test_the_order_of_details_does_not_matter_and_every_field_does() -> None:
    turned = EVENT._replace(details=dict(reversed(EVENT.details.items())))
    assert event_digest(turned) == event_digest(EVENT)
    others = {event_digest(EVENT)}
    for name, value in EVENT._asdict().items():
        match value:
            case str():
                changed: Any = value + "x"
            case int():
                changed = value + 1
            case dict():
                changed = {**value, "method": "totp"}
            case _:
                changed = UUID(int=1)
        others.add(event_digest(EVENT._replace(**{name: changed})))
    assert len(others) == 1 + len(EVENT)


@pytest.mark.parametrize("position", [1, 2**40])
def test_a_link_is_over_position_the_digest_before_and_the_events(position: int) -> None:
    of_event = event_digest(EVENT)
    by_hand = b"cse-audit-1" + position.to_bytes(8, "big") + BEGINNING + of_event
    assert link_digest(position, BEGINNING, of_event) == hashlib.sha256(by_hand).digest()
    assert link_digest(position + 1, BEGINNING, of_event) != link_digest(position, BEGINNING, of_event)
