"""What people write on one line: names of things, and why they do something."""

from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

NAME_LENGTH_MAX: Final = 40
REASON_LENGTH_MAX: Final = 200


def parse_name(text: str, *, field: str = "name") -> str:
    """A name without blanks around it; `invalid_field` for one that cannot be shown."""
    return _line(text, field, NAME_LENGTH_MAX)


def parse_reason(text: str) -> str:
    """A reason without blanks around it; `invalid_field` for one that cannot be shown."""
    return _line(text, "reason", REASON_LENGTH_MAX)


def _line(text: str, field: str, length_max: int) -> str:
    line = " ".join(text.split())
    if not 1 <= len(line) <= length_max or not line.isprintable():
        reason = f"expected 1 to {length_max} printable characters"
        raise CodedError(codes.INVALID_FIELD, field=field, reason=reason)
    return line
