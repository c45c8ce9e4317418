"""Nobody is kept out: every page as who is signed in, in narrow windows, enlarged, and without motion.

As a visitor each page is looked at where its budgets are (`test_pages`).
"""

from __future__ import annotations

from typing import Final

import pytest

from cse.cli.shots.browser import DESKTOP, PHONE, Faults, Size
from cse.cli.shots.command import settle
from cse.cli.shots.pages import PAGES, PageShot
from tests.browser.accessibility import MOVING, reflow_findings, serious_findings
from tests.browser.conftest import MeetOther, OpenPage
from tests.browser.others import Other
from tests.browser.words import words

NARROW: Final = Size("320 px", 320, 640, phone=True)
# A desk's window at twice its size has half its pixels.
ENLARGED: Final = Size("200 %", DESKTOP.width // 2, DESKTOP.height // 2, phone=False)
USERS: Final = tuple(page for page in PAGES if "user" in page.people)
# In every run, with most on it; the rest in the long one.
FULLEST: Final = ("trade",)
MARKET: Final = "LUNA-USDC"


def long_but(page: PageShot) -> object:
    """A page, of which the fullest is looked at in every run."""
    return pytest.param(page, id=page.name, marks=() if page.name in FULLEST else pytest.mark.long)


@pytest.fixture
def holder(meet: MeetOther) -> Other:
    """One who has something on every page: money, tokens, an order, a fill."""
    seller = meet(LUNA="100")
    holder = meet(USDC="1000", LUNA="500")
    seller.limit(MARKET, "sell", "0.04200", "100")
    holder.limit(MARKET, "buy", "0.04200", "100")
    holder.limit(MARKET, "buy", "0.03000", "100")
    return holder


@pytest.mark.long
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=lambda size: size.name)
def test_pages_of_a_person_keep_nobody_out(
    open_page: OpenPage, faults: Faults, holder: Other, size: Size
) -> None:
    page = open_page("/en", size, person=holder)
    found = {}
    for shot in USERS:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        page.goto(f"/en{shot.path}")
        page.get_by_role("main").wait_for()
        settle(page)
        found[shot.name] = serious_findings(page)
    assert {name: findings for name, findings in found.items() if findings} == {}


@pytest.mark.parametrize("shot", [long_but(page) for page in USERS])
def test_a_page_fits_where_there_is_little_room(
    open_page: OpenPage, faults: Faults, holder: Other, shot: PageShot
) -> None:
    for size in (NARROW, ENLARGED):
        page = open_page(f"/en{shot.path}", size, person=holder)
        page.get_by_role("main").wait_for()
        settle(page)
        assert reflow_findings(page) == [], size.name


@pytest.mark.long
@pytest.mark.parametrize("size", [NARROW, ENLARGED], ids=lambda size: size.name)
@pytest.mark.parametrize("locale", ["en", "de", "ar"])
def test_pages_of_a_visitor_fit_where_there_is_little_room(
    open_page: OpenPage, faults: Faults, size: Size, locale: str
) -> None:
    faults.allow("404")
    page = open_page(f"/{locale}", size, locale=locale)
    found = {}
    for shot in PAGES:
        page.goto(f"/{locale}{shot.path}")
        page.get_by_role("main").wait_for()
        settle(page)
        found[shot.name] = reflow_findings(page)
    assert {name: findings for name, findings in found.items() if findings} == {}


def test_what_opens_on_a_desk_keeps_nobody_out(open_page: OpenPage, holder: Other) -> None:
    """The depth of the book, the sheet of keys, an alert's form, its line and the question that moves it."""
    # A depth has two sides.
    holder.limit(MARKET, "sell", "0.05000", "100")
    page = open_page(f"/en/trade/{MARKET}", person=holder)
    page.wait_for_function("() => performance.getEntriesByName('cse.late').length > 0")
    found = {}
    page.get_by_role("tab", name=words("en", "trade.book.depth"), exact=True).click()
    page.get_by_role("slider", name=words("en", "desk.depth.chart")).wait_for()
    settle(page)
    found["depth"] = serious_findings(page)

    page.get_by_role("main").focus()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name=words("en", "keys.title"))
    sheet.wait_for()
    found["keys"] = serious_findings(page)
    page.keyboard.press("Escape")
    sheet.wait_for(state="hidden")

    page.get_by_role("button", name=words("en", "trade.chart.alert"), exact=True).click()
    form = page.get_by_role("dialog", name=words("en", "desk.alerts.title"))
    form.get_by_role("textbox", name=words("en", "alerts.price")).fill("0.045")
    found["alert"] = serious_findings(page)
    form.get_by_role("button", name=words("en", "alerts.set"), exact=True).click()
    line = page.get_by_role("list", name=words("en", "desk.alerts.lines")).get_by_role("slider")
    line.press("ArrowUp")
    page.get_by_role("region", name=words("en", "desk.alerts.move")).wait_for()
    found["alert's line"] = serious_findings(page)
    line.press("Escape")

    page.get_by_role("button", name=words("en", "trade.chart.compare"), exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="KIKO/USDC").click()
    page.get_by_role("button", name=words("en", "trade.chart.style"), exact=True).click()
    page.get_by_text(words("en", "trade.chart.scaleFixed")).wait_for()
    found["scales while comparing"] = serious_findings(page)
    assert {state: findings for state, findings in found.items() if findings} == {}


def test_nothing_moves_for_who_wants_no_motion(open_page: OpenPage) -> None:
    """Windows of these tests ask for none. What a skeleton does while it waits is looked at too."""
    page = open_page("/en/status")
    page.goto("/en", wait_until="commit")
    page.get_by_role("main").wait_for()
    seen = [page.evaluate(MOVING)]
    settle(page)
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("dialog").wait_for()
    seen.append(page.evaluate(MOVING))
    assert seen == [[], []]
