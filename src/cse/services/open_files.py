"""How many connections a process may have, for each is an open file."""

from __future__ import annotations

import resource
from dataclasses import replace
from typing import Final, TypeVar

from cse.streams.limits import Limits

# Files beyond those of connections.
FILES_KEPT: Final = 256

Kind = TypeVar("Kind", bound=Limits)


def within_open_files(limits: Kind, share: float = 1) -> Kind:
    """The limits, with no more connections than files may be opened; as many are as the system lets it.

    `share` is the part of them that connections of this kind may take.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if most == resource.RLIM_INFINITY:
        return limits
    return replace(limits, connections=max(1, min(limits.connections, int((most - FILES_KEPT) * share))))
