"""What operators have set, as it was and as it became."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec

from cse.desk.requests.models import OperatorName

HISTORY_PAGE_MAX: Final = 100
_TEXT_MAX: Final = 256


class SettingChange(msgspec.Struct, frozen=True):
    """A setting that somebody changed. `subject` is a market, or a person, of whom `subject_email` is.

    `before` and `after` name what changed, such as `status=open`; `before` is empty where there was nothing.
    `by` has done it, or approved what `asked_by` had asked for, which is null where one operator was enough.
    """

    id: str
    at: str
    act: str
    subject: str
    subject_email: str | None
    before: str
    after: str
    reason: str | None
    by: OperatorName
    asked_by: OperatorName | None


class SettingChanges(msgspec.Struct, frozen=True):
    """Changes, the latest first. `next_cursor` is null at the end."""

    items: list[SettingChange]
    next_cursor: str | None


class HistoryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of what: a market's name or a person's id; everything where there is no subject."""

    subject: Annotated[str, msgspec.Meta(max_length=_TEXT_MAX)] | None = None
    cursor: Annotated[str, msgspec.Meta(max_length=_TEXT_MAX)] | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=HISTORY_PAGE_MAX)] = 50
