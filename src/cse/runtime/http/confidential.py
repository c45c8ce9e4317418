"""Requests and answers that carry a secret: whoever writes one into a log, by mistake, writes its name."""

from __future__ import annotations

import msgspec

from cse.runtime.telemetry import REDACTED


class Confidential(msgspec.Struct, frozen=True):
    """A struct whose text shows none of its fields."""

    def __repr__(self) -> str:
        return hidden(self)


def hidden(value: object) -> str:
    """What may be shown of something confidential."""
    return f"{type(value).__name__}({REDACTED})"
