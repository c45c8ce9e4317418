"""Recovery codes: as they are shown, as people write them, and what is kept of them."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from cse.accounts.factors.recovery_codes import COUNT, digest, new_codes

PERSON = UUID(int=1)


def test_ten_different_codes_of_eighty_bits() -> None:
    codes = new_codes()
    assert len(set(codes)) == COUNT == 10
    assert all(re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", code) for code in codes)


@pytest.mark.parametrize(
    "written",
    ["abcd-1234-0xyz-11q7", "ABCD 1234 0XYZ 11Q7", " abcd12340xyz11q7 ", "abcd-1234-oxyz-ilq7"],
)
def test_a_code_is_known_however_it_is_written(written: str) -> None:
    assert digest(PERSON, written) == digest(PERSON, "abcd-1234-0xyz-11q7") is not None


@pytest.mark.parametrize("written", ["", "abcd", "abcd-1234-0xyz-11q", "abcd-1234-0xyz-11q77", "u" * 16])
def test_what_is_no_code(written: str) -> None:
    assert digest(PERSON, written) is None


def test_what_is_kept_is_the_persons_own() -> None:
    (code, *_) = new_codes()
    assert digest(PERSON, code) != digest(UUID(int=2), code)
