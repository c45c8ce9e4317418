"""Every page loads by its address: in both sizes and languages, without a fault."""

from __future__ import annotations

import pytest

from cse.cli.shots.browser import DESKTOP, PHONE, Faults, Size
from cse.cli.shots.pages import PAGES, PageShot
from tests.browser.conftest import OpenPage


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_loads_and_fits_its_window(
    open_page: OpenPage, faults: Faults, page: PageShot, size: Size
) -> None:
    if page.name == "lost":
        faults.allow("404")
    opened = open_page(f"/en{page.path}", size)
    opened.get_by_role("main").wait_for()
    assert opened.locator("html").get_attribute("dir") == "ltr"
    assert opened.evaluate("document.documentElement.scrollWidth") <= size.width
