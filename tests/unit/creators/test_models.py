"""What a profile may hold: any text, but for what is none."""

from __future__ import annotations

from typing import Any

import pytest

from cse.creators.models import InvalidProfile, Profile

LUNA: dict[str, Any] = {
    "asset": "LUNA",
    "handle": "luna-park",
    "name": "Luna Park",
    "category": "Music",
    "tagline": "Indie pop from a pier that never closes",
    "cover": "/art/luna-park.webp",
    "demo": True,
}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "<script>alert(1)</script>"),
        ("name", "\u202egnp.park"),
        ("name", "لونا بارك"),
        ("name", "a" * 300),
        ("name", "🎡"),
        ("tagline", "' OR 1=1; DROP TABLE creators.profiles --"),
        ("handle", "l"),
        ("handle", "a" * 40),
        ("cover", None),
        ("cover", "/art/luna-park-banner.svg"),
    ],
)
def test_a_text_is_kept_as_it_was_given(field: str, value: str | None) -> None:
    assert getattr(Profile(**LUNA | {field: value}), field) == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("asset", "luna"), ("asset", "L"), ("asset", "LUNA\n"),
        ("handle", ""), ("handle", "-luna"), ("handle", "luna-"), ("handle", "Luna"), ("handle", "a" * 41),
        ("handle", "luna/park"),
        ("name", ""), ("name", " "), ("name", " Luna"), ("name", "a" * 301), ("name", "Luna\x00Park"),
        ("name", "Luna\nPark"), ("name", "Luna\u2028Park"), ("name", "Luna\ud800"), ("name", "Luna\x85x"),
        ("category", "a" * 61), ("tagline", ""), ("tagline", "\t"),
        ("cover", ""), ("cover", "/"), ("cover", "//evil.example/x.webp"), ("cover", "/art/../secret"),
        ("cover", "https://evil.example/x.webp"), ("cover", "art/x.webp"), ("cover", "/art/x.webp?y"),
    ],
)  # fmt: skip
def test_what_is_no_such_thing_is_refused(field: str, value: str) -> None:
    with pytest.raises(InvalidProfile, match=field):
        Profile(**LUNA | {field: value})
