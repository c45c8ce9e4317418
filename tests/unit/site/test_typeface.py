"""Names of all kinds, set in a face that does not have all signs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from cse.site.typeface import FILES, Style, Typeface

STYLE: Final = Style(32, 400)
ROOT: Final = Path(__file__).resolve().parents[3]
WORKSPACE: Final = Path(os.environ.get("CSE_WORKSPACE") or ROOT)
INTER: Final = WORKSPACE / "node_modules/@fontsource-variable/inter/files"
needs_inter: Final = pytest.mark.skipif(not INTER.exists(), reason="the npm workspace is not installed")


@pytest.fixture(scope="module")
def typeface() -> Typeface:
    return Typeface()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Luna Park", "Luna Park"),
        ("Luna 🎸 Park", "Luna Park"),
        ("Luna\N{RIGHT-TO-LEFT OVERRIDE} Park\N{ZERO WIDTH JOINER}", "Luna Park"),
        ("no\N{NO-BREAK SPACE}break", "no break"),
        # A word with a hole in it would be another word.
        ("نجوم الليل", None),
        ("月の庭", None),
        ("Luna 月", None),
        ("٣٤", None),
        ("🎸🎸", None),
        ("", None),
    ],
)
def test_what_of_a_name_can_be_drawn(typeface: Typeface, text: str, shown: str | None) -> None:
    assert typeface.shown(text) == shown


@needs_inter
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cafe\N{COMBINING ACUTE ACCENT}", "Café"),
        ("Zażółć", "Zażółć"),
        ("Привет Ελλάδα Ưng", "Привет Ελλάδα Ưng"),
        ("Привет 🎸", "Привет"),
        ("نجوم", None),
        ("月", None),
    ],
)
def test_the_app_s_face_has_more_scripts(text: str, shown: str | None) -> None:
    assert Typeface(INTER).shown(text) == shown


@needs_inter
def test_the_app_s_face_has_weights_and_all_its_files_are_there() -> None:
    face = Typeface(INTER)
    assert face.width("Luna", Style(32, 700)) > face.width("Luna", Style(32, 400))
    assert [name for name in FILES if not (INTER / name).is_file()] == []


def test_a_long_line_ends_with_an_ellipsis_within_its_width(typeface: Typeface) -> None:
    long = "Luna Park " * 40
    fitted = typeface.fitted(long, STYLE, 300)
    assert fitted.endswith("…")
    assert long.startswith(fitted[:-1])
    assert 200 < typeface.width(fitted, STYLE) <= 300
    assert typeface.fitted("Luna", STYLE, 300) == "Luna"


def test_a_line_ends_where_its_width_says(typeface: Typeface) -> None:
    image = Image.new("RGB", (400, 80))
    end = typeface.draw(image, (10, 60), "Luna", STYLE, "#ffffff")
    assert end == 10 + typeface.width("Luna", STYLE)
    left, _, right, bottom = image.getbbox() or (0, 0, 0, 0)
    assert 10 <= left < right <= end + 1
    assert bottom <= 61
