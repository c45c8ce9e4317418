"""What the room takes, gives and keeps."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.domain.operators import Role

Severity: TypeAlias = Literal["notice", "degraded", "outage"]
INCIDENT_TEXT_MAX: Final = 280
IncidentText: TypeAlias = Annotated[str, msgspec.Meta(min_length=1, max_length=INCIDENT_TEXT_MAX)]


class OwnRoles(msgspec.Struct, frozen=True):
    """What the operator who asks is, and may do."""

    roles: list[str]
    rights: list[str]


class OperatorView(msgspec.Struct, frozen=True):
    """An operator. `email` is null where the person is not known any more."""

    person: str
    email: str | None
    roles: list[str]
    since: str


class OperatorViews(msgspec.Struct, frozen=True):
    """Everybody with a role."""

    items: list[OperatorView]


class IncidentTexts(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is said, by language; where there is no Arabic, English is shown."""

    en: IncidentText
    ar: IncidentText | None = None


class NewIncident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that tells everybody of an incident, in the place of one that was told before."""

    severity: Severity
    texts: IncidentTexts


class IncidentView(msgspec.Struct, frozen=True):
    """An incident; `ended_at` is null while it goes on."""

    id: str
    severity: Severity
    texts: IncidentTexts
    begun_at: str
    ended_at: str | None


class CurrentIncident(msgspec.Struct, frozen=True):
    """What is shown on every page; null where there is nothing to tell."""

    incident: IncidentView | None


class IncidentViews(msgspec.Struct, frozen=True):
    """Incidents, the latest first."""

    items: list[IncidentView]


class Operator(NamedTuple):
    """Somebody with roles; `since_us` is when the first of them was granted."""

    person: UUID
    roles: tuple[Role, ...]
    since_us: int


class Incident(NamedTuple):
    """A row of `desk.incidents`; times in microseconds since 1970."""

    id: UUID
    severity: Severity
    texts: dict[str, str]
    begun_at_us: int
    ended_at_us: int | None
