"""The feed of incidents: well formed whatever was told, and an entry changes when its incident is over."""

from __future__ import annotations

from uuid import UUID
from xml.etree import ElementTree as ET

from cse.desk.incident_feed import feed
from cse.desk.models import Incident

ATOM = "{http://www.w3.org/2005/Atom}"
BEGUN_US = 1_795_000_000_000_000
TEXT = 'Orders <b>are</b> "slow" & late ]]>'


def entries(incidents: list[Incident]) -> list[dict[str, str]]:
    document = ET.fromstring(feed(incidents, "https://exchange.example"))
    return [
        {part.tag.removeprefix(ATOM): part.text or part.get("term") or "" for part in entry}
        for entry in document.iter(f"{ATOM}entry")
    ]


def incident(number: int, ended_us: int | None) -> Incident:
    return Incident(UUID(int=number), "degraded", {"en": TEXT, "ar": "\u0628"}, BEGUN_US + number, ended_us)


def test_an_entry_says_what_was_told_and_when() -> None:
    (entry,) = entries([incident(1, None)])
    assert entry == {
        "id": "urn:uuid:00000000-0000-0000-0000-000000000001",
        "title": f"Degraded: {TEXT}",
        "category": "degraded",
        "published": "2026-11-18T11:06:40.000001Z",
        "updated": "2026-11-18T11:06:40.000001Z",
        "content": TEXT,
    }


def test_what_is_over_is_the_same_entry_changed() -> None:
    before, after = entries([incident(1, None)])[0], entries([incident(1, BEGUN_US + 9_000_000)])[0]
    assert (before["id"], before["published"]) == (after["id"], after["published"])
    assert after["updated"] == "2026-11-18T11:06:49.000000Z"
    assert after["content"].endswith("It was over at 2026-11-18T11:06:49.000000Z.")


def test_a_feed_is_as_new_as_its_latest_change_and_may_be_empty() -> None:
    def updated(incidents: list[Incident]) -> str | None:
        document = ET.fromstring(feed(incidents, "https://exchange.example"))
        return document.findtext(f"{ATOM}updated")

    assert updated([incident(2, None), incident(1, BEGUN_US + 9_000_000)]) == "2026-11-18T11:06:49.000000Z"
    assert updated([]) == "1970-01-01T00:00:00.000000Z"
