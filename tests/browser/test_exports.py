"""A person has an archive of their data made, and saves it."""

from __future__ import annotations

import zipfile

from playwright.sync_api import expect

from cse.cli.shots.browser import Size
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.sizes import PHONE_AND_DESK
from tests.browser.words import words

MADE_WITHIN_MS = 30_000


@PHONE_AND_DESK
def test_an_archive_is_asked_for_made_and_saved(
    open_page: OpenPage, meet: MeetOther, locale: str, size: Size
) -> None:
    page = open_page(f"/{locale}/settings#data", size, person=meet())
    section = page.locator("#data")
    section.get_by_role("button", name=words(locale, "settings.data.ask"), exact=True).click()
    row = section.get_by_role("listitem")
    expect(row).to_contain_text(words(locale, "settings.data.states.ready"), timeout=MADE_WITHIN_MS)
    with page.expect_download() as download:
        row.get_by_role("button").click()
    assert download.value.suggested_filename == "my-data.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "profile.jsonl" in archive.namelist()
    expect(section.get_by_role("button", name=words(locale, "settings.data.ask"), exact=True)).to_have_count(
        0
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
