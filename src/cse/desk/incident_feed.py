"""What everybody was told, as a feed to subscribe to: Atom, RFC 4287."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from cse.desk.models import Incident
from cse.runtime.http.times import format_time

PATH: Final = "/api/incidents/feed"
TYPE: Final = "application/atom+xml; charset=utf-8"
_NAME: Final = "CS Exchange"
_SEVERITIES: Final = {"notice": "Notice", "degraded": "Degraded", "outage": "Outage"}


def feed(incidents: Sequence[Incident], origin: str) -> bytes:
    """The incidents, the latest first. An entry changes once, when its incident is over.

    Args:
        origin: where browsers find the exchange.
    """
    latest_us = max((max(one.begun_at_us, one.ended_at_us or 0) for one in incidents), default=0)
    address = quoteattr(f"{origin}{PATH}")
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
        f"<id>{escape(origin + PATH)}</id>",
        f"<title>{_NAME}: incidents</title>",
        f"<author><name>{_NAME}</name></author>",
        f'<link rel="self" href={address}/>',
        f"<link href={quoteattr(f'{origin}/status')}/>",
        f"<updated>{format_time(latest_us)}</updated>",
        *(_entry(one) for one in incidents),
        "</feed>",
    ]
    return "\n".join(parts).encode()


def _entry(incident: Incident) -> str:
    text = incident.texts["en"]
    ended_us = incident.ended_at_us
    over = "" if ended_us is None else f" It was over at {format_time(ended_us)}."
    return (
        f"<entry><id>{incident.id.urn}</id>"
        f"<title>{escape(_SEVERITIES[incident.severity])}: {escape(text)}</title>"
        f"<category term={quoteattr(incident.severity)}/>"
        f"<published>{format_time(incident.begun_at_us)}</published>"
        f"<updated>{format_time(ended_us or incident.begun_at_us)}</updated>"
        f"<content>{escape(text + over)}</content></entry>"
    )
