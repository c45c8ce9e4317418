"""The Content-Security-Policy of each page, as the build of the web app has written it down.

A page of a static export carries inline scripts. The build allows each by the hash of its text, on
the page that has it and on no other, in `csp.json` beside the pages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = "csp.json"
# For what has no policy of its own: it runs nothing and is shown in nobody's frame.
STRICT: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class UnusablePolicies(ValueError):
    """The web app's policies cannot be read; without them none of its pages would work."""


@dataclass(frozen=True, slots=True)
class Policies:
    """Policies by the path of a file, and the one of all other files."""

    default: str
    pages: dict[str, str]


def policies_of(web: Path) -> Policies:
    """The policies of a built app.

    Raises:
        UnusablePolicies: the file is not there, or not what it should be.
    """
    file = web / FILE
    try:
        found = json.loads(file.read_text("utf-8"))
        return Policies(
            str(found.get("default", STRICT)), {str(k): str(v) for k, v in found["pages"].items()}
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnusablePolicies(f"{file} cannot be read: {error!r}") from error
