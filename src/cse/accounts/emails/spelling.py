"""E-mail addresses: the one spelling under which a person is kept."""

from __future__ import annotations

import re
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

_LENGTH_MAX: Final = 254
_LOCAL: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", re.ASCII)
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.ASCII)

# Python's IDNA is that of 2003, which has these as others or as nothing. Today they stand for themselves: the
# mail would go to somebody else's domain.
_OF_TWO_NAMES: Final = frozenset("\u00df\u1e9e\u03c2\u200c\u200d")


def normalised(email: str) -> str:
    """The address in lower case, its domain in ASCII; `invalid_field` for what is none."""
    text = email.strip(" ")
    # As it came as well: marks of a domain are put in order, which takes the square of their number.
    if len(text) > _LENGTH_MAX:
        raise _too_long()
    local, at, domain = text.rpartition("@")
    if not _OF_TWO_NAMES.isdisjoint(domain):
        raise _invalid("its domain has a letter that is read in two ways; write it as xn--...")
    try:
        domain = domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        domain = ""
    if not at or not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise _invalid("expected an address such as name@example.com")
    if len(local) + 1 + len(domain) > _LENGTH_MAX:
        raise _too_long()
    return f"{local.lower()}@{domain}"


def _too_long() -> CodedError:
    return _invalid(f"it has more than {_LENGTH_MAX} characters")


def _invalid(reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field="email", reason=reason)
