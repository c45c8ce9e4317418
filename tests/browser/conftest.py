"""A running exchange with the web app, and windows on it in which nothing may go wrong.

Every page of a test is watched: an error on its console, an error thrown, or a request to another
origin fails the test, whatever else it found. A test about such a fault allows it by its words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from cse.cli.shots.browser import DESKTOP, Faults, NoChromium, Size, chromium, window
from tests.browser.others import PASSWORD, Errands, Other
from tests.exchange import RunningExchange

OpenPage: TypeAlias = Callable[..., Page]
MeetOther: TypeAlias = Callable[..., Other]

# A busy machine is no fault of a page's.
expect.set_options(timeout=45_000)


@pytest.fixture(scope="session")
def site(exchange: RunningExchange) -> RunningExchange:
    """The shared exchange, which serves the web app."""
    if "CSE_WEB" not in os.environ:
        pytest.fail("these tests need the built web app: run them by ./cse test tests/browser")
    return exchange


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    try:
        with chromium() as running:
            yield running
    except NoChromium as error:
        pytest.fail(str(error))


@pytest.fixture
def faults() -> Iterator[Faults]:
    """What the pages of this test did that none may; must be empty at its end."""
    found = Faults()
    yield found
    assert found.unexpected == []


@pytest.fixture
def open_page(site: RunningExchange, browser: Browser, faults: Faults) -> Iterator[OpenPage]:
    """Opens a page in a window of its own: as a stranger, or as `person`.

    Arguments: the path with its language; `size`, `theme` and `locale` as of `window`; `url` where the
    exchange is reached by another way, such as a `Line`; `before`, a script that runs before the page's.
    """
    opened = []

    def opening(
        path: str,
        size: Size = DESKTOP,
        *,
        person: Other | None = None,
        url: str | None = None,
        before: str | None = None,
        **options: Any,
    ) -> Page:
        origin = url or site.url
        context = window(browser, origin, size, **options)
        opened.append(context)
        if person is not None:
            sign_in(context, person)
        if before is not None:
            context.add_init_script(before)
        page = context.new_page()
        faults.watch(page, origin)
        page.goto(path)
        return page

    yield opening
    for context in opened:
        context.close()


def sign_in(context: BrowserContext, person: Other) -> None:
    """Lets a window have been signed in by somebody before."""
    body = {"email": person.email, "password": PASSWORD}
    answer = context.request.post("/api/auth/sign-in", data=body, headers={"CSE-Client": "web"})
    assert answer.ok, answer.text()
    context.add_init_script("localStorage.setItem('cse.person', '1')")


@pytest.fixture(scope="session")
def errands() -> Iterator[Errands]:
    """Where other people's requests run."""
    made = Errands()
    yield made
    made.close()


@pytest.fixture
def meet(site: RunningExchange, errands: Errands) -> Iterator[MeetOther]:
    """Brings somebody: a new one with play money by asset, or the one who signed up with `email`.

    Their orders are cancelled at the end of the test.
    """
    met: list[Other] = []

    def meeting(*, email: str | None = None, display_name: str = "Ada", **amounts: str) -> Other:
        other = Other(site.url, errands, email, display_name)
        met.append(other)
        other.take(**amounts)
        return other

    yield meeting
    for other in met:
        other.cancel_all()
        other.close()
