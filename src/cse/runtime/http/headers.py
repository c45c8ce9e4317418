"""A request's headers by name, each with one meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Header

# What is a list by its own rules, and so may come in several lines (RFC 9110, 5.3; RFC 9113, 8.2.3).
_LISTS: Final = {
    b"accept": b", ",
    b"accept-encoding": b", ",
    b"accept-language": b", ",
    b"cache-control": b", ",
    b"connection": b", ",
    b"cookie": b"; ",
    b"forwarded": b", ",
    b"te": b", ",
    b"via": b", ",
    b"x-forwarded-for": b", ",
}


def read_headers(pairs: Sequence[Header]) -> Mapping[bytes, bytes]:
    """The headers by name; lines of one list are joined, first to last.

    Any other that stands twice would mean one thing to us and maybe another to who stands before us.

    Raises:
        CodedError: `malformed_request`.
    """
    named = dict(pairs)
    if len(named) == len(pairs):
        return named
    joined: dict[bytes, bytes] = {}
    for name, value in pairs:
        if name not in joined:
            joined[name] = value
        elif name in _LISTS:
            joined[name] += _LISTS[name] + value
        else:
            reason = f"{name.decode('latin-1')[:64]} stands twice in its head"
            raise CodedError(codes.MALFORMED_REQUEST, reason=reason)
    return joined
