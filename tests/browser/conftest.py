"""A running exchange with the web app, and windows on it in which nothing may go wrong.

Every page of a test is watched: an error on its console, an error thrown, or a request to another
origin fails the test, whatever else it found. A test about such a fault allows it by its words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest
from playwright.sync_api import Browser, Page

from cse.cli.shots.browser import DESKTOP, Faults, NoChromium, Size, chromium, window
from tests.exchange import RunningExchange

OpenPage: TypeAlias = Callable[..., Page]


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
    """Opens a page in a window of its own, as a stranger.

    Arguments: the path with its language; `size`, `theme` and `locale` as of `window`; `url` where the
    exchange is reached by another way, such as a `Line`.
    """
    opened = []

    def opening(path: str, size: Size = DESKTOP, *, url: str | None = None, **options: Any) -> Page:
        origin = url or site.url
        context = window(browser, origin, size, **options)
        opened.append(context)
        page = context.new_page()
        faults.watch(page, origin)
        page.goto(path)
        return page

    yield opening
    for context in opened:
        context.close()
