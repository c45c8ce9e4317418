"""At which sizes what a person does with their account is tried, and in which language.

On a phone and in Arabic, where least fits, in every run; at a desk and in English in the long one.
"""

from __future__ import annotations

from typing import Final

import pytest

from cse.cli.shots.browser import DESKTOP, PHONE

PHONE_AND_DESK: Final = pytest.mark.parametrize(
    ("locale", "size"),
    [
        pytest.param("ar", PHONE, id="phone"),
        pytest.param("en", DESKTOP, id="desk", marks=pytest.mark.long),
    ],
)
