"""Names that would be more than text: they are shown as text, and nothing around them moves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pytest
from playwright.sync_api import Page, expect

from cse.cli.shots.browser import DESKTOP, PHONE, Faults, Size
from cse.creators.service import ROLE
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import PASSWORD, Errands, Other
from tests.exchange import RunningExchange, wait_until

SCRIPT: Final = "<img src=x onerror=\"document.title='had'\"><script>document.title='had'</script>"
TURNED: Final = "\u202egnp.exe anuL\u2066 \u05d0\u05d1\u05d2"
HEBREW: Final = "\u05d0\u05d1\u05d2 1/2 \u05d3\u05d4\u05d5"
LONG: Final = "Wide" * 75
CREATORS: Final = {"LUNA": SCRIPT, "NOVA": TURNED, "KIKO": LONG}
# Whatever is inside cannot turn the order of what stands around it.
NOT_SET_APART: Final = """(name) => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
        if (!text.data.includes(name) || text.parentElement.closest("script, style")) continue;
        let around = text.parentElement;
        while (around && !getComputedStyle(around).unicodeBidi.includes("isolate")) around = around.parentElement;
        if (around === null) found.push(text.parentElement.outerHTML);
    }
    return found;
}"""


@pytest.fixture(scope="module")
def creators(site: RunningExchange, errands: Errands) -> Iterator[None]:
    """Three creators have such names, in their own names and in what they say of themselves."""
    configuration = Configuration(data=site.data)

    def change(statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with postgres.connect(configuration, ROLE) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    before = change("SELECT name, tagline, asset FROM creators.profiles")
    update = "UPDATE creators.profiles SET name = %s, tagline = %s WHERE asset = %s"
    for asset, name in CREATORS.items():
        change(update, name, name, asset)
    reader = Other(site.url, errands)
    try:
        wait_until(lambda: reader.names().get("KIKO") == LONG, "the names are known")
        yield
    finally:
        for row in before:
            change(update, *row)
        reader.close()


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
@pytest.mark.usefixtures("creators")
def test_names_of_creators_are_text(open_page: OpenPage, size: Size) -> None:
    page = open_page("/en", size)
    everywhere = [("", list(CREATORS.values())), ("/markets", list(CREATORS.values()))]
    for path, names in everywhere + [(f"/trade/{asset}-USDC", [name]) for asset, name in CREATORS.items()]:
        page.goto(f"/en{path}")
        for name in names:
            expect(page.get_by_role("main").get_by_text(name).first).to_be_attached()
        expect_unharmed(page, size, names)


def pressed(page: Page, key: str) -> bool:
    """Presses a key: a page hears keys a moment after it is drawn."""
    page.keyboard.press(key)
    return True


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
@pytest.mark.usefixtures("creators")
def test_names_in_the_search_leave_every_row_its_height(open_page: OpenPage, size: Size) -> None:
    page = open_page("/en/markets", size)
    expect(page.get_by_role("main").get_by_text(LONG).first).to_be_attached()
    options = page.get_by_role("option")
    wait_until(lambda: pressed(page, "Control+k") and options.count() > 0, "the search opens")
    heights = set()
    for asset, name in CREATORS.items():
        page.get_by_role("combobox").last.fill(asset)
        expect(options.first).to_contain_text(name)
        heights.update(options.evaluate_all("(rows) => rows.map((row) => row.offsetHeight)"))
    assert len(heights) == 1
    expect_unharmed(page, size, [LONG])


@pytest.mark.parametrize(
    ("name", "size"),
    [(SCRIPT[:40], DESKTOP), (LONG[:40], DESKTOP), (LONG[:40], PHONE), (HEBREW, PHONE)],
    ids=["script", "long at a desk", "long on a phone", "hebrew"],
)
def test_ones_own_name_is_text(open_page: OpenPage, meet: MeetOther, name: str, size: Size) -> None:
    page = open_page("/en/settings", size, person=meet(display_name=name))
    expect(page.get_by_role("main").get_by_text(name).first).to_be_visible()
    page.get_by_role("button", name="Account", exact=True).click()
    expect(page.get_by_role("menu").get_by_text(name)).to_be_visible()
    expect_unharmed(page, size, [name])


@pytest.mark.parametrize("name", [LONG, TURNED], ids=["long", "turned"])
def test_a_name_that_cannot_be_is_refused_beside_its_field(
    open_page: OpenPage, faults: Faults, name: str
) -> None:
    faults.allow("400")
    page = open_page("/en/sign-up")
    page.get_by_label("Name", exact=True).evaluate("field => field.removeAttribute('maxlength')")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail", exact=True).fill("somebody@example.com")
    page.locator('input[name="password"]').fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign up", exact=True).click()
    expect(page.get_by_text("A name has 1 to 40 characters, all of them visible.")).to_be_visible()


def expect_unharmed(page: Page, size: Size, names: Sequence[str]) -> None:
    """No markup out of a name, nothing turned around it, no scrolling sideways."""
    assert page.title() != "had"
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= size.width
    for name in names:
        assert page.evaluate(NOT_SET_APART, name) == []
